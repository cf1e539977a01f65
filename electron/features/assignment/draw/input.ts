import { setImmediate as breathe } from 'node:timers/promises';
import type { ExaminerId } from '../../../lib/ids.ts';
import { DrawInput, type DrawPanel, type SeatRole } from '../../draw/panels/draw-input.ts';
import { evaluatePanel } from '../../examiners/evaluate.ts';
import type { Violation } from '../../examiners/violation.ts';
import { dayOf, factsFor, type Ground } from '../facts.ts';
import { seatsOf } from '../judge.ts';
import { sameFinding } from '../rules.ts';

export interface DrawWish {
  drawId: string;
  /** Only a senior examiner (高级考评员) leads. */
  seniorLead: boolean;
  dutiesPerDay: number;
}

export interface PreparedInput {
  input: DrawInput;
  /** Who is allowed on no seat of this draw, and what stands against them where they were asked about first. */
  excluded: { examinerId: string; findings: Violation[] }[];
}

/** What is said about a panel of one and means nothing about the person: it is the draw that sees to these. */
const OF_THE_PANEL: ReadonlySet<string> = new Set(['panel.size', 'panel.odd', 'panel.lead', 'panel.turnover']);

/**
 * The input of a draw: out of dossiers, rooms, history and ties, each judged by the one evaluation, who may sit where. What
 * only warns does not exclude; the lead decides about it when handing the assignment in. Takes its time in slices, a
 * room each, so that every desk goes on.
 *
 * @param grounds  of the sessions drawn, by start
 */
export async function drawInputOf(grounds: readonly Ground[], wish: DrawWish): Promise<PreparedInput> {
  const drawn = new Set(grounds.map((g) => g.session.sessionId as string));
  const here = grounds.map((g) => withoutPlaces(g, drawn));
  const [first] = here;
  if (!first) throw new RangeError('a draw is of at least one session');
  const people = first.book.plan.examiners.map((e) => e.examinerId);
  const reasons = new Map<string, Violation[]>();
  const eligibleSomewhere = new Set<string>();
  const panels: DrawPanel[] = [];
  for (const ground of here) {
    const { book, session } = ground;
    for (const { roomId } of book.roomsOf(session.sessionId)) {
      const empty = evaluatePanel(factsFor(ground, roomId, []), ground.limits, ground.pack);
      const eligible = people.filter((examinerId) => {
        const alone = factsFor(ground, roomId, [{ examinerId, duty: 'member' }]);
        const blocking = evaluatePanel(alone, ground.limits, ground.pack).filter(
          (f) => f.severity === 'block' && !OF_THE_PANEL.has(f.ruleId) && !empty.some((e) => sameFinding(e, f)),
        );
        if (blocking.length === 0) eligibleSomewhere.add(examinerId);
        else if (!reasons.has(examinerId)) reasons.set(examinerId, blocking);
        return blocking.length === 0;
      });
      const seats = seatsOf(ground, roomId, 0);
      const senior = (id: ExaminerId) => ground.dossiers.get(id)?.grade === 'senior';
      panels.push({
        sessionId: session.sessionId,
        roomId,
        seats: ['lead', ...Array.from({ length: seats - 1 }, (): SeatRole => 'member')],
        eligible: {
          lead: wish.seniorLead ? eligible.filter(senior) : eligible,
          member: eligible,
          supervisor: [],
        },
        before: [...(ground.before.get(roomId) ?? [])],
      });
      await breathe();
    }
  }
  const drawnFrom = people.filter((id) => eligibleSomewhere.has(id));
  const input = DrawInput.parse({
    format: 'kaodian-panel-draw/1',
    drawId: wish.drawId,
    examiners: drawnFrom.map((examinerId) => ({ examinerId, inARow: inARowBefore(first, examinerId) })),
    sessions: here.map(({ session: { sessionId, startsAtMs, endsAtMs } }) => {
      return { sessionId, day: dayOf(startsAtMs), startsAtMs, endsAtMs };
    }),
    panels,
    apart: apartPairs(first, drawnFrom),
    limits: {
      dutiesPerDay: wish.dutiesPerDay,
      inARow: first.limits.maxConsecutive,
      newOneIn: first.limits.newOneIn,
    },
  } satisfies DrawInput);
  const excluded = people
    .filter((id) => !eligibleSomewhere.has(id))
    .map((examinerId) => ({ examinerId: examinerId as string, findings: reasons.get(examinerId) ?? [] }));
  return { input, excluded };
}

/** What is to be drawn anew stands in nobody's way: neither as another place at the same time, nor as a panel before. */
function withoutPlaces(ground: Ground, drawn: ReadonlySet<string>): Ground {
  const places = new Map(
    [...ground.places].map(([id, all]) => [id, all.filter((p) => !drawn.has(p.sessionId))] as const),
  );
  const before = new Map(
    [...ground.before].map(([roomId, sat]) => {
      const last = ground.book
        .sessionsOfRoom(roomId)
        .filter((s) => s.startsAtMs < ground.session.startsAtMs && s.rubricId !== null)
        .at(-1);
      return [roomId, last && drawn.has(last.sessionId) ? [] : sat] as const;
    }),
  );
  return { ...ground, places, before };
}

/** Sessions served at this site with none elsewhere between, up to the first one drawn. */
function inARowBefore(ground: Ground, examinerId: ExaminerId): number {
  const { siteId } = ground.book.plan.site;
  const facts = factsFor(ground, ground.book.roomsOf(ground.session.sessionId)[0]!.roomId, [
    { examinerId, duty: 'member' },
  ]);
  const served = (facts.dossiers.find((d) => d.examinerId === examinerId)?.served ?? [])
    .filter((s) => s.startsAtMs < ground.session.startsAtMs)
    .sort((a, b) => a.startsAtMs - b.startsAtMs);
  return served.length - 1 - served.findLastIndex((s) => s.siteId !== siteId);
}

/** Pairs tied to each other by whatever either has declared, each once. */
function apartPairs({ dossiers }: Ground, people: readonly ExaminerId[]): [ExaminerId, ExaminerId][] {
  const known = new Set<string>(people);
  const pairs = new Map<string, [ExaminerId, ExaminerId]>();
  for (const { examinerId, ties } of dossiers.values()) {
    for (const { to } of ties) {
      if (to.who !== 'examiner' || to.id === examinerId || !known.has(to.id) || !known.has(examinerId)) continue;
      const pair = [examinerId, to.id].sort((a, b) => (a < b ? -1 : 1)) as [ExaminerId, ExaminerId];
      pairs.set(pair.join(' '), pair);
    }
  }
  return [...pairs.values()];
}

import { seededOrder } from '../seeded-order.ts';
import { DrawInput } from './draw-input.ts';

export interface FixtureSize {
  examiners: number;
  rooms: number;
  sessions: number;
  /** Lead and members of a panel; a supervisor comes besides. */
  panel: number;
  /** Percent of the examiners eligible in a room; drawn between 30 and 80 for each room where left out. */
  eligiblePercent?: number;
  seniorPercent?: number;
  supervisorPercent?: number;
  /** Pairs kept apart, for every hundred examiners. */
  apartPerHundred?: number;
  sessionsOverlap?: boolean;
  limits?: Partial<DrawInput['limits']>;
}

const HOUR_MS = 3_600_000;
const FIRST_MS = Date.UTC(2026, 5, 20, 1);

/** An invented draw of a given size: the same for the same name, for tests and benchmarks. */
export function drawFixture(name: string, size: FixtureSize): DrawInput {
  const chance = seededOrder(Buffer.from(name), 'draw-fixture');
  const percent = (share: number) => chance.below(100) < share;
  const id = (i: number) => `E${String(i + 1).padStart(4, '0')}`;
  const supervisors = Math.round((size.examiners * (size.supervisorPercent ?? 20)) / 100);
  const people = Array.from({ length: size.examiners }, (_, i) => ({
    examinerId: id(i),
    supervises: i < supervisors,
    senior: percent(size.seniorPercent ?? 40),
    inARow: chance.below(3),
  }));
  const sessions = Array.from({ length: size.sessions }, (_, i) => {
    const startsAtMs = FIRST_MS + i * (size.sessionsOverlap ? 1 : 3) * HOUR_MS;
    return { sessionId: `S${i + 1}`, day: '2026-06-20', startsAtMs, endsAtMs: startsAtMs + 2 * HOUR_MS };
  });
  const markers = people.filter((p) => !p.supervises);
  const panels = sessions.flatMap(({ sessionId }, s) =>
    Array.from({ length: size.rooms }, (_, r) => {
      const share = size.eligiblePercent ?? 30 + chance.below(51);
      const here = people.filter(() => percent(share));
      const ids = (list: typeof people) => list.map((p) => p.examinerId);
      return {
        sessionId,
        roomId: `R${r + 1}`,
        seats: ['lead', ...Array.from({ length: size.panel - 1 }, () => 'member'), 'supervisor'],
        eligible: {
          lead: ids(here.filter((p) => p.senior && !p.supervises)),
          member: ids(here.filter((p) => !p.supervises)),
          supervisor: ids(here.filter((p) => p.supervises)),
        },
        before: s === 0 ? ids(chance.permutation(markers).slice(0, size.panel)) : [],
      };
    }),
  );
  const pairs = Math.round((size.examiners * (size.apartPerHundred ?? 6)) / 100);
  const apart = Array.from({ length: size.examiners < 2 ? 0 : pairs }, () => {
    const [a, b] = chance.permutation([...people.keys()]);
    return [id(a!), id(b!)];
  });
  return DrawInput.parse({
    format: 'kaodian-panel-draw/1',
    drawId: name,
    examiners: people.map(({ examinerId, inARow }) => ({ examinerId, inARow })),
    sessions,
    panels,
    apart,
    limits: { dutiesPerDay: 2, inARow: 3, newOneIn: 3, ...size.limits },
  });
}

import { z } from 'zod';
import { presenceOf } from '../../coverage/presence-of.ts';
import { type Covered, coverageOfAll } from '../../coverage/rules.ts';
import { seenBy } from '../../coverage/seen-by.ts';
import { type CoverageFact, coverageFact, videoAsked } from '../../coverage/standing.ts';
import type { CameraRecord } from '../../coverage/usable-picture.ts';
import { type BundleIndex, ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim, ReadJson } from '../verify-bundle.ts';
import { coverageOfResultsClaim, OF_RESULTS } from './coverage-of-results.ts';
import {
  ATTEMPTS_PATH,
  AttemptsDocument,
  CANDIDATES_PATH,
  CandidatesDocument,
  JournalLine,
  PLAN_PATH,
  PRESENCE_PATH,
  RULE_PACK_PATH,
  RulePackDocument,
  SEATING_PATH,
  SeatingDocument,
  standingIn,
  UNDONE_PATH,
  UndoneDocument,
} from './documents.ts';

export const COVERAGE_PATH = 'data/3-process/coverage.json.age';
export const RECORDINGS_PATH = 'data/3-process/recordings.json.age';

const COMPUTED: Question = {
  id: 'coverage.1',
  title: {
    zh: '每名考生的录像覆盖和缺口，可由目录里的录像重算',
    en: 'How much video shows of each candidate, and each gap, follow from the index of the video',
  },
};
const JOURNALED: Question = {
  id: 'coverage.2',
  title: { zh: '录像缺口的登记与日志逐条相符', en: 'The gap entries agree with the journal, one by one' },
};
const ACCEPTED: Question = {
  id: 'coverage.3',
  title: {
    zh: '录像不足而予以接受的，都由两人写明理由，日志里都有',
    en: 'Where a shortness was accepted, two persons said why, and the journal has it',
  },
};

const text = z.string().max(400);
const Stretch = z.object({ beginMs: z.number(), endMs: z.number() });
const StatementDocument = z.object({
  gapLimitMs: z.number(),
  leastPercent: z.number(),
  candidates: z.array(
    z.object({
      candidateId: text,
      seenBy: z.array(text),
      present: z.array(Stretch),
      presentMs: z.number(),
      leastMs: z.number(),
      mostMs: z.number(),
      gaps: z.array(Stretch.extend({ causes: z.array(z.object({ cameraId: text, reason: text })) })),
      verdict: z.enum(['covered', 'short']),
      acceptance: z
        .object({ acceptanceId: text, reason: text, byStaffId: text, secondStaffId: text, atMs: z.number() })
        .nullable(),
    }),
  ),
});
const RoomsDocument = z.object({
  rooms: z.array(
    z.object({ roomId: text, cameras: z.array(z.object({ cameraId: text, sees: z.array(text).optional() })) }),
  ),
});
const RecordingsDocument = z.array(
  z.object({
    cameraId: text,
    gaps: z.array(z.object({ gapId: text, beginMs: z.number(), endMs: z.number().nullable(), reason: text })),
  }),
);
const MovementsDocument = z.object({
  movements: z.array(
    z.object({
      admission: text,
      atMs: z.number(),
      kind: z.enum(['break', 'finished', 'in', 'undone', 'ended-inside', 'ended-on-break']),
    }),
  ),
});

/** What a bundle proves about the coverage of its candidates by video. */
export const coverageClaims: ContentClaim = async (index, readJson, readLines): Promise<Claim[]> => {
  const statement = StatementDocument.safeParse(await readJson(COVERAGE_PATH));
  const recordings = RecordingsDocument.safeParse(await readJson(RECORDINGS_PATH));
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  const computed = recordings.success ? await computeAgain(index, readJson, recordings.data) : null;
  if (!statement.success || !recordings.success || !lines || !computed) {
    const why = ['包里没有录像覆盖的说明。', 'The bundle has no statement of coverage.'] as const;
    return [COMPUTED, JOURNALED, ACCEPTED, OF_RESULTS].map((q) => notPresent(q, ...why));
  }
  const accepted = new Map(statement.data.candidates.map((c) => [c.candidateId, c.acceptance?.acceptanceId ?? null]));
  return [
    computedClaim(statement.data, computed),
    journaledClaim(recordings.data, lines),
    acceptedClaim(statement.data, lines),
    await coverageOfResultsClaim(readJson, factsOf(computed, accepted)),
  ];
};

type Computed = Map<string, Covered & { present: { beginMs: number; endMs: number }[]; seenBy: string[] }>;

/** What each candidate's coverage means for the score, by candidate id. */
const factsOf = ({ people, asked }: Again, accepted: ReadonlyMap<string, string | null>): Map<string, CoverageFact> =>
  new Map([...people].map(([id, covered]) => [id, coverageFact(covered, accepted.get(id) ?? null, asked.has(id))]));

interface Again {
  people: Computed;
  /** Candidates whose room needs video. */
  asked: Set<string>;
  gapLimitMs: number;
  leastPercent: number;
}

/** From the index and the records alone; null where one of them is missing or of no known form. */
async function computeAgain(
  index: BundleIndex,
  readJson: ReadJson,
  recordings: z.infer<typeof RecordingsDocument>,
): Promise<Again | null> {
  const attempts = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  const undone = UndoneDocument.safeParse(await readJson(UNDONE_PATH));
  const movements = MovementsDocument.safeParse(await readJson(PRESENCE_PATH));
  const candidates = CandidatesDocument.safeParse(await readJson(CANDIDATES_PATH));
  const seating = SeatingDocument.safeParse(await readJson(SEATING_PATH));
  const plan = RoomsDocument.safeParse(await readJson(PLAN_PATH));
  const pack = RulePackDocument.safeParse(await readJson(RULE_PACK_PATH));
  if (!attempts.success || !undone.success || !movements.success || !candidates.success) return null;
  if (!seating.success || !plan.success || !pack.success) return null;
  const clause = (id: string) => pack.data.clauses.find((c) => c.id === id);
  const value = (id: string) => Number(clause(id)?.value ?? Number.NaN);
  const limits = {
    gapLimitMs: value('recording.gap-limit-seconds') * 1000,
    leastPercent: value('recording.coverage-least-percent'),
  };
  const planned = new Map(candidates.data.map((c) => [c.candidateId, c]));
  const drawn = new Map(seating.data.draws.map((d) => [d.candidateId, d.workstationId]));
  const camerasIn = new Map(plan.data.rooms.map((r) => [r.roomId, r.cameras]));
  const moves = Map.groupBy(movements.data.movements, (m) => m.admission);
  const people = standingIn(attempts.data, undone.data).flatMap(({ attempt }) => {
    const candidate = planned.get(attempt.candidateId ?? '');
    if (candidate === undefined || attempt.closedAtMs === null) return [];
    const { candidateId, roomId, workstationId } = candidate;
    const seat = workstationId ?? drawn.get(candidateId) ?? null;
    return {
      candidateId,
      seenBy: seenBy(camerasIn.get(roomId) ?? [], seat),
      // Sealed after the end: nobody is still inside, and a movement closes every stay.
      present: presenceOf(attempt.closedAtMs, moves.get(attempt.attemptId) ?? [], attempt.closedAtMs),
    };
  });
  const stored = Map.groupBy(
    index.items.filter((i) => i.kind === 'video'),
    (i) => i.subject ?? '',
  );
  const cameras = recordings.map(
    ({ cameraId, gaps }): CameraRecord => ({
      cameraId,
      gaps,
      stored: (stored.get(cameraId) ?? []).map(({ beginMs = 0, endMs = 0 }) => ({ beginMs, endMs })),
    }),
  );
  const covered = coverageOfAll(people, cameras, limits);
  return {
    ...limits,
    asked: new Set(
      people.flatMap(({ candidateId }) => {
        const cameras = camerasIn.get(planned.get(candidateId)!.roomId)?.length ?? 0;
        return videoAsked(cameras, clause('recording.cameraless-rooms')?.value !== false) ? candidateId : [];
      }),
    ),
    people: new Map(people.map(({ candidateId, ...facts }, i) => [candidateId, { ...facts, ...covered[i]! }])),
  };
}

function computedClaim(said: z.infer<typeof StatementDocument>, again: Again): Claim {
  const wrong: string[] = [];
  if (said.gapLimitMs !== again.gapLimitMs) wrong.push('gapLimitMs');
  if (said.leastPercent !== again.leastPercent) wrong.push('leastPercent');
  const seen = new Set<string>();
  for (const { candidateId, acceptance: _, ...facts } of said.candidates) {
    const should = again.people.get(candidateId);
    seen.add(candidateId);
    if (should === undefined) wrong.push(candidateId);
    else {
      const fields = Object.keys(facts) as (keyof typeof facts)[];
      wrong.push(...fields.filter((f) => !same(facts[f], should[f])).map((f) => `${candidateId} ${f}`));
    }
  }
  wrong.push(...[...again.people.keys()].filter((id) => !seen.has(id)));
  if (wrong.length > 0) {
    const names = wrong.slice(0, 20).map(printable);
    return fail(COMPUTED, `对不上：${names.join('、')}。`, `These do not agree: ${names.join(', ')}.`, [COVERAGE_PATH]);
  }
  const short = said.candidates.filter((c) => c.verdict === 'short').length;
  return pass(
    COMPUTED,
    `${said.candidates.length} 人，重算一致；其中 ${short} 人录像不足。`,
    `${said.candidates.length} candidates, computed again and the same; the video of ${short} is short.`,
  );
}

/** Both are plain JSON, members in the order the schemas and the rules write them. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

type Lines = z.infer<typeof JournalLine>[];

function journaledClaim(recordings: z.infer<typeof RecordingsDocument>, lines: Lines): Claim {
  const spell = (...parts: unknown[]) => parts.map((p) => String(p)).join(' ');
  const said = recordings.flatMap(({ cameraId, gaps }) =>
    gaps.flatMap((g) => [
      spell('begun', cameraId, g.gapId, g.reason, g.beginMs),
      ...(g.endMs === null ? [] : [spell('ended', cameraId, g.gapId, g.endMs)]),
    ]),
  );
  const cameras = new Set(recordings.map((r) => r.cameraId));
  // What the station found by itself may have a reason later; any other reason stands as it was first said.
  const explained = new Map(
    lines.flatMap(({ event, data: d }) => (event === 'recording.gap-explained' ? [[String(d.gapId), d.reason]] : [])),
  );
  const journaled = lines.flatMap(({ event, data: d }) => {
    if (!cameras.has(String(d.cameraId))) return [];
    const reason = d.reason === 'no-segments' ? (explained.get(String(d.gapId)) ?? d.reason) : d.reason;
    if (event === 'recording.gap-begun') return [spell('begun', d.cameraId, d.gapId, reason, d.beginMs)];
    return event === 'recording.gap-ended' ? [spell('ended', d.cameraId, d.gapId, d.endMs)] : [];
  });
  const [a, b] = [new Set(said), new Set(journaled)];
  const wrong = [...a.symmetricDifference(b)];
  if (wrong.length === 0 && a.size === said.length) {
    return pass(JOURNALED, `${said.length} 条，逐条相符。`, `${said.length} entries, all agree.`);
  }
  const names = wrong.slice(0, 10).map(printable);
  return fail(JOURNALED, `对不上：${names.join('、')}。`, `These do not agree: ${names.join(', ')}.`, [
    RECORDINGS_PATH,
    ENTRIES_PATH,
  ]);
}

function acceptedClaim(said: z.infer<typeof StatementDocument>, lines: Lines): Claim {
  const entries = new Map(
    lines.filter((l) => l.event === 'coverage.accepted').map((l) => [String(l.data.acceptanceId), l.data]),
  );
  const accepted = said.candidates.filter((c) => c.acceptance !== null);
  const wrong = accepted.filter(({ candidateId, verdict, mostMs, gaps, acceptance }) => {
    const entry = entries.get(acceptance!.acceptanceId);
    if (entry === undefined || verdict !== 'short' || acceptance!.reason.length < 4) return true;
    if (acceptance!.byStaffId === acceptance!.secondStaffId) return true;
    const known = z.array(Stretch).safeParse(entry.gaps).data ?? [];
    const within = gaps.every((g) => known.some((k) => k.beginMs <= g.beginMs && k.endMs >= g.endMs));
    const { reason, byStaffId, secondStaffId } = acceptance!;
    const says = { candidateId, reason, byStaffId, secondStaffId };
    return !within || mostMs < Number(entry.mostMs) || Object.entries(says).some(([k, v]) => entry[k] !== v);
  });
  if (wrong.length === 0) {
    return pass(ACCEPTED, `接受了 ${accepted.length} 人，都站得住。`, `${accepted.length} accepted, all hold.`);
  }
  const names = wrong.slice(0, 20).map((c) => printable(c.candidateId));
  return fail(ACCEPTED, `站不住：${names.join('、')}。`, `These do not hold: ${names.join(', ')}.`, [
    COVERAGE_PATH,
    ENTRIES_PATH,
  ]);
}

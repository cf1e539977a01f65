import type { z } from 'zod';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { ATTEMPTS_PATH, AttemptsDocument, admittedIn, JournalLine } from './documents.ts';

const EDGES: Question = {
  id: 'admission.1',
  title: {
    zh: '准予入场的每个人都有核验记录：机器三项相符，或两人核验',
    en: 'Everyone admitted has a record: edges that pass, or two persons',
  },
};
const JOURNALED: Question = {
  id: 'admission.2',
  title: { zh: '入场记录与日志逐条相符', en: 'Admissions agree with the journal, one by one' },
};
const EVIDENCE: Question = {
  id: 'admission.3',
  title: { zh: '入场记录所引的证据都在包里', en: 'The evidence the records cite is in the bundle' },
};

type Record = z.infer<typeof AttemptsDocument>[number];

/** Whether this record alone justifies its admission. */
function isJustified({ attempt: a, by, second }: Record): boolean {
  if (a.outcome === 'admitted-by-hand') return second !== null && second !== by;
  const edge = (name: string) => a.edges.find((e) => e.edge === name);
  const passes = (name: string) => {
    const e = edge(name);
    return e?.result === 'pass' && (e.score === null || (e.threshold !== null && e.score >= e.threshold));
  };
  // The card's own photograph is compared where one can be read; it may be missing, it may not disagree.
  const card = edge('live-card');
  const cardAllows = card?.result === 'not-done' || passes('live-card');
  return (
    a.decision.kind === 'admit' &&
    passes('card-ticket') &&
    edge('live-plan')?.score !== null &&
    passes('live-plan') &&
    cardAllows
  );
}

/** What a bundle proves about who was let in, recomputed from its records. */
export const admissionClaims: ContentClaim = async (index, readJson, readLines): Promise<Claim[]> => {
  const read = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  if (!read.success) {
    const why = ['包里没有可读的入场记录。', 'The bundle has no readable check-in records.'] as const;
    return [EDGES, JOURNALED, EVIDENCE].map((q) => notPresent(q, ...why));
  }
  const admissions = read.data.filter(({ attempt: a }) => a.outcome === 'admitted' || a.outcome === 'admitted-by-hand');
  const byHand = admissions.filter((r) => r.attempt.outcome === 'admitted-by-hand').length;
  const unjustified = admissions.filter((r) => !isJustified(r)).map((r) => printable(r.attempt.attemptId));
  const twice = admissions.length - admittedIn(read.data).size;
  const edges =
    unjustified.length > 0 || twice > 0
      ? fail(
          EDGES,
          `${unjustified.length} 条记录不足以准予入场：${unjustified.join('、')}；重复入场 ${twice} 次。`,
          `${unjustified.length} records do not justify an admission: ${unjustified.join(', ')}; ${twice} admitted twice.`,
          [ATTEMPTS_PATH],
        )
      : pass(
          EDGES,
          `准予入场 ${admissions.length} 人：机器核验 ${admissions.length - byHand}，两人核验 ${byHand}。`,
          `${admissions.length} admitted: ${admissions.length - byHand} by the machine, ${byHand} by two persons.`,
        );

  const lines = await readLines(ENTRIES_PATH);
  const journaled = lines?.flatMap((line) => {
    const entry = JournalLine.safeParse(line).data;
    return entry?.event === 'checkin.admitted' || entry?.event === 'checkin.admitted-by-hand'
      ? [`${entry.data.attemptId} ${entry.data.candidateId}`]
      : [];
  });
  const recorded = admissions.map((r) => `${r.attempt.attemptId} ${r.attempt.candidateId}`);
  const same = journaled && journaled.toSorted().join('\n') === recorded.toSorted().join('\n');
  const agrees = !journaled
    ? notPresent(JOURNALED, '包里没有可读的日志。', 'The bundle has no readable journal.')
    : same
      ? pass(JOURNALED, `${recorded.length} 条都对得上。`, `All ${recorded.length} agree.`)
      : fail(JOURNALED, '记录与日志不一致。', 'Records and journal differ.', [ATTEMPTS_PATH, ENTRIES_PATH]);

  const held = new Set(index.items.map((i) => i.sha256));
  const lacking = read.data.flatMap((r) => r.evidence).filter((e) => !held.has(e.sha256));
  const cited = read.data.reduce((n, r) => n + r.evidence.length, 0);
  const evidence =
    lacking.length === 0
      ? pass(EVIDENCE, `${cited} 件都在。`, `All ${cited} are there.`)
      : fail(EVIDENCE, `缺 ${lacking.length} 件。`, `${lacking.length} are missing.`, [ATTEMPTS_PATH]);
  return [edges, agrees, evidence];
};

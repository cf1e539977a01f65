import type { z } from 'zod';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { ADMITTING_EVENTS, admissionDisagreements } from './admission-agreement.ts';
import {
  ATTEMPTS_PATH,
  AttemptsDocument,
  admits,
  admittedIn,
  JournalLine,
  standingIn,
  UNDONE_PATH,
  UndoneDocument,
} from './documents.ts';

const EDGES: Question = {
  id: 'admission.1',
  title: {
    zh: '准予入场的每个人都有核验记录：机器三项相符，或两人核验',
    en: 'Everyone admitted has a record: edges that pass, or two persons',
  },
};
const JOURNALED: Question = {
  id: 'admission.2',
  title: {
    zh: '入场记录与日志逐条相符：考生、三项核验、判定、两人、人脸帧、证据',
    en: 'Admissions agree with the journal one by one: candidate, edges, decision, both persons, frames, evidence',
  },
};
const EVIDENCE: Question = {
  id: 'admission.3',
  title: { zh: '入场记录所引的证据都在包里', en: 'The evidence the records cite is in the bundle' },
};

const UNDONE: Question = {
  id: 'admission.4',
  title: {
    zh: '撤销的入场都在日志里，撤销后才再次入场',
    en: 'Admissions taken back are in the journal, and nobody is admitted again before',
  },
};

type Record = z.infer<typeof AttemptsDocument>[number];

/** What two persons may settle: neither who came too late nor who belongs elsewhere, nor an open suspicion. */
const BY_HAND: ReadonlySet<string> = new Set(['admit', 'call-person', 'pending']);

/** Whether this record alone justifies letting the person in, for the first time or again. */
function isJustified({ attempt: a, by, second, like }: Record): boolean {
  // A face taken for somebody else's is for the lead or a supervisor to settle, before anybody may let it in.
  if (like?.found && !like.settled) return false;
  if (a.outcome.endsWith('-by-hand')) return second !== null && second !== by && BY_HAND.has(a.decision.kind);
  const edge = (name: string) => a.edges.find((e) => e.edge === name);
  const passes = (name: string) => {
    const e = edge(name);
    return e?.result === 'pass' && (e.score === null || (e.threshold !== null && e.score >= e.threshold));
  };
  // The card's own photograph is compared where one can be read; it may be missing, it may not disagree.
  const card = edge('live-card');
  const cardAllows = card?.result === 'not-done' || passes('live-card');
  // Who comes back from a break has used the ticket before.
  const again = a.outcome === 'readmitted' && edge('card-ticket')?.result === 'not-done';
  return (
    a.decision.kind === 'admit' &&
    a.liveness?.kind !== 'failed' &&
    (passes('card-ticket') || again) &&
    edge('live-plan')?.score !== null &&
    passes('live-plan') &&
    cardAllows
  );
}

const letsIn = (outcome: string): boolean => admits(outcome) || outcome.startsWith('readmitted');

/** What a bundle proves about who was let in, recomputed from its records. */
export const admissionClaims: ContentClaim = async (index, readJson, readLines): Promise<Claim[]> => {
  const read = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  // A bundle of an earlier version knows no admission taken back.
  const undone = UndoneDocument.safeParse((await readJson(UNDONE_PATH)) ?? []);
  if (!read.success || !undone.success) {
    const why = ['包里没有可读的入场记录。', 'The bundle has no readable check-in records.'] as const;
    return [EDGES, JOURNALED, EVIDENCE, UNDONE].map((q) => notPresent(q, ...why));
  }
  const lines = await readLines(ENTRIES_PATH);
  const journal = lines?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  return [
    edgesClaim(read.data, undone.data, unsettledAtAdmission(journal ?? [])),
    journaledClaim(read.data, journal),
    evidenceClaim(read.data, new Set(index.items.map((i) => i.sha256))),
    undoneClaim(read.data, undone.data, journal),
  ];
};

/** Candidates let in while a suspicion of impersonation stood against them, by the journal's order. */
function unsettledAtAdmission(journal: Lines): string[] {
  const suspected = new Set<string>();
  const letInAllTheSame = new Set<string>();
  const admitting = new Set(Object.values(ADMITTING_EVENTS));
  for (const { event, data } of journal.toSorted((a, b) => a.seq - b.seq)) {
    const id = String(data.candidateId);
    if (event === 'checkin.lookalike-found') suspected.add(id);
    else if (event === 'checkin.impersonation-cleared') suspected.delete(id);
    else if (admitting.has(event) && suspected.has(id)) letInAllTheSame.add(id);
  }
  return [...letInAllTheSame];
}

function edgesClaim(records: Record[], undone: Undone, unsettled: readonly string[]): Claim {
  const letIn = records.filter((r) => letsIn(r.attempt.outcome));
  const byHand = letIn.filter((r) => r.attempt.outcome.endsWith('-by-hand')).length;
  const unjustified = letIn.filter((r) => !isJustified(r)).map((r) => printable(r.attempt.attemptId));
  const twice = standingIn(records, undone).length - admittedIn(records, undone).size;
  if (unsettled.length > 0) {
    const ids = unsettled.map(printable).join(', ');
    return fail(
      EDGES,
      `疑似替考没有处理就准予入场：${ids}。`,
      `Let in with a suspicion of impersonation unsettled: ${ids}.`,
      [ENTRIES_PATH],
    );
  }
  if (unjustified.length > 0 || twice > 0) {
    return fail(
      EDGES,
      `${unjustified.length} 条记录不足以准予入场：${unjustified.join('、')}；重复入场 ${twice} 次。`,
      `${unjustified.length} records do not justify an admission: ${unjustified.join(', ')}; ${twice} admitted twice.`,
      [ATTEMPTS_PATH],
    );
  }
  const [people, again] = [admittedIn(records, undone).size, letIn.filter((r) => !admits(r.attempt.outcome)).length];
  return pass(
    EDGES,
    `准予入场 ${people} 人，返回再入场 ${again} 次；机器核验 ${letIn.length - byHand}，两人核验 ${byHand}。`,
    `${people} admitted, ${again} let in again; ${letIn.length - byHand} by the machine, ${byHand} by two persons.`,
  );
}

type Undone = z.infer<typeof UndoneDocument>;
type Lines = z.infer<typeof JournalLine>[];

function journaledClaim(records: Record[], journal: Lines | undefined): Claim {
  if (!journal) return notPresent(JOURNALED, '包里没有可读的日志。', 'The bundle has no readable journal.');
  const admissions = records.filter((r) => letsIn(r.attempt.outcome)).length;
  const differing = admissionDisagreements(records, journal);
  if (differing.length === 0) return pass(JOURNALED, `${admissions} 条都对得上。`, `All ${admissions} agree.`);
  const named = differing.slice(0, 20).map((d) => ({ ...d, who: printable(`${d.candidateId} ${d.attemptId}`) }));
  return fail(
    JOURNALED,
    `${differing.length} 条与日志不一致：${named.map((d) => `${d.who}（${d.zh}）`).join('；')}。`,
    `${differing.length} differ from the journal: ${named.map((d) => `${d.who} (${d.en})`).join('; ')}.`,
    [ATTEMPTS_PATH, ENTRIES_PATH],
  );
}

function evidenceClaim(records: Record[], held: ReadonlySet<string>): Claim {
  const cited = records.flatMap((r) => r.evidence);
  const lacking = cited.filter((e) => !held.has(e.sha256)).length;
  return lacking === 0
    ? pass(EVIDENCE, `${cited.length} 件都在。`, `All ${cited.length} are there.`)
    : fail(EVIDENCE, `缺 ${lacking} 件。`, `${lacking} are missing.`, [ATTEMPTS_PATH]);
}

/** The journal's order tells that an admission was taken back before the next one of the same person. */
function undoneClaim(records: Record[], undone: Undone, journal: Lines | undefined): Claim {
  if (!journal) return notPresent(UNDONE, '包里没有可读的日志。', 'The bundle has no readable journal.');
  const said = undone.map((u) => `${u.attemptId} ${u.candidateId} ${u.turn}`);
  const inside = new Map<unknown, unknown>();
  const journaled: string[] = [];
  let disorder = 0;
  for (const { event, data } of journal.toSorted((a, b) => a.seq - b.seq)) {
    if (event === ADMITTING_EVENTS.admitted || event === ADMITTING_EVENTS['admitted-by-hand']) {
      if (inside.has(data.candidateId)) disorder += 1;
      inside.set(data.candidateId, data.attemptId);
    } else if (event === 'checkin.admission-undone') {
      journaled.push(`${data.attemptId} ${data.candidateId} ${data.turn}`);
      if (inside.get(data.candidateId) !== data.attemptId) disorder += 1;
      inside.delete(data.candidateId);
    }
  }
  const standing = admittedIn(records, undone);
  const differ =
    [...inside.keys()].filter((id) => !standing.has(String(id))).length + Math.abs(inside.size - standing.size);
  const same = said.toSorted().join('\n') === journaled.toSorted().join('\n');
  return same && disorder === 0 && differ === 0
    ? pass(UNDONE, `撤销 ${undone.length} 次，都对得上。`, `${undone.length} taken back, all agree.`)
    : fail(
        UNDONE,
        '撤销的记录与日志不一致，或次序不对。',
        'What was taken back differs from the journal, or comes out of order.',
        [UNDONE_PATH, ENTRIES_PATH],
      );
}

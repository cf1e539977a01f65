import type { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { AttemptsDocument, JournalLine } from './documents.ts';

type Record = z.infer<typeof AttemptsDocument>[number];
type Line = z.infer<typeof JournalLine>;

/** The journal's event for each outcome that lets somebody in. */
export const ADMITTING_EVENTS: { [outcome: string]: string } = {
  admitted: 'checkin.admitted',
  'admitted-by-hand': 'checkin.admitted-by-hand',
  readmitted: 'checkin.readmitted',
  'readmitted-by-hand': 'checkin.readmitted-by-hand',
};

/** What record and journal both tell of an admission, in the words of a report. */
const MEMBERS = {
  event: { zh: '结论', en: 'outcome' },
  candidateId: { zh: '考生', en: 'candidate' },
  edges: { zh: '三项核验', en: 'edges' },
  decision: { zh: '判定', en: 'decision' },
  liveness: { zh: '转头', en: 'head turn' },
  by: { zh: '经办人', en: 'first person' },
  second: { zh: '第二人', en: 'second person' },
  frameSha256: { zh: '人脸帧哈希', en: 'frame hashes' },
  evidence: { zh: '证据', en: 'evidence' },
} as const;
type Member = keyof typeof MEMBERS;
type Told = { [M in Member]: string };

export interface Disagreement {
  attemptId: string;
  candidateId: string;
  zh: string;
  en: string;
}

/**
 * Where records of admissions and the journal tell different things, attempt by attempt and member by member; what only
 * one of the two knows is named as such. An attempt closes once, so each id stands once on either side.
 */
export function admissionDisagreements(records: readonly Record[], journal: readonly Line[]): Disagreement[] {
  const events = new Set(Object.values(ADMITTING_EVENTS));
  const journaled = journal.filter((line) => events.has(line.event)).map((line) => [idOf(line), journalTells(line)]);
  const recorded = records
    .filter((r) => r.attempt.outcome in ADMITTING_EVENTS)
    .map((r) => [r.attempt.attemptId, recordTells(r)]);
  const sides = [recorded, journaled].map((side) => Map.groupBy(side as [string, Told][], ([id]) => id));
  const [ofRecords, ofJournal] = sides as [Map<string, [string, Told][]>, Map<string, [string, Told][]>];
  const found: Disagreement[] = [];
  for (const attemptId of [...new Set([...ofRecords.keys(), ...ofJournal.keys()])].sort()) {
    const [here, there] = [ofRecords.get(attemptId) ?? [], ofJournal.get(attemptId) ?? []];
    const candidateId = here[0]?.[1].candidateId ?? there[0]?.[1].candidateId ?? '';
    const say = (zh: string, en: string) => found.push({ attemptId, candidateId, zh, en });
    if (here.length === 0) say('只在日志里', 'in the journal alone');
    else if (there.length === 0) say('日志里没有', 'not in the journal');
    else if (here.length > 1 || there.length > 1) say('重复', 'stands twice');
    else {
      const [record, line] = [here[0]![1], there[0]![1]];
      const differ = (Object.keys(MEMBERS) as Member[]).filter((m) => record[m] !== line[m]);
      if (differ.length > 0) {
        say(differ.map((m) => MEMBERS[m].zh).join('、'), differ.map((m) => MEMBERS[m].en).join(', '));
      }
    }
  }
  return found;
}

const idOf = (line: Line): string => String(line.data.attemptId);

function recordTells({ attempt: a, by, second, frameSha256, evidence }: Record): Told {
  return {
    event: ADMITTING_EVENTS[a.outcome] ?? a.outcome,
    candidateId: a.candidateId ?? '',
    edges: edgesAs(a.edges),
    decision: a.decision.kind,
    liveness: a.liveness?.kind ?? '',
    by,
    second: second ?? '',
    frameSha256: frameSha256.join(' '),
    evidence: evidenceAs(evidence),
  };
}

function journalTells({ event, data, actor }: Line): Told {
  return {
    event,
    candidateId: String(data.candidateId),
    edges: edgesAs(data.edges),
    decision: String(data.decision),
    liveness: data.liveness === undefined ? '' : String(data.liveness),
    by: actor?.staffId ?? '',
    second: data.secondStaffId === undefined ? '' : String(data.secondStaffId),
    frameSha256: Array.isArray(data.frameSha256) ? data.frameSha256.join(' ') : '',
    evidence: evidenceAs(data.evidence),
  };
}

const edgesAs = (edges: unknown): string => spelled(edges, ['edge', 'result', 'reason', 'score', 'threshold']);
const evidenceAs = (evidence: unknown): string => spelled(evidence, ['evidenceId', 'sha256']);

/** The named members of each element in one spelling: bundles of strangers may hold anything else beside them. */
function spelled(list: unknown, members: readonly string[]): string {
  if (!Array.isArray(list)) return '';
  return canonicalJson(
    list.map((one: unknown) => {
      const of = (typeof one === 'object' && one !== null ? one : {}) as { [member: string]: unknown };
      return Object.fromEntries(members.map((m) => [m, of[m] ?? null]));
    }),
  );
}

import { describe, expect, test } from 'vitest';
import { admissionDisagreements } from './admission-agreement.ts';
import { AttemptsDocument, JournalLine } from './documents.ts';

const edge = (name: string, score: number | null) => ({
  edge: name,
  result: 'pass',
  reason: 'ok',
  score,
  threshold: score && 0.4,
});
const edges = [edge('card-ticket', null), edge('live-card', 0.6), edge('live-plan', 0.7)];
const evidence = [{ kind: 'live-face', evidenceId: 'E1', sha256: 'ab' }];
const record = {
  attempt: {
    attemptId: 'A1',
    candidateId: 'C01',
    outcome: 'admitted-by-hand',
    closedAtMs: 1,
    edges,
    decision: { kind: 'call-person' },
    liveness: { kind: 'failed' },
  },
  by: 'S1',
  second: 'S2' as string | null,
  frameSha256: ['f1', 'f2'],
  evidence,
};
const line = {
  seq: 7,
  event: 'checkin.admitted-by-hand',
  actor: { kind: 'staff', staffId: 'S1', role: 'door', desk: '' },
  data: {
    attemptId: 'A1',
    candidateId: 'C01',
    edges,
    decision: 'call-person',
    liveness: 'failed',
    secondStaffId: 'S2',
    frameSha256: ['f1', 'f2'],
    evidence,
    lane: 1,
  },
};
const judged = (records: unknown[], lines: unknown[]): string[] =>
  admissionDisagreements(
    AttemptsDocument.parse(records),
    lines.map((l) => JournalLine.parse(l)),
  ).map((d) => `${d.candidateId} ${d.attemptId}: ${d.en}`);

test('what both tell alike agrees; attempts that let nobody in are not asked about', () => {
  const refused = { ...record, attempt: { ...record.attempt, attemptId: 'A0', outcome: 'refused' } };
  expect(judged([refused, record], [line, { ...line, event: 'checkin.refused' }])).toEqual([]);
});

describe('one changed member is named', () => {
  test.each<[string, string, unknown, string]>([
    ['a score', 'attempt.edges.2.score', 0.71, 'edges'],
    ['a threshold', 'attempt.edges.1.threshold', 0.1, 'edges'],
    ['a result', 'attempt.edges.0.result', 'not-done', 'edges'],
    ['the reason of an edge', 'attempt.edges.0.reason', 'other', 'edges'],
    ['an edge left out', 'attempt.edges', edges.slice(1), 'edges'],
    ['the decision', 'attempt.decision.kind', 'admit', 'decision'],
    ['the head turn', 'attempt.liveness.kind', 'passed', 'head turn'],
    ['the first person', 'by', 'S9', 'first person'],
    ['the second person', 'second', 'S9', 'second person'],
    ['no second person', 'second', null, 'second person'],
    ['a frame', 'frameSha256.1', 'f9', 'frame hashes'],
    ['a frame left out', 'frameSha256', ['f1'], 'frame hashes'],
    ['a piece of evidence', 'evidence.0.sha256', 'cd', 'evidence'],
    ['how they came in', 'attempt.outcome', 'readmitted-by-hand', 'outcome'],
    ['whom', 'attempt.candidateId', 'C02', 'candidate'],
  ])('%s', (_what, path, value, named) => {
    const changed = structuredClone(record);
    const steps = path.split('.');
    const last = steps.pop()!;
    const parent = steps.reduce<Record<string, unknown>>((at, step) => at[step] as typeof at, changed);
    parent[last] = value;
    const [found, ...more] = judged([changed], [line]);
    expect(more).toEqual([]);
    expect(found).toMatch(new RegExp(`^C0[12] A1: ${named}$`));
  });
});

test('what only one side knows, and what stands twice, is named', () => {
  expect(judged([record], [])).toEqual(['C01 A1: not in the journal']);
  expect(judged([], [line])).toEqual(['C01 A1: in the journal alone']);
  expect(judged([record, record], [line])).toEqual(['C01 A1: stands twice']);
});

test('a stranger’s odd data disagrees and breaks nothing', () => {
  for (const odd of [null, 7, 'x', {}, [null], [7]]) {
    const data = { attemptId: 'A1', edges: odd, evidence: odd, frameSha256: odd };
    expect(judged([record], [{ ...line, data }])).toHaveLength(1);
  }
});

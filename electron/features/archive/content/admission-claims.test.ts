import { expect, test } from 'vitest';
import type { BundleIndex } from '../bundle-format.ts';
import { admissionClaims } from './admission-claims.ts';
import { ATTEMPTS_PATH } from './documents.ts';

const pass = (edge: string, score: number | null) => ({ edge, result: 'pass', score, threshold: score && 0.4 });
const justified = {
  attempt: {
    attemptId: 'A1',
    candidateId: 'C01',
    outcome: 'admitted',
    closedAtMs: 1,
    edges: [pass('card-ticket', null), pass('live-card', 0.6), pass('live-plan', 0.7)],
    decision: { kind: 'admit' },
    liveness: { kind: 'passed' },
  },
  by: 'S1',
  second: null as string | null,
  like: { found: null, settled: null } as { found: unknown; settled: unknown } | null,
  frameSha256: [],
  evidence: [],
};
const byHand = { ...justified, attempt: { ...justified.attempt, outcome: 'admitted-by-hand' }, second: 'S2' };
const found = { kind: 'admitted', id: 'C02' };

/** The first claim about a bundle with this one record. */
async function judged(record: typeof justified): Promise<string> {
  const index = { items: [] } as unknown as BundleIndex;
  const readJson = async (path: string) => (path === ATTEMPTS_PATH ? [record] : undefined);
  const [edges] = await admissionClaims(
    index,
    readJson,
    async () => [],
    async () => undefined,
  );
  return edges!.result;
}

test.each<[string, typeof justified, string]>([
  ['three edges, the turn done', justified, 'pass'],
  [
    'a record of before the turn was asked',
    { ...justified, attempt: { ...justified.attempt, liveness: undefined as never } },
    'pass',
  ],
  ['the turn failed', { ...justified, attempt: { ...justified.attempt, liveness: { kind: 'failed' } } }, 'fail'],
  ['a face taken for another, settled by nobody', { ...justified, like: { found, settled: null } }, 'fail'],
  ['the same by two persons of the door', { ...byHand, like: { found, settled: null } }, 'fail'],
  ['the same, settled', { ...justified, like: { found, settled: { staffId: 'S3' } } }, 'pass'],
  [
    'two persons, who stand in for a failed turn',
    { ...byHand, attempt: { ...byHand.attempt, liveness: { kind: 'failed' } } },
    'pass',
  ],
  [
    'two persons, for somebody whom the rule refused',
    { ...byHand, attempt: { ...byHand.attempt, decision: { kind: 'refuse' } } },
    'fail',
  ],
  ['one person twice', { ...byHand, second: 'S1' }, 'fail'],
  ['no switch check, faces declined', { ...byHand, like: null }, 'pass'],
  [
    'a score below its threshold',
    {
      ...justified,
      attempt: {
        ...justified.attempt,
        edges: [pass('card-ticket', null), pass('live-card', 0.6), pass('live-plan', 0.3)],
      },
    },
    'fail',
  ],
])('%s: %s', async (_, record, result) => {
  expect(await judged(record)).toBe(result);
});

import { beforeAll, expect, test } from 'vitest';
import { admit, openDoor, S1 } from '../../../../test/harness/exam-day.ts';
import { openTestStation, PIN } from '../../../../test/harness/open-station.ts';
import { inspectionsIn } from '../../inspections/store.ts';
import { type BundleIndex, ENTRIES_PATH, LEAVES_PATH } from '../bundle-format.ts';
import { INSPECTIONS_PATH } from './documents.ts';
import { inspectionClaims } from './inspection-claims.ts';

type Row = ReturnType<typeof inspectionsIn>[number];
interface Line {
  seq: number;
  event: string;
  data: Record<string, unknown>;
}
let sealed: { inspections: Row[]; lines: Line[] };
let leaves: Uint8Array;

/** Two inspections by two supervisors, the first on record and signed, as their bundle would keep them. */
beforeAll(async () => {
  const st = await openTestStation();
  await openDoor(st);
  for (const id of ['C01', 'C02', 'C07']) await admit(st, id);
  for (const name of ['督导甲', '督导乙']) st.member('supervisor', name);
  const { inspections } = st.as('site-lead');
  const { inspectionId, candidates } = await inspections.draw({ sessionId: S1 });
  const result = {
    candidates: candidates.map(({ candidateId }) => ({ candidateId, verdict: 'in-order' as const, words: '' })),
    room: { verdict: 'finding' as const, words: '少一名监考' },
  };
  await inspections.record({ inspectionId, result, pin: PIN });
  await inspections.sign({ inspectionId, pin: PIN });
  await inspections.draw({ sessionId: S1 });
  const { db, journal } = st.station;
  sealed = {
    inspections: JSON.parse(JSON.stringify(inspectionsIn(db, S1))) as Row[],
    lines: st.journal().map(({ seq, event, data }) => ({ seq, event, data: data as Line['data'] })),
  };
  leaves = journal.leaves(journal.size());
});

async function claims(change: (b: typeof sealed) => unknown): Promise<string[]> {
  const bundle = structuredClone(sealed);
  change(bundle);
  const said = await inspectionClaims(
    {} as BundleIndex,
    async (path) => (path === INSPECTIONS_PATH ? { inspections: bundle.inspections } : undefined),
    async (path) => (path === ENTRIES_PATH ? bundle.lines : undefined),
    async (path) => (path === LEAVES_PATH ? leaves : undefined),
  );
  return said.map((c) => `${c.id} ${c.result}`);
}
const line = (b: typeof sealed, event: string) => b.lines.find((l) => l.event === event)!;

test('inspections as they were pass; a bundle without the document says that it has none', async () => {
  expect(await claims(() => undefined)).toEqual(['inspection.1 pass', 'inspection.2 pass']);
  const none = await inspectionClaims(
    {} as BundleIndex,
    async () => undefined,
    async () => [],
    async () => undefined,
  );
  expect(none.map((c) => c.result)).toEqual(['not-present', 'not-present']);
});

test.each<[string, (b: typeof sealed) => unknown, string]>([
  ['a second draw left out', (b) => b.inspections.pop(), 'inspection.1'],
  ['another supervisor sent', (b) => (b.inspections[1]!.drawn.inspectorId = 'S-else'), 'inspection.1'],
  ['another room, in document and journal alike', other('roomId', 'X9'), 'inspection.1'],
  ['one candidate fewer, in both', other('candidateIds', []), 'inspection.1'],
  ['a root nobody had', other('root', 'ab'.repeat(32)), 'inspection.1'],
  ['a finding that became none', (b) => (b.inspections[0]!.result!.found.room.verdict = 'in-order'), 'inspection.2'],
  ['a candidate left out of the result', withoutCandidate, 'inspection.2'],
  ['recorded by somebody else', (b) => (b.inspections[0]!.result!.byStaffId = 'S-else'), 'inspection.2'],
  [
    'signed by who inspected',
    (b) => (b.inspections[0]!.signed!.byStaffId = b.inspections[0]!.drawn.inspectorId),
    'inspection.2',
  ],
  [
    'a signature that no entry knows',
    (b) => b.lines.splice(b.lines.indexOf(line(b, 'inspections.signed')), 1),
    'inspection.2',
  ],
])('%s fails by name', async (_what, change, failing) => {
  expect((await claims(change)).filter((c) => c.endsWith('fail'))).toEqual([`${failing} fail`]);
});

/** What the second draw says is changed, in the document and in its entry. */
function other(field: 'roomId' | 'candidateIds' | 'root', value: unknown) {
  return (b: typeof sealed) => {
    const last = b.inspections[1]!;
    Object.assign(last.drawn, { [field]: value });
    Object.assign(b.lines.find((l) => l.seq === last.seq)!.data, { [field]: value });
  };
}

function withoutCandidate(b: typeof sealed) {
  const [first] = b.inspections;
  first!.result!.found.candidates.pop();
  const entry = line(b, 'inspections.recorded').data.result as { candidates: unknown[] };
  entry.candidates.pop();
}

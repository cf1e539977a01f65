import { expect, test } from 'vitest';
import type { Closing, MissingItem } from '../../../electron/features/archive/contract.ts';
import { SessionId } from '../../../electron/lib/ids.ts';
import { closingSteps, currentClosingStep, type Sent } from './closing-steps.ts';

const declared = { reason: 'r', byName: 'n', atMs: 1 };
const gap = (isDeclared: boolean): MissingItem => ({
  itemId: 'm',
  code: 'gap',
  facts: {},
  declared: isDeclared ? declared : null,
});

const closing = (change: Partial<Closing> = {}): Closing => ({
  sessionId: SessionId.parse('S1'),
  label: 'S1',
  state: 'closed',
  people: { expected: 1, admitted: 1, absent: 0, setAside: 0 },
  marks: { rooms: 1, locked: 1, signed: 1 },
  video: { cameras: 1, segments: 1, bytes: 1, gaps: 0 },
  volumes: [],
  missing: [],
  declarationsSignedBy: null,
  paper: { settled: true, scans: 0 },
  supervisor: { key: false, records: 0 },
  keysOpen: true,
  deliverByMs: 0,
  signedOffBy: null,
  bundle: null,
  ...change,
});

const bundle = (verified: boolean): Closing['bundle'] => ({
  bundleId: 'B',
  sessionId: SessionId.parse('S1'),
  number: 1,
  sealedAtMs: 1,
  tookMs: 1,
  folder: 'f',
  files: 1,
  bytes: 1,
  tagManifestSha256: '',
  sealCode: '',
  exports: [{ folder: 'x', atMs: 1, verified, media: 1, readFrom: 'medium' }],
  openExport: null,
});

const signs = { done: 'x', look: '!', now: '>', 'to-come': '.' };
const bar = (c: Closing, sent: Sent) =>
  closingSteps(c, sent)
    .map((s) => signs[s.state])
    .join('');

test.each([
  ['not closed yet', closing({ state: 'running' }), null, '........'],
  ['a gap without a reason', closing({ missing: [gap(false)] }), 'missing', 'xx!>....'],
  ['a gap with a reason', closing({ missing: [gap(true)] }), 'sign-off', 'xx!x>...'],
  ['signed off', closing({ signedOffBy: { name: 'n', atMs: 1 } }), 'seal', 'xxxxx>..'],
  ['sealed', closing({ state: 'sealed', bundle: bundle(false) }), 'deliver', 'xxxxxx>.'],
  ['delivered and read back', closing({ state: 'sealed', bundle: bundle(true) }), 'deliver', 'xxxxxxx.'],
] as const)('%s', (_, given, step, signsOfSteps) => {
  const sent = { share: 0.2, receipt: false };
  expect([currentClosingStep(given, sent), bar(given, null)]).toEqual([step, signsOfSteps]);
});

test('with the receipt every step is done, by whichever way it went', () => {
  const sealed = closing({ state: 'sealed', bundle: bundle(false) });
  const sent = { share: 1, receipt: true };
  expect([currentClosingStep(sealed, sent), bar(sealed, sent)]).toEqual(['receipt', 'xxxxxxxx']);
});

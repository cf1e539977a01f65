import { expect, test } from 'vitest';
import type { Closing, MissingItem } from '../../../electron/features/archive/contract.ts';
import { SessionId } from '../../../electron/lib/ids.ts';
import { closingSteps, currentClosingStep, mayGoBackTo, type Sent } from './closing-steps.ts';

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

const signed = { declarationsSignedBy: { name: 'n', atMs: 1 } };
const lacks = (code: MissingItem['code']): MissingItem => ({ itemId: code, code, facts: {}, declared: null });

test.each([
  ['not closed yet', closing({ state: 'running' }), null, '..........'],
  ['paper not counted', closing({ missing: [lacks('paper-not-counted'), gap(false)] }), 'paper', 'xx!>......'],
  ['no record of the supervisor', closing({ missing: [lacks('no-supervisor-record')] }), 'supervisor', 'xxxx>.....'],
  ['a gap without a reason', closing({ missing: [gap(false)] }), 'missing', 'xx!xx>....'],
  ['a gap with a reason, not signed', closing({ missing: [gap(true)] }), 'missing', 'xx!xx>....'],
  ['a gap with a reason, signed', closing({ missing: [gap(true)], ...signed }), 'sign-off', 'xx!xxx>...'],
  ['nothing missing: nothing to sign for but the whole', closing(), 'sign-off', 'xxxxxx>...'],
  ['signed off', closing({ signedOffBy: { name: 'n', atMs: 1 } }), 'seal', 'xxxxxxx>..'],
  ['sealed', closing({ state: 'sealed', bundle: bundle(false) }), 'deliver', 'xxxxxxxx>.'],
  ['delivered and read back', closing({ state: 'sealed', bundle: bundle(true) }), 'deliver', 'xxxxxxxxx.'],
] as const)('%s', (_, given, step, signsOfSteps) => {
  const sent = { share: 0.2, receipt: false };
  expect([currentClosingStep(given, sent), bar(given, null)]).toEqual([step, signsOfSteps]);
});

test('paper, record and reasons can be gone back to until the seal, and not after', () => {
  const steps = ['people', 'paper', 'supervisor', 'missing', 'sign-off', 'seal'] as const;
  expect(steps.filter((s) => mayGoBackTo(s, { state: 'closed' }))).toEqual(['paper', 'supervisor', 'missing']);
  expect(steps.filter((s) => mayGoBackTo(s, { state: 'sealed' }))).toEqual([]);
});

test('with the receipt every step is done, by whichever way it went', () => {
  const sealed = closing({ state: 'sealed', bundle: bundle(false) });
  const sent = { share: 1, receipt: true };
  expect([currentClosingStep(sealed, sent), bar(sealed, sent)]).toEqual(['receipt', 'xxxxxxxxxx']);
});

import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closedSession, declareAll, S1 } from '../../../../test/harness/exam-day.ts';
import { openTestStation, PASSPHRASE, type TestStation } from '../../../../test/harness/open-station.ts';
import { aPdf } from '../../paper/scan-fixture.ts';
import type { SelfTest } from './contract.ts';
import { isHarmless, isLasting, looksLike } from './looks-like.ts';

const lead = (st: TestStation) => st.as('site-lead').archive;
const outcome = ({ last }: SelfTest) => Object.fromEntries(last!.checks.map((c) => [c.id, c.result]));

test('what is to be sealed passes; what is added makes the test one of something else; a restart keeps it', async () => {
  const st = await openTestStation();
  await closedSession(st);
  expect(outcome(await lead(st).beginSelfTest({ sessionId: S1 }))['missing-declared']).toBe('fail');
  await declareAll(st);
  const file = new File([new Uint8Array(aPdf(1))], 'a.pdf');
  await st.as('site-lead').paper.addScan({ sessionId: S1, volume: 3, title: '记录（样本）', source: 'file', file });
  expect((await lead(st).selfTest({ sessionId: S1 })).stands).toBe(false);
  st.journalEvents();
  const tested = await lead(st).beginSelfTest({ sessionId: S1 });
  // The face of the fake engine is no picture, and that is found.
  const wrong = tested.last!.checks.filter((c) => c.result !== 'pass');
  expect(wrong.map((c) => [c.id, c.wrong.length])).toEqual([['contents-open', 1]]);
  expect(tested).toMatchObject({ stands: true, running: null });
  expect(st.journalEvents()).toContain('archive.self-tested');
  await st.restart(PASSPHRASE);
  expect((await lead(st).selfTest({ sessionId: S1 })).stands).toBe(true);
  const page = Buffer.from(await (await lead(st).selfTestPage({ sessionId: S1 })).arrayBuffer());
  expect(page.toString('latin1', 0, 5)).toBe('%PDF-');
}, 60_000);

test('a file that is cut and one that is changed are named', async () => {
  const st = await openTestStation();
  await closedSession(st);
  await declareAll(st);
  const folder = join(st.dataDir, 'vault/S1');
  const [cut, changed] = readdirSync(folder).sort();
  truncateSync(join(folder, cut!), 10);
  writeFileSync(join(folder, changed!), 'x');
  const { last } = await lead(st).beginSelfTest({ sessionId: S1 });
  const wrong = last!.checks.filter((c) => c.result === 'fail');
  expect(wrong.map((c) => c.id)).toEqual(expect.arrayContaining(['files-there', 'bytes-agree', 'encrypted-for-both']));
  expect(wrong.find((c) => c.id === 'files-there')?.wrong).toHaveLength(2);
}, 60_000);

test.each([
  ['application/json', '{}', true],
  ['application/json', '{', false],
  ['application/pdf', '%PDF-1.4', true],
  ['image/png', '%PDF-1.4', false],
  ['video/mp4; codecs="avc1"', '\0\0\0\x18ftypiso5', true],
  ['text/plain', '', false],
])('%s of %j: %s', (mediaType, text, right) => {
  expect(looksLike(mediaType, Buffer.from(text, 'latin1'))).toBe(right);
});

test('formats of one maker do not last, and a scan that acts is not harmless', () => {
  expect([isLasting('application/pdf'), isLasting('application/msword')]).toEqual([true, false]);
  expect([isHarmless(aPdf(1)), isHarmless(aPdf(1, '/OpenAction 1 0 R'))]).toEqual([true, false]);
});

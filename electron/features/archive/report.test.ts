import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { reportHtml } from './report-html.ts';
import { reportText } from './report-text.ts';
import { sealedSpecimen, specimen } from './specimen-bundle.ts';
import { verifyBundle } from './verify-bundle.ts';

const s = specimen({ rehearsal: true });
const dir = await sealedSpecimen(s);
const nowMs = 1_778_980_360_000;
const good = await verifyBundle(dir, {
  identity: s.centre.identity,
  allowedSigners: s.allowedSigners,
  retainedCheckpoints: [s.earlierCheckpoint],
  nowMs,
});
const HOSTILE = 'data/<img src=x onerror=alert(1)>\u202e\u001b[31m.age';
writeFileSync(join(dir, 'data/video/R1/C1/0001.age'), 'x');
writeFileSync(join(dir, HOSTILE), 'x');
const bad = await verifyBundle(dir, { nowMs });
afterAll(() => rmSync(s.folder, { recursive: true }));

test('a good bundle: no change found, never "unchanged"', () => {
  for (const report of [reportText(good), reportHtml(good)]) {
    expect(report).toContain('没有发现改动。');
    expect(report).toContain('No change found.');
    expect(report).not.toMatch(/没有改过|未被改|unchanged|tamper-proof/);
    expect(report).toContain('演练数据，不是真实考试');
    expect(report).toContain('2026-05-17 09:12:40 +08:00');
  }
});

test('failures come first, then what is not there, then what passed', () => {
  const marks = reportText(bad)
    .split('\n')
    .slice(7)
    .flatMap((line) => /^([✕–✓]) /.exec(line)?.[1] ?? []);
  expect(marks).toEqual(marks.toSorted((a, b) => '✕–✓'.indexOf(a) - '✕–✓'.indexOf(b)));
  expect(new Set(marks).size).toBe(3);
  expect(reportHtml(bad).indexOf('class="fail">✕')).toBeLessThan(reportHtml(bad).indexOf('data/video/R1/C1/0001.age'));
});

test('a name from a hostile bundle is shown, not obeyed', () => {
  const page = reportHtml(bad);
  expect(page).not.toMatch(/<img|<script|\p{Cf}|(?!\n)\p{Cc}/u);
  expect(page).toContain('data/&#60;img');
  expect(reportText(bad)).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
});

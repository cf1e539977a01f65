import { expect, test } from 'vitest';
import { addCounts, closingLine, exitCode, playwrightCounts, vitestCounts } from './counts.ts';

const vitest = {
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 2,
  numTodoTests: 1,
  testResults: [
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'skipped' }] },
  ],
};

test('a file that did not load is a failure', () => {
  expect(vitestCounts(vitest)).toEqual({ passed: 3, failed: 3, skipped: 3 });
});

test('a browser test that passed at the second try has passed; an error outside any test is a failure', () => {
  const report = { errors: [{}], stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } };
  expect(playwrightCounts(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('a runner that left no report has failed', () => {
  expect([vitestCounts(null), playwrightCounts(null)]).toEqual([
    { passed: 0, failed: 1, skipped: 0 },
    { passed: 0, failed: 1, skipped: 0 },
  ]);
});

test.each([
  [
    [
      { passed: 2, failed: 0, skipped: 1 },
      { passed: 3, failed: 0, skipped: 0 },
    ],
    '5 passed, 0 failed, 1 skipped',
    0,
  ],
  [
    [
      { passed: 2, failed: 0, skipped: 0 },
      { passed: 0, failed: 1, skipped: 0 },
    ],
    '2 passed, 1 failed, 0 skipped',
    1,
  ],
  [[{ passed: 0, failed: 0, skipped: 9 }], '0 passed, 0 failed, 9 skipped', 1],
  [[], '0 passed, 0 failed, 0 skipped', 1],
])('the closing line and the exit code: %j', (all, line, code) => {
  expect([closingLine(addCounts(all)), exitCode(addCounts(all))]).toEqual([line, code]);
});

import { existsSync, readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A step that is not a test (a check, the build, a runner that died) counts only when it fails: as one failure. */
export const failedStep: Counts = { passed: 0, failed: 1, skipped: 0 };

/** A runner's report, or null when it left none behind. */
export function readReport(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/**
 * Counts of vitest's JSON report. A file that failed without a failed test in it (it did not load, or its set-up broke)
 * counts as one failure: the report's own numbers pass it over.
 */
export function vitestCounts(report: unknown): Counts {
  if (report === null) return failedStep;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report as VitestReport;
  const silent = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return { passed: numPassedTests, failed: numFailedTests + silent.length, skipped: numPendingTests + numTodoTests };
}

interface PlaywrightReport {
  errors: unknown[];
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/**
 * Counts of Playwright's JSON report. A test that a busy machine made late and that passed when it was tried again counts as
 * passed, and is named in the output; an error outside any test is a failure.
 */
export function playwrightCounts(report: unknown): Counts {
  if (report === null) return failedStep;
  const { errors, stats } = report as PlaywrightReport;
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped };
}

export const addCounts = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((sum, one) => sum + one.passed, 0),
  failed: all.reduce((sum, one) => sum + one.failed, 0),
  skipped: all.reduce((sum, one) => sum + one.skipped, 0),
});

export const closingLine = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

/** 0 only when nothing failed and something ran. */
export const exitCode = ({ passed, failed }: Counts): 0 | 1 => (failed === 0 && passed > 0 ? 0 : 1);

/**
 * `npm test`: format, lint and import direction; types; unit and service tests; build; browser tests. Every step runs,
 * whatever failed before, except browser tests without a build. The last line adds both runners' counts.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  addCounts,
  type Counts,
  closingLine,
  exitCode,
  failedStep,
  playwrightCounts,
  readReport,
  vitestCounts,
} from './counts.ts';
import { testBrowser } from './e2e/harness/browser.ts';

const root = resolve(import.meta.dirname, '..');
const reports = mkdtempSync(join(tmpdir(), 'kaodian-reports-'));
const all: Counts[] = [];

/** Runs one command of node_modules with its output shown; true when it ended well. */
function ran(title: string, script: string, args: string[], env: Record<string, string> = {}): boolean {
  console.log(`\n== ${title}`);
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

/** A runner that ended badly although its report shows no failure (an error outside the tests) has failed all the same. */
const heard = (endedWell: boolean, counts: Counts): Counts[] =>
  endedWell || counts.failed > 0 ? [counts] : [counts, failedStep];

if (!ran('check: format, lint, import direction', '@biomejs/biome/bin/biome', ['check', '.'])) all.push(failedStep);
if (!ran('check: types', 'typescript/bin/tsc', ['--noEmit'])) all.push(failedStep);

const unit = join(reports, 'vitest.json');
const unitEnded = ran('unit and service tests', 'vitest/vitest.mjs', [
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unit}`,
]);
all.push(...heard(unitEnded, vitestCounts(readReport(unit))));

if (ran('build', 'electron-vite/bin/electron-vite.js', ['build', '--logLevel', 'warn'])) {
  const browser = await testBrowser();
  console.log(`\nbrowser: ${browser.name}`);
  const pages = join(reports, 'playwright.json');
  const pagesEnded = ran(
    'browser tests',
    '@playwright/test/cli.js',
    ['test', '-c', 'test/e2e/playwright.config.ts', '--reporter=list,json'],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: pages },
  );
  all.push(...heard(pagesEnded, playwrightCounts(readReport(pages))));
} else {
  all.push(failedStep);
}

rmSync(reports, { recursive: true });
console.log(`\n${closingLine(addCounts(all))}`);
process.exitCode = exitCode(addCounts(all));

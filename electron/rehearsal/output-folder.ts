import { cp, lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { err, ok, type Result } from '../lib/result.ts';
import type { Rehearsed } from './rehearse.ts';
import type { RehearsalReport } from './report.ts';
import { rehearsalHtml } from './report-html.ts';

/** All that a rehearsal leaves behind. */
const LEFT_BEHIND = ['report.html', 'report.json', 'bundle', 'allowed_signers', 'centre.key'];

/** Makes the folder ready: new, empty, or what an earlier rehearsal left there, which is taken away. */
export async function clearOutput(dir: string): Promise<Result<void, { code: 'NOT_EMPTY'; found: string }>> {
  const stat = await lstat(dir).catch(() => null);
  if (stat && !stat.isDirectory()) return err({ code: 'NOT_EMPTY', found: dir });
  const foreign = stat ? (await readdir(dir)).find((name) => !LEFT_BEHIND.includes(name)) : undefined;
  if (foreign !== undefined) return err({ code: 'NOT_EMPTY', found: foreign });
  await mkdir(dir, { recursive: true });
  for (const name of LEFT_BEHIND) await rm(join(dir, name), { recursive: true, force: true });
  return ok(undefined);
}

export async function reportOf(rehearsed: Rehearsed, begunAtMs: number): Promise<RehearsalReport> {
  const { day } = rehearsed;
  const liveFrames: Record<string, string> = {};
  for (const id of day.outcomes.keys()) liveFrames[id] = (await day.pictures.live(id)).origin;
  return {
    format: 'kaodian-rehearsal/1',
    version: packageJson.version,
    begunAt: new Date(begunAtMs).toISOString(),
    tookMs: rehearsed.tookMs,
    asExpected: rehearsed.asExpected,
    calls: rehearsed.calls,
    acknowledged: day.ledger.size,
    stationStarts: day.station.starts,
    kills: rehearsed.kills,
    liveFrames,
    notes: day.pictures.notes,
    complaints: rehearsed.complaints,
    sealCode: day.bundle?.sealCode ?? null,
    steps: rehearsed.steps.map(({ step, title, result, found, tookMs }) => ({
      step,
      title,
      result,
      zh: found.zh,
      en: found.en,
      tookMs,
    })),
  };
}

/** Leaves the report, and where the day came that far the bundle with what a centre needs to check and open it. */
export async function leaveBehind(dir: string, rehearsed: Rehearsed, report: RehearsalReport): Promise<void> {
  const { day } = rehearsed;
  await writeFile(join(dir, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  await writeFile(join(dir, 'report.html'), rehearsalHtml(report));
  if (day.bundleDir !== null) await cp(day.bundleDir, join(dir, 'bundle'), { recursive: true });
  if (day.registeredSigners !== '') await writeFile(join(dir, 'allowed_signers'), day.registeredSigners);
  await writeFile(join(dir, 'centre.key'), `${day.centre.identity}\n`, { mode: 0o600 });
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhenStale } from '../desktop/fresh-build.ts';
import { ownCommand, runningProgram } from '../desktop/own-command.ts';
import { projectPaths } from '../desktop/project-paths.ts';
import { clearOutput, leaveBehind, reportOf } from '../rehearsal/output-folder.ts';
import { rehearse } from '../rehearsal/rehearse.ts';
import { verdictOf } from '../rehearsal/report.ts';
import type { Played } from '../rehearsal/step.ts';
import { type Language, tableHead, tableLine } from '../rehearsal/table.ts';
import { type Run, UsageError } from './command.ts';
import { EXIT } from './exit-code.ts';

/** `kaodian rehearse`: plays the sample exam day and says step by step what happened. */
export const run: Run = async (args, { stdout, stderr }) => {
  const { values } = parseArgs({
    args,
    options: {
      out: { type: 'string' },
      lang: { type: 'string', default: 'zh' },
      progress: { type: 'boolean', default: false },
      kills: { type: 'string', default: '0' },
      seed: { type: 'string' },
      'no-browser': { type: 'boolean', default: false },
      'no-faces': { type: 'boolean', default: false },
    },
  });
  const language: Language = values.lang === 'en' ? 'en' : 'zh';
  const kills = numberOf(values.kills, 'kills');
  const seed = values.seed === undefined ? Date.now() % 2 ** 31 : numberOf(values.seed, 'seed');
  const program = runningProgram(projectPaths(import.meta.dirname).root, import.meta.filename);
  // Not under a running station's feet: it was built when it started.
  if (program.fromSource && !values.progress) {
    await buildWhenStale(program.root, (line) => stderr.write(`${line[language]}\n`));
  }
  const out = await outputFolder(values.out, values.progress);
  const begunAtMs = Date.now();
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ending.abort());
  const say = (line: string) => stdout.write(`${line}\n`);
  if (!values.progress) say(tableHead(language));

  try {
    const done = await rehearse(
      {
        serve: ownCommand('serve', program),
        browser: !values['no-browser'],
        faces: !values['no-faces'],
        kill: true,
        kills: { count: kills, seed },
        signal: ending.signal,
        onStep: (step) => {
          if (values.progress) say(progressLine(step));
          else if (step.result !== 'running') say(tableLine(step, language));
        },
      },
      async (rehearsed) => {
        const report = await reportOf(rehearsed, begunAtMs);
        if (out !== null) await leaveBehind(out, rehearsed, report);
        if (values.progress) return;
        say(`\n${verdictOf(report)[language]}`);
        if (kills > 0) say(`seed ${seed}`);
        if (report.complaints !== '') stderr.write(report.complaints);
        if (out !== null) say(out);
      },
    );
    if (values.progress && out !== null) say(JSON.stringify({ folder: out }));
    return done.asExpected ? EXIT.good : EXIT.failed;
  } catch (error) {
    if (!ending.signal.aborted) throw error;
    if (out !== null && values.out === undefined) await rm(out, { recursive: true, force: true });
    stderr.write(language === 'zh' ? '演练已取消。\n' : 'The rehearsal was cancelled.\n');
    return EXIT.failed;
  }
};

/** Where to leave what was made: the folder asked for; for the office desk a new one; else nowhere. */
async function outputFolder(wish: string | undefined, progress: boolean): Promise<string | null> {
  if (wish === undefined) return progress ? mkdtemp(join(tmpdir(), 'kaodian-rehearsed-')) : null;
  const dir = resolve(wish);
  const cleared = await clearOutput(dir);
  if (cleared.ok) return dir;
  throw new UsageError(`输出目录里有别的东西 the output folder holds something else: ${cleared.error.found}`);
}

function numberOf(text: string, name: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new UsageError(`--${name} 要一个数 needs a number`);
  return Number(text);
}

/** A step as the office desk's button hears it: both languages in one line where they differ. */
function progressLine({ found, ...step }: Played): string {
  const detail = found.zh === found.en ? found.zh : `${found.zh} / ${found.en}`;
  return JSON.stringify({ ...step, detail });
}

import { resolve } from 'node:path';
import { rehearse } from '../../../electron/rehearsal/rehearse.ts';
import type { ServeCommand } from '../../../electron/rehearsal/station-process.ts';
import type { Played } from '../../../electron/rehearsal/step.ts';
import { inspectJournal } from '../journal-on-disk.ts';
import { LoopDisk } from './loop-disk.ts';

const serve: ServeCommand = {
  file: process.execPath,
  args: [resolve(import.meta.dirname, '../../../electron/serve.ts')],
};
/** The station under a tracer that makes every sync do nothing and says that it was done. */
const withoutSync: ServeCommand = {
  file: 'strace',
  args: [
    ...['-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:retval=0'],
    ...[serve.file, ...serve.args],
  ],
};

export interface CutDay {
  /** Power cuts that were made, with the call each fell in. */
  cuts: string[];
  /** By the step they fell in. */
  bySteps: Record<string, number>;
  /** What did not hold on the disk after a cut, and steps that did not end as they should. Empty is good. */
  faults: string[];
  /** The day came to its end: sealed, delivered, verified, opened. */
  finished: boolean;
}

/**
 * Plays a whole exam day on a disk whose power is cut at points drawn from the seed: check-in, marks, sealing, upload.
 * After each cut the journal on the disk is built again and may not have lost an entry; then the station starts on what
 * is left, has everything it acknowledged, and the day goes on.
 *
 * @param syncs  false: syncs do nothing, which has to be seen
 */
export async function cutDay(count: number, seed: number, syncs = true): Promise<CutDay> {
  const faults: string[] = [];
  let entries = 0;
  let steps: Played[] = [];
  const done = await rehearse(
    {
      serve: syncs ? serve : withoutSync,
      browser: false,
      // Everybody comes in by two persons: what loses power here is commits, not the comparing of faces.
      faces: false,
      kill: false,
      kills: { count, seed },
      disk: new LoopDisk(),
      whileDown: async (dataDir) => {
        const found = await inspectJournal(dataDir).catch((cause: Error) => ({ faults: [cause.message], entries: 0 }));
        faults.push(...found.faults);
        if (found.entries < entries) faults.push(`${entries} entries were there, now ${found.entries}`);
        entries = found.entries;
      },
    },
    async (rehearsed) => {
      faults.push(...(await inspectJournal(rehearsed.day.station.dataDir)).faults);
      steps = rehearsed.steps;
    },
  );
  const wrong = steps.filter((s) => s.result === 'not-as-expected').map((s) => `${s.step}: ${s.found.en}`);
  const nameOf = (step: number) => steps[step]?.step ?? String(step);
  return {
    cuts: done.kills.map((k) => `${nameOf(k.step)}.${k.moment} after ${k.afterMs} ms ${k.path}`),
    bySteps: Object.fromEntries(
      [...Map.groupBy(done.kills, (k) => nameOf(k.step))].map(([step, some]) => [step, some.length]),
    ),
    faults: [...faults, ...wrong],
    finished: steps.at(-1)?.step === 'stock-tools',
  };
}

import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { inTransaction, openDatabase } from '../../../electron/db/database.ts';
import { sessionEvents } from '../../../electron/features/session/events.ts';
import { openJournal } from '../../../electron/journal/journal.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import { migrations } from '../../../electron/station/migrations.ts';
import { type Benchmark, rounded } from '../bench-line.ts';
import { median, timeMs } from '../measure.ts';
import { removeFolder, scratchFolder } from '../served-station.ts';

const ENTRIES = 100_000;
const PER_COMMIT = 1_000;
const ROUNDS = 5;

/** A journal of 100,000 entries, a busy month: what an entry costs, and a checkpoint after a start and in between. */
export const journal: Benchmark = async (print) => {
  const folder = scratchFolder();
  const key = generateKeyPairSync('ed25519').privateKey;
  const path = join(folder, 'station.db');
  const db = openDatabase(path, migrations);
  try {
    const log = openJournal(db, systemClock, 'bench');
    const append = (n: number) =>
      inTransaction(db, (w) => {
        for (let i = 0; i < n; i += 1) {
          const data = { roomId: '201', cameraId: null, note: '样本：测量' };
          log.append(w, { kind: 'station' }, sessionEvents.marked, data, 'S1');
        }
      });
    const appendMs = await timeMs(() => {
      for (let done = 0; done < ENTRIES; done += PER_COMMIT) append(PER_COMMIT);
    });
    const commits = `${PER_COMMIT} a commit, so that the disk's sync does not count`;
    print({
      name: 'journal.append',
      value: rounded((ENTRIES / appendMs) * 1000),
      unit: 'entries/s',
      goal: '> 10000',
      note: commits,
    });

    const first: number[] = [];
    const later: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const again = openJournal(db, systemClock, 'bench');
      first.push(await timeMs(() => again.checkpoint('bench', key, 'KD-BENCH-1')));
      append(100);
      later.push(await timeMs(() => again.checkpoint('bench', key, 'KD-BENCH-1')));
    }
    const note = `${ENTRIES} entries; median of ${ROUNDS}`;
    print({
      name: 'journal.first-checkpoint',
      value: rounded(median(first)),
      unit: 'ms',
      goal: '< 1000',
      note: `the first after a start builds the tree anew; ${note}`,
    });
    print({
      name: 'journal.checkpoint',
      value: rounded(median(later)),
      unit: 'ms',
      goal: '< 20',
      note: `100 entries since the last; ${note}`,
    });
  } finally {
    db.raw.close();
    removeFolder(folder);
  }
};

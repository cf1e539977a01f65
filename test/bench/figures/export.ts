import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { systemDisks } from '../../../electron/devices/disk/system-disks.ts';
import { exportMedium } from '../../../electron/features/archive/export/export-medium.ts';
import { sealedVideo } from '../../../electron/features/archive/export/specimen-video.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { alternating, timeMs } from '../measure.ts';
import { hasCommand, run } from '../processes.ts';
import { removeFolder, scratchFolder } from '../served-station.ts';

const ROUNDS = 3;
const SEGMENTS = 128;
const SEGMENT_BYTES = 4 * 1024 * 1024;

/**
 * Writing a sealed bundle of 512 MiB to a disk, synced and read back past the cache; the peer does the same with stock tools: `cp`,
 * `sync`, the copy's pages dropped from the cache, `openssl dgst -sha256`.
 */
export const exportBench: Benchmark = async (print) => {
  if (!hasCommand('openssl')) return print({ name: 'export-512mib', skipped: 'there is no openssl command' });
  const folder = scratchFolder();
  const { s, dir } = await sealedVideo(SEGMENTS, SEGMENT_BYTES);
  try {
    let readFrom = '';
    const found = await alternating(ROUNDS, {
      async ours() {
        const wish = { bundleDir: dir, folder, under: systemDisks.under, after: null, divide: false, number: 1 };
        const quiet = { phase: () => {}, add: () => {} };
        const ms = await timeMs(async () => {
          const written = await exportMedium(wish, quiet, new AbortController().signal);
          if (!written.ok) throw new Error(written.error.code);
          readFrom = written.value.readFrom;
        });
        removeFolder(join(folder, basename(dir)));
        return ms;
      },
      async peer() {
        const target = join(folder, 'copy');
        const ms = await timeMs(async () => {
          await run('cp', ['-r', dir, target]);
          await run('sync', ['-f', target]);
          const files = (await readdir(target, { recursive: true, withFileTypes: true }))
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name));
          const drop = 'for f; do dd if="$f" iflag=nocache count=0 status=none; done';
          await run('bash', ['-c', drop, 'bash', ...files]);
          await run('openssl', ['dgst', '-sha256', ...files]);
        });
        removeFolder(target);
        return ms;
      },
    });
    const mb = (SEGMENTS * SEGMENT_BYTES) / 1e6;
    const rate = (ms: number) => (mb / ms) * 1000;
    print({
      name: 'export-512mib',
      value: rounded(rate(found.ours)),
      unit: 'MB/s',
      goal: 'ratio >= 0.8',
      ...against(rate(found.ours), rate(found.peer), 'MB/s', 'cp -r, sync, dd nocache, openssl dgst -sha256'),
      note: `written, synced and read back from the ${readFrom}; median of ${ROUNDS}`,
    });
  } finally {
    removeFolder(folder);
    removeFolder(s.folder);
  }
};

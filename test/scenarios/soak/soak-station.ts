/**
 * A station as `serve.ts` starts it, real engine, real readers and real disk, with another folder of resources
 * (KAODIAN_SOAK_RESOURCES), whose rule pack asks for nothing that photographs cannot do. Asked by a message, it collects what
 * is no longer used and answers how much memory is (`LiveMemory`).
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { browserDesktop } from '../../../electron/desktop/browser-desktop.ts';
import { outliveRejections } from '../../../electron/desktop/outlive-rejections.ts';
import { projectPaths } from '../../../electron/desktop/project-paths.ts';
import { runStation } from '../../../electron/desktop/station-parts.ts';
import { passphraseWrap } from '../../../electron/devices/keys/passphrase.ts';
import { startServer } from '../../../electron/http/server.ts';
import { openStation } from '../../../electron/station.ts';
import type { LiveMemory } from './live-memory.ts';

outliveRejections();
const dataDir = process.argv[process.argv.indexOf('--data') + 1]!;
const { resourcesDir, modelsDir, rendererDir } = projectPaths(import.meta.dirname);
const running = await runStation(
  { openStation, startServer },
  {
    dataDir,
    resourcesDir: process.env.KAODIAN_SOAK_RESOURCES ?? resourcesDir,
    modelsDir,
    desktop: browserDesktop,
    keyWrap: passphraseWrap,
    passphrase: process.env.KAODIAN_PASSPHRASE,
  },
  { port: 0, rendererDir },
);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
process.on('message', () => {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send?.({ liveMb: (heapUsed + external) / 1e6, rssMb: rss / 1e6 } satisfies LiveMemory);
});
process.stdin.on('end', () => void running.close().then(() => process.exit(0))).resume();
console.log(JSON.stringify({ ready: true, origin: running.origin, entry: running.entryUrl() }));

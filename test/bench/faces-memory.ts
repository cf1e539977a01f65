import { pathToFileURL } from 'node:url';
import { openFaceEngine } from '../../electron/devices/face-engine/open.ts';
import { photographs } from '../../electron/devices/face-engine/specimen-photographs.ts';
import { startNodeProcess } from '../../electron/devices/native-process/node-process.ts';
import { familyMb, residentMb } from './processes.ts';

/**
 * `faces-memory.ts MODELS WORKER`: run as a process of its own by `faces.ts`. Prints what the built worker of the engine holds after
 * 100 pictures, in MB: resident, and what asking it adds to a process that asks.
 */
const [modelsDir, worker] = process.argv.slice(2);
const before = familyMb(process.pid);
let pid: number | undefined;
const startProcess = () => {
  const started = startNodeProcess(pathToFileURL(worker!));
  pid = started.pid;
  return started;
};
const engine = await openFaceEngine({ modelsDir: modelsDir!, startProcess });
if (!engine.ok) throw new Error(engine.error.code);
const frame = await photographs.manFacing();
for (let i = 0; i < 100; i += 1) await engine.value.analyse(frame);
const added = familyMb(process.pid) - before;
process.stdout.write(JSON.stringify({ residentMb: residentMb(pid!), addedMb: added }));
await engine.value.close();

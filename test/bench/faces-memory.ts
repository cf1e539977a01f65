import { openFaceEngine } from '../../electron/devices/face-engine/open.ts';
import { photographs } from '../../electron/devices/face-engine/specimen-photographs.ts';

/** Run as a process of its own by `faces.ts`: prints its resident memory in MB after 100 pictures went through the engine. */
const engine = await openFaceEngine({ modelsDir: process.argv[2]! });
if (!engine.ok) throw new Error(engine.error.code);
const frame = await photographs.manFacing();
for (let i = 0; i < 100; i += 1) await engine.value.analyse(frame);
process.stdout.write(String(Math.round(process.memoryUsage.rss() / 1e6)));
await engine.value.close();

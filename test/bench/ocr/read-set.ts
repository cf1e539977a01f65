/**
 * `read-set.ts DIR FILE...`: reads pictures with the station's card camera, in a process of its own so that nothing else
 * counts. One line of JSON for each picture on standard output, then one with the process's memory.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCardCamera } from '../../../electron/devices/card-camera/open.ts';
import type { CardField, CardGuidance, Support } from '../../../electron/devices/card-camera/port.ts';

export type SetLine =
  | {
      kind: 'read';
      file: string;
      wallMs: number;
      cpuS: number;
      guidance: CardGuidance | null;
      fields: Partial<Record<CardField, { text: string; confidence: number; support: Support }>>;
    }
  | { kind: 'memory'; beforeMb: number; peakMb: number; afterMb: number };

const [dir, ...files] = process.argv.slice(2);
const print = (line: SetLine) => console.log(JSON.stringify(line));
const residentMb = () => process.memoryUsage.rss() / 1e6;

const beforeMb = residentMb();
const opened = await openCardCamera();
if (!opened.ok) throw new Error(JSON.stringify(opened.error));
const camera = opened.value;
for (const file of files) {
  const image = await readFile(join(dir!, file));
  const cpu = process.cpuUsage();
  const start = performance.now();
  const reading = await camera.read(image);
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  if (!reading.ok) throw new Error(`${file}: ${JSON.stringify(reading.error)}`);
  const { guidance, fields } = reading.value;
  const found = fields.map(({ field, text, confidence, support }) => [field, { text, confidence, support }]);
  print({ kind: 'read', file, wallMs, cpuS: (user + system) / 1e6, guidance, fields: Object.fromEntries(found) });
}
const peakMb = process.resourceUsage().maxRSS / 1e3;
await camera.close();
print({ kind: 'memory', beforeMb, peakMb, afterMb: residentMb() });

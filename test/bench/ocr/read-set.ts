/**
 * `read-set.ts DIR FILE...`: reads pictures with the station's card camera, in a process of its own so that nothing else
 * counts. One line of JSON for each picture on standard output, then one with memory: of this process before and after, and the most
 * that the reader's process has held.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCardCamera } from '../../../electron/devices/card-camera/open.ts';
import type { CardField, CardGuidance, Support } from '../../../electron/devices/card-camera/port.ts';
import { childrenOf, peakMb, usedSeconds } from '../processes.ts';

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
/** There from the first picture on. */
const reader = () => childrenOf(process.pid)[0];
for (const file of files) {
  const image = await readFile(join(dir!, file));
  const pid = reader();
  const before = pid === undefined ? 0 : usedSeconds(pid);
  const start = performance.now();
  const reading = await camera.read(image);
  const wallMs = performance.now() - start;
  const cpuS = usedSeconds(reader()!) - before;
  if (!reading.ok) throw new Error(`${file}: ${JSON.stringify(reading.error)}`);
  const { guidance, fields } = reading.value;
  const found = fields.map(({ field, text, confidence, support }) => [field, { text, confidence, support }]);
  print({ kind: 'read', file, wallMs, cpuS, guidance, fields: Object.fromEntries(found) });
}
const mostMb = peakMb(reader()!);
await camera.close();
print({ kind: 'memory', beforeMb, peakMb: mostMb, afterMb: residentMb() });

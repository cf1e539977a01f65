import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Of a station's process right after a full collection, in MB (of 10^6 bytes). */
export interface LiveMemory {
  /** What the program still holds: JavaScript's heap and the buffers beside it. */
  liveMb: number;
  rssMb: number;
}

/**
 * What a soak station still holds. Its resident memory alone tells little: V8 takes its time to collect, and a machine with
 * room to spare lets it grow by a hundred megabytes of nothing.
 */
export async function liveMemory(station: ChildProcess): Promise<LiveMemory> {
  const answer = once(station, 'message');
  station.send('measure');
  const [memory] = (await answer) as [LiveMemory];
  return memory;
}

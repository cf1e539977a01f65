import type { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import type { ReadLines } from '../verify-bundle.ts';
import { JournalLine } from './documents.ts';

/** The journal's entries of these kinds, oldest first; none where the bundle has no journal that can be read. */
export async function linesAbout(readLines: ReadLines, ...events: readonly string[]): Promise<JournalEntry[]> {
  const lines = (await readLines(ENTRIES_PATH)) ?? [];
  return lines.flatMap((line) => JournalLine.safeParse(line).data ?? []).filter((l) => events.includes(l.event));
}

export type JournalEntry = z.infer<typeof JournalLine>;

/** Whether two readings say the same. A stranger's strings may be such as canonical JSON refuses: those never do. */
export function sameJson(a: unknown, b: unknown): boolean {
  try {
    return canonicalJson(a) === canonicalJson(b);
  } catch {
    return false;
  }
}

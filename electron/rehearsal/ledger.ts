import { createHash } from 'node:crypto';
import type { StationClient } from '../contract/index.ts';
import type { JournalRow } from '../features/journal/contract.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { expectSame, NotAsExpected } from './expectation.ts';

/** Something the station said it had done: the journal entry that must be there from then on, by some of its data. */
export interface Acknowledged {
  event: string;
  data: Record<string, unknown>;
}

/**
 * What the rehearsal was told. After a kill, and at the end, every line of it must stand in the journal, and every
 * entry that was read once must still be there, unchanged and in its place.
 *
 * Marks are hidden from whoever reads the journal until their panel has locked: until then such an entry is only known
 * to be there, and the examiners' own sheets say what is in it.
 */
export class Ledger {
  readonly #acknowledged: Acknowledged[] = [];
  readonly #heads = new Map<number, string>();
  readonly #data = new Map<number, string>();

  note(event: string, data: Record<string, unknown>): void {
    this.#acknowledged.push({ event, data });
  }
  get size(): number {
    return this.#acknowledged.length;
  }

  /**
   * Reads the whole journal and compares.
   * @returns its rows, oldest first. @throws NotAsExpected naming what is lost or changed
   */
  async compare(station: StationClient): Promise<JournalRow[]> {
    const rows = await wholeJournal(station);
    rows.forEach((row, i) => {
      expectSame(row.seq, i, 'sequence numbers of the journal, without a gap');
      const { data, ...head } = row;
      keepOrCompare(this.#heads, row.seq, digestOf(head));
      if (!isHidden(data)) keepOrCompare(this.#data, row.seq, digestOf(data));
    });
    if (this.#heads.size > rows.length) throw new NotAsExpected(`the journal lost its last entries`);
    const lost = this.#notIn(Map.groupBy(rows, (row) => row.event));
    if (lost.length > 0) {
      const { event, data } = lost[0]!;
      throw new NotAsExpected(`${lost.length} acknowledged and not on record, first ${event} ${canonicalJson(data)}`);
    }
    return rows;
  }

  #notIn(byEvent: Map<string, JournalRow[]>): Acknowledged[] {
    const unseen = this.#acknowledged.filter((a) => !byEvent.get(a.event)?.some((row) => holds(row.data, a.data)));
    const hidden = (event: string) => byEvent.get(event)?.filter((row) => isHidden(row.data)).length ?? 0;
    return [...Map.groupBy(unseen, (a) => a.event)].flatMap(([event, some]) => some.slice(hidden(event)));
  }
}

const isHidden = (data: unknown): boolean => typeof data === 'object' && data !== null && 'hidden' in data;

const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalJson(value ?? null))
    .digest('base64');

function keepOrCompare(seen: Map<number, string>, seq: number, digest: string): void {
  const before = seen.get(seq);
  if (before !== undefined && before !== digest) throw new NotAsExpected(`journal entry ${seq} has changed`);
  seen.set(seq, digest);
}

const holds = (found: unknown, wanted: Record<string, unknown>): boolean =>
  typeof found === 'object' &&
  found !== null &&
  Object.entries(wanted).every(
    ([key, value]) => canonicalJson((found as Record<string, unknown>)[key] ?? null) === canonicalJson(value ?? null),
  );

async function wholeJournal(station: StationClient): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  for (let beforeSeq: number | null = null; beforeSeq !== 0; ) {
    const page: { rows: JournalRow[] } = await station.journal.page({ beforeSeq, limit: 200 });
    rows.push(...page.rows);
    beforeSeq = page.rows.at(-1)?.seq ?? 0;
  }
  return rows.reverse();
}

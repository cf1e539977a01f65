import { expect, test } from 'vitest';
import type { StationClient } from '../contract/index.ts';
import { Ledger } from './ledger.ts';

type Row = { seq: number; event: string; data: unknown };

const rows = (...data: unknown[]): Row[] => data.map((d, seq) => ({ seq, event: 'scoring.marked', data: d }));
/** A journal that answers page by page, newest first, as the station does. */
const stationWith = (journal: Row[]): StationClient =>
  ({
    journal: {
      page: async ({ beforeSeq }: { beforeSeq: number | null }) => ({
        rows: journal
          .filter((r) => r.seq < (beforeSeq ?? Number.POSITIVE_INFINITY))
          .toReversed()
          .slice(0, 2),
        size: journal.length,
      }),
    },
  }) as unknown as StationClient;

const marks = rows({ number: 'A01', tenths: 50 }, { number: 'A02', tenths: 45 }, { number: 'A03', tenths: 40 });

test('everything acknowledged stands in the journal, whatever else an entry says', async () => {
  const ledger = new Ledger();
  ledger.note('scoring.marked', { number: 'A02' });
  expect(await ledger.compare(stationWith(marks))).toHaveLength(3);
});

test.each<[string, Row[], string]>([
  ['an acknowledged entry is lost', marks.slice(0, 2), 'acknowledged and not on record'],
  ['a mark is another', [...marks.slice(0, 2), { ...marks[2]!, data: { number: 'A03', tenths: 41 } }], 'not on record'],
  ['a sequence number is missing', [marks[0]!, marks[2]!], 'without a gap'],
])('%s', async (_, journal, says) => {
  const ledger = new Ledger();
  ledger.note('scoring.marked', { number: 'A03', tenths: 40 });
  await expect(ledger.compare(stationWith(journal))).rejects.toThrow(says);
});

test('an entry that was read once may neither change nor go', async () => {
  const changed = new Ledger();
  await changed.compare(stationWith(marks));
  const other = [{ ...marks[0]!, data: { number: 'A01', tenths: 51 } }, ...marks.slice(1)];
  await expect(changed.compare(stationWith(other))).rejects.toThrow('entry 0 has changed');

  const cut = new Ledger();
  await cut.compare(stationWith(marks));
  await expect(cut.compare(stationWith(marks.slice(0, 2)))).rejects.toThrow('lost its last entries');
});

test('an entry that is hidden counts as there, one for each acknowledgement, and is compared once it is shown', async () => {
  const hidden = { hidden: 'until all have locked' };
  const ledger = new Ledger();
  ledger.note('scoring.marked', { number: 'A02', tenths: 45 });
  ledger.note('scoring.marked', { number: 'A03', tenths: 40 });
  await ledger.compare(stationWith(rows(hidden, hidden)));
  await ledger.compare(stationWith(marks));
  await expect(new Ledger().compare(stationWith(rows(hidden)))).resolves.toHaveLength(1);

  const tooFew = new Ledger();
  tooFew.note('scoring.marked', { number: 'A02' });
  tooFew.note('scoring.marked', { number: 'A03' });
  await expect(tooFew.compare(stationWith(rows(hidden)))).rejects.toThrow('1 acknowledged and not on record');
});

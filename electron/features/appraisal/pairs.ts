import { mean, median } from 'simple-statistics';
import type { ReadDb } from '../../db/database.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { totalOf } from '../scoring/rules.ts';
import { type LockedSheet, lockedSheets } from '../scoring/store.ts';
import type { Pair } from './examiner-statistics.ts';

/** The locked sheets of a room whose whole panel has locked; null before: nothing of the marks is told. */
function openSheets(db: ReadDb, book: PlanBook, sessionId: string, roomId: string): LockedSheet[] | null {
  const panel = book.panel(sessionId, roomId);
  const sheets = lockedSheets(db, sessionId, roomId).filter((s) => panel.some((p) => p.examinerId === s.examinerId));
  return panel.length > 0 && sheets.length === panel.length ? sheets : null;
}

/** Totals of a room's panel: one row a candidate whom everybody marked, one column an examiner. */
export function totalsTable(db: ReadDb, book: PlanBook, sessionId: string, roomId: string): number[][] {
  const sheets = openSheets(db, book, sessionId, roomId) ?? [];
  const numbers = Object.keys(sheets[0]?.marks ?? {}).filter((n) => sheets.every((s) => s.marks[n] !== undefined));
  return numbers.sort().map((n) => sheets.map((s) => totalOf(s.marks[n]!)));
}

/** By examiner, their total and the mean of the others' for every candidate marked together in these sessions. */
export function pairsIn(db: ReadDb, book: PlanBook, sessionIds: readonly string[]): Map<string, Pair[]> {
  const pairs = new Map<string, Pair[]>();
  for (const sessionId of sessionIds) {
    for (const { roomId } of book.roomsOf(sessionId)) {
      const sheets = openSheets(db, book, sessionId, roomId) ?? [];
      for (const sheet of sheets) {
        const rest = sheets.filter((s) => s !== sheet);
        for (const [number, marks] of Object.entries(sheet.marks)) {
          const others = rest.flatMap((s) => (s.marks[number] ? [totalOf(s.marks[number])] : []));
          if (others.length === 0) continue;
          const own = totalOf(marks);
          const middle = others.length === 1 ? others[0]! : median([own, ...others]);
          const pair = { own, others: mean(others), middle };
          pairs.set(sheet.examinerId, [...(pairs.get(sheet.examinerId) ?? []), pair]);
        }
      }
    }
  }
  return pairs;
}

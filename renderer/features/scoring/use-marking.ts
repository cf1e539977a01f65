import { useEffect, useState } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { type Panel, stationRecord } from './marking-record.ts';
import { type Marking, openMarking } from './open-marking.ts';

/** A hand that rests this long in a cell has its mark saved, though the cursor has not left it. */
const restMs = 1200;

/** The sheet being marked in this window. Mount anew (by `key`) for another panel. */
export function useMarking(panel: Panel, sheet: MarkingSheet): Marking {
  const [marking] = useState(() => openMarking(sheet, stationRecord(panel)));
  const { typing } = marking.draft.use();
  useEffect(() => {
    if (typing === null) return;
    const timer = setTimeout(() => marking.act({ kind: 'settle' }), restMs);
    return () => clearTimeout(timer);
  }, [marking, typing]);
  useEffect(() => {
    // Only the rows: this answer may be older than the last mark that was acknowledged.
    marking.act({ kind: 'rows-read', rows: sheet.rows.map((row) => row.anonymousNumber) });
  }, [marking, sheet.rows]);
  useEffect(() => {
    // A window that is left or closed must not keep a mark to itself.
    const settle = () => marking.act({ kind: 'settle' });
    window.addEventListener('blur', settle);
    window.addEventListener('pagehide', settle);
    marking.reopen();
    return () => {
      settle();
      marking.close();
      window.removeEventListener('blur', settle);
      window.removeEventListener('pagehide', settle);
    };
  }, [marking]);
  return marking;
}

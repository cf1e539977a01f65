import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import type { examiner } from '../../texts/zh-CN/examiner.ts';

/** Room, occupation with level, part and session, as the top bar names a panel. */
export function panelWords(t: typeof examiner, sheet: Pick<MarkingSheet, 'room' | 'session'>): string {
  const { occupation, level, part, label } = sheet.session;
  return t.where({
    room: sheet.room.name,
    occupation,
    level: t.levels[level] ?? level,
    part: t.parts[part] ?? part,
    session: label,
  });
}

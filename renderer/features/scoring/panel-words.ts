import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import type { examiner } from '../../texts/zh-CN/examiner.ts';
import type { frame } from '../../texts/zh-CN/frame.ts';

/** Room, occupation with level, part and session, as the top bar names a panel. */
export function panelWords(t: typeof examiner, f: typeof frame, sheet: Pick<MarkingSheet, 'room' | 'session'>): string {
  const { part, label } = sheet.session;
  return t.where({
    room: sheet.room.name,
    occupation: f.occupation(sheet.session.occupation, sheet.session.level),
    part: t.parts[part] ?? part,
    session: label,
  });
}

import { createHash } from 'node:crypto';
import type { ReadDb } from '../../db/database.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { admissionsIn } from '../checkin/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PanelSeat, Rubric } from '../plan/plan-schema.ts';
import type { MarkingSheet } from './contract.ts';
import { type LockedMarks, totalOf } from './rules.ts';
import { draftsOf, lockedSheets, notesOf, numbersIn, type SheetKey, signaturesIn } from './store.ts';

/** What identifies marks on paper and on screen: eight hex digits over the canonical marks, in two groups. */
export function checkCodeOf(marks: LockedMarks): { checkCode: string; marksSha256: string } {
  const marksSha256 = createHash('sha256').update(canonicalJson(marks)).digest('hex');
  const code = marksSha256.slice(0, 8).toUpperCase();
  return { checkCode: `${code.slice(0, 4)} ${code.slice(4)}`, marksSha256 };
}

/** Anonymous numbers of those who are there to be marked, in order. */
export function presentNumbers(
  db: ReadDb,
  sessionId: string,
  roomId: string,
): { candidateId: string; number: string }[] {
  const admitted = new Set(admissionsIn(db, sessionId).map((a) => a.candidateId));
  return numbersIn(db, sessionId, roomId).filter((n) => admitted.has(n.candidateId));
}

/** The draft as marks by number and item, without what is still empty. */
export function draftMarks(db: ReadDb, key: SheetKey): Record<string, Record<string, number>> {
  const marks: Record<string, Record<string, number>> = {};
  for (const d of draftsOf(db, key)) {
    if (d.tenths === null) continue;
    marks[d.number] ??= {};
    marks[d.number]![d.itemId] = d.tenths;
  }
  return marks;
}

/** One examiner's sheet: anonymous numbers and their own marks, nothing of anybody else's before the reveal. */
export function sheetView(
  db: ReadDb,
  book: PlanBook,
  key: SheetKey,
  panel: readonly PanelSeat[],
  rubric: Rubric,
): MarkingSheet {
  const session = book.session(key.sessionId)!;
  const room = book.room(key.roomId)!;
  const locked = lockedSheets(db, key.sessionId, key.roomId);
  const own = locked.find((s) => s.examinerId === key.examinerId);
  const drafts = draftsOf(db, key);
  const notes = own?.notes ?? notesOf(db, key);
  const marks = own?.marks ?? draftMarks(db, key);
  const rows = presentNumbers(db, key.sessionId, key.roomId).map(({ candidateId, number }) => {
    const given = marks[number] ?? {};
    return {
      anonymousNumber: number,
      seat: book.seat(book.candidate(candidateId)!),
      marks: Object.fromEntries(rubric.items.map((i) => [i.itemId, given[i.itemId] ?? null])),
      note: notes[number] ?? '',
      totalTenths: totalOf(given),
      complete: rubric.items.every((i) => given[i.itemId] !== undefined),
    };
  });
  const { sessionId, label, occupation, level, part } = session;
  return {
    session: { sessionId, label, occupation, level, part },
    room: { roomId: room.roomId, name: room.name },
    rubric: { title: rubric.title, passTenths: rubric.passTenths, items: rubric.items },
    duty: panel.find((p) => p.examinerId === key.examinerId)?.duty === 'lead' ? 'lead' : 'member',
    panelSize: panel.length,
    rows,
    savedAtMs: drafts.length > 0 ? Math.max(...drafts.map((d) => d.savedMs)) : null,
    state: sheetState(db, key, panel, rows),
  };
}

function sheetState(
  db: ReadDb,
  key: SheetKey,
  panel: readonly PanelSeat[],
  rows: readonly { complete: boolean }[],
): MarkingSheet['state'] {
  const locked = lockedSheets(db, key.sessionId, key.roomId);
  const signed = signaturesIn(db, key.sessionId, key.roomId);
  const own = locked.find((s) => s.examinerId === key.examinerId);
  if (!own) return { kind: 'draft', missing: rows.filter((r) => !r.complete).length };
  const { checkCode } = own;
  const mine = signed.find((s) => s.examinerId === key.examinerId);
  if (mine) return { kind: 'signed', atMs: mine.signedAtMs, checkCode, waitingFor: panel.length - signed.length };
  const waitingFor = panel.filter((p) => !locked.some((s) => s.examinerId === p.examinerId)).length;
  if (waitingFor > 0) return { kind: 'locked', atMs: own.lockedAtMs, checkCode, waitingFor };
  return { kind: 'revealed', atMs: Math.max(...locked.map((s) => s.lockedAtMs)), checkCode };
}

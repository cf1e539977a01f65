import type { ReadDb } from '../../db/database.ts';
import { admissionsIn } from '../checkin/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PanelSeat, Rubric } from '../plan/plan-schema.ts';
import type { MarkingSheet } from './contract.ts';
import { vetoOf } from './marks-contract.ts';
import { type LockedMarks, type LockedVetoes, totalOf } from './rules.ts';
import { draftsOf, lockedSheets, notesOf, numbersIn, type SheetKey, signaturesIn } from './store.ts';

/** Anonymous numbers of those who are there to be marked, in order. */
export function presentNumbers(
  db: ReadDb,
  sessionId: string,
  roomId: string,
): { candidateId: string; number: string }[] {
  const admitted = new Set(admissionsIn(db, sessionId).map((a) => a.candidateId));
  return numbersIn(db, sessionId, roomId).filter((n) => admitted.has(n.candidateId));
}

/** The draft by number: marks by item, without what is still empty, and what was found that fails outright. */
export function draftOf(db: ReadDb, key: SheetKey, rubric: Rubric) {
  const marks: Record<string, Record<string, number>> = {};
  const vetoes: Record<string, string[]> = {};
  const versions: Record<string, Record<string, number>> = {};
  for (const d of draftsOf(db, key)) {
    versions[d.number] = { ...versions[d.number], [d.itemId]: d.version };
    if (d.tenths === null) continue;
    const veto = vetoOf(d.itemId);
    if (veto === null) marks[d.number] = { ...marks[d.number], [d.itemId]: d.tenths };
    else vetoes[d.number] = [...(vetoes[d.number] ?? []), veto];
  }
  const order = (rubric.vetoes ?? []).map((v) => v.vetoId);
  for (const found of Object.values(vetoes)) found.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return { marks, vetoes, versions };
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
  const draft = draftOf(db, key, rubric);
  const noted = new Map(notesOf(db, key).map((n) => [n.number, n]));
  const marks: LockedMarks = own?.marks ?? draft.marks;
  const vetoes: LockedVetoes = own?.vetoes ?? draft.vetoes;
  const rows = presentNumbers(db, key.sessionId, key.roomId).map(({ candidateId, number }) => {
    const given = marks[number] ?? {};
    return {
      anonymousNumber: number,
      seat: book.seat(book.candidate(candidateId)!),
      marks: Object.fromEntries(rubric.items.map((i) => [i.itemId, given[i.itemId] ?? null])),
      vetoes: [...(vetoes[number] ?? [])],
      versions: draft.versions[number] ?? {},
      note: own ? (own.notes[number] ?? '') : (noted.get(number)?.note ?? ''),
      noteVersion: noted.get(number)?.version ?? 0,
      totalTenths: totalOf(given),
      complete: rubric.items.every((i) => given[i.itemId] !== undefined),
    };
  });
  const { sessionId, label, occupation, level, part } = session;
  return {
    session: { sessionId, label, occupation, level, part },
    room: { roomId: room.roomId, name: room.name },
    rubric: {
      title: rubric.title,
      passTenths: rubric.passTenths,
      minutes: rubric.minutes,
      items: rubric.items,
      vetoes: rubric.vetoes ?? [],
    },
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
  if (mine)
    return {
      kind: 'signed',
      atMs: mine.signedAtMs,
      checkCode,
      waitingFor: panel.filter((p) => !signed.some((s) => s.examinerId === p.examinerId)).length,
    };
  const waitingFor = panel.filter((p) => !locked.some((s) => s.examinerId === p.examinerId)).length;
  if (waitingFor > 0) return { kind: 'locked', atMs: own.lockedAtMs, checkCode, waitingFor };
  return { kind: 'revealed', atMs: Math.max(...locked.map((s) => s.lockedAtMs)), checkCode };
}

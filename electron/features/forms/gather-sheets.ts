import type { PlanBook } from '../plan/plan-book.ts';
import type { Rubric } from '../plan/plan-schema.ts';
import { decisionsIn } from '../scoring/decision-store.ts';
import { lockedSheets, numbersIn, signaturesIn } from '../scoring/store.ts';
import type { FormsDeps } from './deps.ts';
import type { ExaminerLine, ScoreSheetFacts } from './form-facts.ts';
import { examinerLine } from './gather-head.ts';
import type { Handwriting } from './signature-place.ts';

/** Reads handwriting by its evidence; asked once for each signature, however many pages it stands on. */
export type ReadHandwriting = (evidenceId: string) => Promise<Handwriting | null>;

/** Everybody whose locked marks a room has, in the order of the panel; who has left the panel since comes last. */
export function markersOf(deps: FormsDeps, book: PlanBook, sessionId: string, roomId: string): ExaminerLine[] {
  const panel = book.panel(sessionId, roomId);
  const locked = lockedSheets(deps.db, sessionId, roomId).map((s) => s.examinerId);
  const ids = [
    ...panel.filter((p) => locked.includes(p.examinerId)).map((p) => p.examinerId as string),
    ...locked.filter((id) => !panel.some((p) => p.examinerId === id)),
  ];
  return ids.map((id) => examinerLine(book, id, panel.find((p) => p.examinerId === id)?.duty ?? 'member'));
}

/** 评分表 of one examiner in one room, a sheet for each candidate they marked; empty before they have locked. */
export async function scoreSheetsOf(
  deps: FormsDeps,
  book: PlanBook,
  at: { sessionId: string; roomId: string; examinerId: string },
  read: ReadHandwriting,
): Promise<ScoreSheetFacts[]> {
  const { sessionId, roomId, examinerId } = at;
  const locked = lockedSheets(deps.db, sessionId, roomId).find((s) => s.examinerId === examinerId);
  const examiner = markersOf(deps, book, sessionId, roomId).find((e) => e.examinerId === examinerId);
  const rubric = book.rubric(book.session(sessionId)?.rubricId ?? null);
  if (!locked || !examiner || !rubric) return [];
  const signature = signaturesIn(deps.db, sessionId, roomId).find((s) => s.examinerId === examinerId);
  const signed = signature ? await read(signature.evidenceId) : null;
  const candidates = new Map(numbersIn(deps.db, sessionId, roomId).map((n) => [n.number, n.candidateId]));
  const corrections = await correctionsOf(deps, at, rubric, read);
  const numbers = Object.keys(locked.marks).sort();
  return numbers.map((number) => {
    const candidate = book.candidate(candidates.get(number) ?? '');
    return {
      roomName: book.room(roomId)?.name ?? roomId,
      rubricTitle: rubric.title,
      anonymousNumber: number,
      seat: candidate ? book.seat(candidate) : '',
      examiner,
      items: rubric.items.map(({ itemId, title, maxTenths }) => ({
        title,
        maxTenths,
        tenths: locked.marks[number]?.[itemId] ?? 0,
      })),
      vetoes: (locked.vetoes[number] ?? []).map((id) => rubric.vetoes?.find((v) => v.vetoId === id)?.text ?? id),
      note: locked.notes[number] ?? '',
      lockedAtMs: locked.lockedAtMs,
      checkCode: locked.checkCode,
      candidates: numbers.length,
      corrections: corrections.filter((c) => c.number === number).map(({ number: _of, ...c }) => c),
      place: { duty: examiner.duty === 'lead' ? '考评组长' : '考评员', signed },
    };
  });
}

/** Corrections of this examiner's marks that a second person has signed too; whoever made and checked one is named. */
async function correctionsOf(
  { db }: FormsDeps,
  { sessionId, roomId, examinerId }: { sessionId: string; roomId: string; examinerId: string },
  rubric: Rubric,
  read: ReadHandwriting,
): Promise<(ScoreSheetFacts['corrections'][number] & { number: string })[]> {
  const made: (ScoreSheetFacts['corrections'][number] & { number: string })[] = [];
  for (const { body, check, by, reason, number } of decisionsIn(db, sessionId, roomId)) {
    if (body.kind !== 'correction' || body.examinerId !== examinerId || !check?.agrees) continue;
    const item = rubric.items.find((i) => i.itemId === body.cellId)?.title ?? body.cellId;
    const change = { fromTenths: body.before, toTenths: body.tenths };
    const standsFor = `${item}的更正`;
    const places = [
      { duty: '考评组长', standsFor, signed: await read(by.evidenceId) },
      { duty: '复核人', standsFor, signed: await read(check.evidenceId) },
    ];
    made.push({ number, atMs: check.atMs, item, ...change, reason, by: `${by.name}、${check.name}`, places });
  }
  return made;
}

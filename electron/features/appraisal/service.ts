import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { currentDossier, dossierIdsOf, insertDossier } from '../examiners/store.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { writeWallTime } from '../plan/wall-time.ts';
import type { SessionState } from '../session/contract.ts';
import type { CheckPin, PinError } from '../staff/pin.ts';
import { annualResult, lastWords } from './annual-result.ts';
import type { AppraisalView, Aspects } from './contract.ts';
import { appraisalEvents } from './events.ts';
import { examinerStatistics, LEAST_CANDIDATES } from './examiner-statistics.ts';
import { panelAgreement } from './icc.ts';
import { pairsIn, totalsTable } from './pairs.ts';
import { type Appraisal, appraisalsIn, appraisalsOf, insertAppraisal } from './store.ts';

export interface AppraisalDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  book: () => PlanBook | null;
  sessionState: (sessionId: string) => SessionState | null;
  checkPin: CheckPin;
  changed: () => void;
}

const hasBegun = (state: SessionState | null): boolean => state !== null && state !== 'preparing' && state !== 'open';

/** Examiners of a session with what was said of them and how they mark beside the others. */
export function readAppraisals(
  deps: AppraisalDeps,
  { sessionId, scope }: { sessionId: string; scope: 'session' | 'plan' },
): Result<AppraisalView, { code: 'NO_SUCH_SESSION' }> {
  const book = deps.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const { db } = deps;
  const sessions = scope === 'session' ? [sessionId] : book.plan.sessions.map((s) => s.sessionId as string);
  const pairs = pairsIn(db, book, sessions);
  const here = appraisalsIn(db, sessionId);
  const rooms = book.roomsOf(sessionId).filter((r) => book.panel(sessionId, r.roomId).length > 0);
  const examiners = rooms.flatMap((room) =>
    book.panel(sessionId, room.roomId).map(({ examinerId, duty }): AppraisalView['examiners'][number] => {
      const person = book.examiner(examinerId);
      const earlier = person ? lastWords(appraisalsOf(db, person).toReversed()) : [];
      const before = earlier.filter((a) => a.sessionId !== sessionId);
      const together = pairs.get(examinerId) ?? [];
      return {
        examinerId,
        name: person?.name ?? examinerId,
        roomName: room.name,
        duty: duty === 'lead' ? 'lead' : 'member',
        together: together.length,
        statistics: examinerStatistics(together),
        given: lastWords(here.filter((a) => a.examinerId === examinerId)).map(
          ({ byRole, byName, result, aspects, remark, atMs }) => ({ byRole, byName, result, aspects, remark, atMs }),
        ),
        before: {
          fit: before.filter((a) => a.result === 'fit').length,
          unfit: before.filter((a) => a.result === 'unfit').length,
        },
      };
    }),
  );
  return ok({
    leastCandidates: LEAST_CANDIDATES,
    scope,
    open: hasBegun(deps.sessionState(sessionId)),
    examiners,
    rooms: rooms.map(({ roomId, name }) => {
      const table = totalsTable(db, book, sessionId, roomId);
      const agreement = table.length < LEAST_CANDIDATES ? null : panelAgreement(table);
      return {
        roomName: name,
        candidates: table.length,
        examiners: book.panel(sessionId, roomId).length,
        agreement: agreement && { single: agreement.single, panel: agreement.panel },
      };
    }),
  });
}

export type AppraisalError =
  | PinError
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'NOT_ON_PANEL' }
  | { code: 'NOT_OPENED' }
  | { code: 'REMARK_NEEDED' };

export interface AppraisalWish {
  sessionId: string;
  examinerId: string;
  result: 'fit' | 'unfit';
  aspects: Aspects;
  remark: string;
  pin: string;
}

/** One person's word about one examiner, signed by PIN; where both have spoken, the year's result goes into the dossier. */
export async function giveAppraisal(
  deps: AppraisalDeps,
  caller: Caller,
  wish: AppraisalWish,
): Promise<Result<{ appraisalId: string }, AppraisalError>> {
  const book = deps.book();
  const session = book?.session(wish.sessionId);
  if (!book || !session) return err({ code: 'NO_SUCH_SESSION' });
  const member = caller.member!;
  const byRole = member.roles.includes('supervisor') ? 'supervisor' : 'site-lead';
  const actor = actorOf(caller, byRole);
  const violation = appraisalViolation(deps, book, wish);
  if (violation) {
    inTransaction(deps.db, (w) => {
      const data = { examinerId: wish.examinerId, code: violation.code };
      deps.journal.append(w, actor, appraisalEvents.refused, data, wish.sessionId);
    });
    return err(violation);
  }
  const checked = await deps.checkPin(member.staffId, wish.pin, 'appraisal', actor);
  if (!checked.ok) return checked;
  const { cardNumber, name } = book.examiner(wish.examinerId)!;
  const { sessionId, examinerId, result, aspects, remark } = wish;
  const appraisalId = newId('AP');
  inTransaction(deps.db, (w) => {
    const data = { appraisalId, examinerId, byRole, result, aspects } as const;
    const seq = deps.journal.append(w, actor, appraisalEvents.given, data, sessionId);
    const by = { byRole, byStaffId: member.staffId, byName: member.name } as const;
    const atMs = deps.clock.wallMs();
    insertAppraisal(w, { ...data, ...by, sessionId, cardNumber, name, remark, atMs, seq });
    const words = lastWords(appraisalsIn(w, sessionId).filter((a) => a.examinerId === examinerId));
    recordYear(deps, w, caller, { words, label: session.label, startsAtMs: session.startsAtMs });
  });
  deps.changed();
  return ok({ appraisalId });
}

function appraisalViolation(
  deps: AppraisalDeps,
  book: PlanBook,
  { sessionId, examinerId, result, aspects, remark }: AppraisalWish,
): Exclude<AppraisalError, PinError> | null {
  if (!hasBegun(deps.sessionState(sessionId))) return { code: 'NOT_OPENED' };
  const marks = book
    .roomsOf(sessionId)
    .some((r) => book.panel(sessionId, r.roomId).some((p) => p.examinerId === examinerId));
  if (!marks || !book.examiner(examinerId)) return { code: 'NOT_ON_PANEL' };
  const needsReason = result === 'unfit' || Object.values(aspects).includes('poor');
  return needsReason && remark.length < 4 ? { code: 'REMARK_NEEDED' } : null;
}

/** Enters the year's result in the person's dossier, where they have one and something new follows. */
function recordYear(
  deps: AppraisalDeps,
  w: WriteDb,
  caller: Caller,
  { words, label, startsAtMs }: { words: Appraisal[]; label: string; startsAtMs: number },
): void {
  const [first] = words;
  const dossierId = first && dossierIdsOf(w, first)[0];
  const current = dossierId === undefined ? null : currentDossier(w, dossierId);
  if (!first || !current) return;
  const year = Number(writeWallTime(startsAtMs).slice(0, 4));
  const onFile = current.record.appraisals.find((a) => a.year === year)?.result ?? null;
  const result = annualResult(words, onFile);
  if (result === null) return;
  const appraisals = [...current.record.appraisals.filter((a) => a.year !== year), { year, result }];
  const versionId = insertDossier(w, {
    dossierId: current.dossierId,
    replaces: current.versionId,
    record: { ...current.record, appraisals: appraisals.toSorted((a, b) => a.year - b.year) },
    atMs: deps.clock.wallMs(),
    byStaffId: caller.member?.staffId ?? '',
    source: 'form',
    reason: `工作考核：${label}，负责人与督导员意见一致`,
  });
  const data = { dossierId: current.dossierId, versionId, year, result };
  deps.journal.append(w, actorOf(caller), appraisalEvents.yearRecorded, data, first.sessionId);
}

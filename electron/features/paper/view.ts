import type { Caller } from '../../contract/caller.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { SessionState } from '../session/contract.ts';
import type { PaperLine, PaperView, VolumeNumber } from './contract.ts';
import { type CountState, countState, isSettled } from './counting.ts';
import type { PaperDeps } from './deps.ts';
import { entriesIn, restartsIn, scansIn } from './store.ts';

export const VOLUMES = [1, 2, 3, 4, 5] as const;

/** Every line of the form: the papers of each room, then the five volumes. */
export const lineIdsOf = (book: PlanBook, sessionId: string): string[] => [
  ...book.roomsOf(sessionId).map((r) => `papers:${r.roomId}`),
  ...VOLUMES.map((n) => `volume:${n}`),
];

/** Where the count of a session stands, by the entries since it was begun last. */
export function countOf(deps: Pick<PaperDeps, 'db'>, book: PlanBook, sessionId: string): CountState {
  const attempt = restartsIn(deps.db, sessionId).length;
  const entries = entriesIn(deps.db, sessionId).filter((e) => e.attempt === attempt);
  return countState(lineIdsOf(book, sessionId), entries);
}

/** A count with what it is measured against. */
export function paperLines(
  deps: Pick<PaperDeps, 'db' | 'admitted'>,
  book: PlanBook,
  sessionId: string,
  state: CountState = countOf(deps, book, sessionId),
): PaperLine[] {
  return lineIdsOf(book, sessionId).map((lineId) => {
    const [kind, id = ''] = lineId.split(':');
    const room = kind === 'papers' ? book.room(id)! : null;
    return {
      lineId,
      room: room && { roomId: room.roomId, name: room.name },
      volume: room ? null : (Number(id) as VolumeNumber),
      expected: room ? deps.admitted(sessionId, id) : null,
      pieces: state.agreed.get(lineId) ?? null,
      differs: state.open.includes(lineId) ? (state.differs.get(lineId) ?? null) : null,
    };
  });
}

export type PaperError = { code: 'NO_SUCH_SESSION' } | { code: 'WRONG_STATE'; data: { state: SessionState } };

/** The plan, where the session is over and not yet sealed: paper is counted and scanned then. */
export function countableSession(deps: PaperDeps, sessionId: string): Result<PlanBook, PaperError> {
  const book = deps.book();
  const state = deps.sessionState(sessionId);
  if (!book || state === null) return err({ code: 'NO_SUCH_SESSION' });
  return state === 'closed' ? ok(book) : err({ code: 'WRONG_STATE', data: { state } });
}

export function paperView(deps: PaperDeps, caller: Caller, book: PlanBook, sessionId: string): PaperView {
  const state = countOf(deps, book, sessionId);
  const { first } = state;
  return {
    sessionId: book.session(sessionId)!.sessionId,
    round: state.round,
    lines: paperLines(deps, book, sessionId, state),
    first: first && { byName: first.byName, isMe: first.byStaff === caller.member?.staffId, atMs: first.atMs },
    settled: isSettled(state),
    otherPersonNeeded: deps.rules(sessionId)['archive.second-count-by-other'],
    countedBy: state.countedBy,
    scans: scansIn(deps.db, sessionId).map(({ evidenceId: _, sha256: __, ...scan }) => scan),
  };
}

export function readPaper(
  deps: PaperDeps,
  caller: Caller,
  sessionId: string,
): Result<PaperView, { code: 'NO_SUCH_SESSION' }> {
  const book = deps.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  return ok(paperView(deps, caller, book, sessionId));
}

import { createHash } from 'node:crypto';
import { actorOf, type Caller, theStation } from '../../contract/caller.ts';
import { inTransaction, type WriteDb } from '../../db/database.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { CentreRequest } from './contract.ts';
import type { SupervisionDeps } from './deps.ts';
import { supervisionEvents } from './events.ts';
import { maxStillBytes, type ToCentre, type ToStation } from './protocol.ts';
import type { NoReason } from './protocol-words.ts';
import { mayBeSeen, mostOpenRequests } from './rules.ts';
import { liveSettings } from './settings.ts';
import {
  type AnswerRow,
  answersUnderWay,
  answerTo,
  findRequest,
  hasArrived,
  insertAnswer,
  insertArrived,
  insertRequest,
  insertView,
  newestRequests,
  openRequests,
  type RequestRow,
} from './store.ts';

type Ask = Extract<ToStation, { kind: 'ask' }>;

/** Puts a request of the centre on record. What cannot be met is turned down at once; all else waits for a person. */
export function receiveAsk(deps: SupervisionDeps, ask: Ask): void {
  const { requestId, roomId } = ask;
  if (findRequest(deps.db, requestId) !== null) {
    const before = answerTo(deps.db, requestId);
    if (before !== null) void tellAnswer(deps, before);
    return;
  }
  const no = (reason: NoReason): void => {
    deps.live.line?.tell({ kind: 'answer', requestId, outcome: { kind: 'no', reason, text: '' } });
  };
  const room = deps.book()?.room(roomId);
  const here = room === undefined ? null : deps.sessionAt(roomId);
  if (room === undefined || here === null || openRequests(deps.db).length >= mostOpenRequests) {
    no(room === undefined ? 'unknown-room' : here === null ? 'no-session' : 'too-many');
    return;
  }
  const { sessionId } = here.session;
  const row: RequestRow = {
    requestId,
    ask: ask.ask,
    roomId,
    sessionId,
    cameraId: ask.cameraId,
    by: ask.by,
    text: ask.text,
    receivedAtMs: deps.clock.wallMs(),
  };
  const { views } = liveSettings(deps);
  const answer = inTransaction(deps.db, (w): AnswerRow | null => {
    insertRequest(w, row);
    const { cameraId, text } = ask;
    const by = { byName: ask.by.name, byDuty: ask.by.duty };
    const data = { requestId, ask: ask.ask, roomId, cameraId, text, ...by };
    deps.journal.append(w, { kind: 'station' }, supervisionEvents.requested, data, sessionId);
    if (ask.ask !== 'question' && !mayBeSeen(here.state)) return decline(deps, w, theStation, row, 'no-session', '');
    return ask.ask === 'view' && views === 'allow' ? beginView(deps, w, theStation, row, 'setting', '') : null;
  });
  if (answer !== null) void tellAnswer(deps, answer);
  deps.changed();
}

type AnswerError = { code: 'NO_SUCH_REQUEST' | 'REQUEST_ANSWERED' | 'TEXT_NEEDED' | 'SESSION_OVER' };

/** A person's yes or no to what the centre asks. A yes to a still lets the room's window take it; it does not leave yet. */
export function answerRequest(
  deps: SupervisionDeps,
  caller: Caller,
  wish: { requestId: string; yes: boolean; text: string },
): Result<Record<string, never>, AnswerError> {
  const { requestId, yes, text } = wish;
  const open = openRequest(deps, requestId);
  if (!open.ok) return open;
  const request = open.value;
  if (yes && request.ask === 'question' && text.trim() === '') return err({ code: 'TEXT_NEEDED' });
  if (yes && request.ask !== 'question' && !mayBeSeen(deps.sessionState(request.sessionId))) {
    return err({ code: 'SESSION_OVER' });
  }
  if (yes && request.ask === 'still') {
    deps.live.stills.set(requestId, { kind: 'taking' });
    deps.changed();
    return ok({});
  }
  const answer = inTransaction(deps.db, (w) => {
    if (!yes) return decline(deps, w, caller, request, 'declined', text);
    if (request.ask === 'view') return beginView(deps, w, caller, request, 'person', text);
    const row = { ...plainAnswer(deps, request), outcome: 'reply' as const, text };
    insertAnswer(w, row);
    journalAnswer(deps, w, caller, request, row);
    return row;
  });
  deps.live.stills.delete(requestId);
  void tellAnswer(deps, answer);
  deps.changed();
  return ok({});
}

/** The still of a room's window, kept in memory for the office to see; null where the window has no picture. */
export function putStill(
  deps: SupervisionDeps,
  caller: Caller,
  still: { requestId: string; takenAtMs: number; jpeg: Uint8Array | null },
): Result<Record<string, never>, { code: 'NO_SUCH_REQUEST' | 'REQUEST_ANSWERED' | 'NOT_A_PICTURE' }> {
  const { requestId, takenAtMs, jpeg } = still;
  const open = openRequest(deps, requestId);
  if (!open.ok) return open;
  if (deps.live.stills.get(requestId)?.kind !== 'taking') return err({ code: 'REQUEST_ANSWERED' });
  if (jpeg === null) {
    const answer = inTransaction(deps.db, (w) => decline(deps, w, caller, open.value, 'no-picture', ''));
    deps.live.stills.delete(requestId);
    void tellAnswer(deps, answer);
    deps.changed();
    return ok({});
  }
  const isJpeg = jpeg[0] === 0xff && jpeg[1] === 0xd8 && jpeg[2] === 0xff;
  if (!isJpeg || jpeg.length > maxStillBytes) return err({ code: 'NOT_A_PICTURE' });
  // The window's own clock is not believed beyond a minute.
  const nowMs = deps.clock.wallMs();
  const atMs = Math.round(Math.abs(takenAtMs - nowMs) < 60_000 ? takenAtMs : nowMs);
  deps.live.stills.set(requestId, { kind: 'taken', takenAtMs: atMs, jpeg });
  const { cameraId, sessionId } = open.value;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actorOf(caller),
      supervisionEvents.stillTaken,
      { requestId, cameraId, takenAtMs: atMs, sha256: sha256(jpeg) },
      openSession(deps, sessionId),
    ),
  );
  deps.changed();
  return ok({});
}

/** Sends a still that was taken, kept as evidence in the same commit, or lets it go. */
export async function sendStill(
  deps: SupervisionDeps,
  caller: Caller,
  wish: { requestId: string; send: boolean; text: string },
): Promise<
  Result<Record<string, never>, { code: 'NO_SUCH_REQUEST' | 'REQUEST_ANSWERED' | 'NOTHING_TAKEN' | 'DISK_FULL' }>
> {
  const { requestId, send, text } = wish;
  const open = openRequest(deps, requestId);
  if (!open.ok) return open;
  const request = open.value;
  const still = deps.live.stills.get(requestId);
  if (still?.kind !== 'taken') return err({ code: 'NOTHING_TAKEN' });
  const { sessionId, cameraId } = request;
  const { takenAtMs, jpeg } = still;
  let sealed: Awaited<ReturnType<typeof deps.vault.write>> | null = null;
  if (send) {
    const subject = cameraId ?? request.roomId;
    const times = { beginMs: takenAtMs, endMs: takenAtMs };
    sealed = await deps.vault.write(jpeg, {
      sessionId,
      kind: 'live-still',
      subject,
      mediaType: 'image/jpeg',
      ...times,
    });
    if (!sealed.ok) return err({ code: 'DISK_FULL' });
  }
  const answer = inTransaction(deps.db, (w): AnswerRow | null => {
    // It may have been withdrawn while the file was written; a file that nothing names is no evidence.
    if (answerTo(w, requestId) !== null) return null;
    if (sealed === null || !sealed.ok) return decline(deps, w, caller, request, 'declined', text);
    const { evidenceId } = sealed.value;
    deps.vault.keep(w, sealed.value);
    const row = { ...plainAnswer(deps, request), outcome: 'still' as const, text, evidenceId, takenAtMs };
    insertAnswer(w, row);
    const data = { requestId, cameraId, takenAtMs, sha256: sealed.value.sha256, evidenceId };
    deps.journal.append(
      w,
      actorOf(caller, 'site-lead'),
      supervisionEvents.stillSent,
      data,
      openSession(deps, sessionId),
    );
    journalAnswer(deps, w, caller, request, row);
    return row;
  });
  if (answer === null) return err({ code: 'REQUEST_ANSWERED' });
  deps.live.stills.delete(requestId);
  void tellAnswer(deps, answer, jpeg);
  deps.changed();
  return ok({});
}

/** The centre takes a request back before it is answered. */
export function withdraw(deps: SupervisionDeps, requestId: string): void {
  const open = openRequest(deps, requestId);
  if (!open.ok) return;
  inTransaction(deps.db, (w) => {
    decline(deps, w, theStation, open.value, 'withdrawn', '');
    insertArrived(w, requestId);
  });
  deps.live.stills.delete(requestId);
  deps.changed();
}

/** The centre has this answer. */
export function arrived(deps: SupervisionDeps, requestId: string): void {
  if (answerTo(deps.db, requestId) === null || hasArrived(deps.db, requestId)) return;
  inTransaction(deps.db, (w) => insertArrived(w, requestId));
  deps.changed();
}

/** Whatever the centre has not confirmed goes out again over a new line. */
export function tellAgain(deps: SupervisionDeps): void {
  for (const answer of answersUnderWay(deps.db)) void tellAnswer(deps, answer);
}

async function tellAnswer(deps: SupervisionDeps, answer: AnswerRow, jpeg?: Uint8Array): Promise<void> {
  const outcome = await outcomeOf(deps, answer, jpeg);
  if (outcome !== null) deps.live.line?.tell({ kind: 'answer', requestId: answer.requestId, outcome });
}

type Outcome = Extract<ToCentre, { kind: 'answer' }>['outcome'];

async function outcomeOf(deps: SupervisionDeps, answer: AnswerRow, jpeg?: Uint8Array): Promise<Outcome | null> {
  const { outcome, text, takenAtMs } = answer;
  switch (outcome) {
    case 'no':
      return { kind: 'no', reason: answer.reason ?? 'declined', text };
    case 'reply':
      return { kind: 'reply', text };
    case 'view':
      return { kind: 'view', viewId: answer.viewId! };
    case 'still': {
      const evidence = deps.vault.find(deps.db, answer.evidenceId as Parameters<typeof deps.vault.find>[1]);
      const read = jpeg === undefined && evidence !== null ? await deps.vault.read(evidence) : null;
      const bytes = jpeg ?? (read?.ok ? read.value : null);
      if (bytes === null) return null;
      const base64 = Buffer.from(bytes).toString('base64');
      return { kind: 'still', takenAtMs: takenAtMs!, sha256: sha256(bytes), jpeg: base64, text };
    }
  }
}

/** The requests an office shows, the newest first. */
export const requestViews = (deps: SupervisionDeps, limit: number): CentreRequest[] =>
  newestRequests(deps.db, limit).map((request) => ({ ...request, state: stateOf(deps, request.requestId) }));

function stateOf(deps: SupervisionDeps, requestId: string): CentreRequest['state'] {
  const answer = answerTo(deps.db, requestId);
  if (answer !== null) {
    const { atMs, outcome, reason, text } = answer;
    return { kind: 'answered', atMs, outcome, reason, text, arrived: hasArrived(deps.db, requestId) };
  }
  const still = deps.live.stills.get(requestId);
  if (still === undefined) return { kind: 'waiting' };
  return still.kind === 'taken' ? { kind: 'taken', takenAtMs: still.takenAtMs } : { kind: 'taking' };
}

function openRequest(
  deps: SupervisionDeps,
  requestId: string,
): Result<RequestRow, { code: 'NO_SUCH_REQUEST' | 'REQUEST_ANSWERED' }> {
  const request = findRequest(deps.db, requestId);
  if (request === null) return err({ code: 'NO_SUCH_REQUEST' });
  return answerTo(deps.db, requestId) === null ? ok(request) : err({ code: 'REQUEST_ANSWERED' });
}

const plainAnswer = (deps: SupervisionDeps, { requestId }: RequestRow): Omit<AnswerRow, 'outcome' | 'text'> => ({
  requestId,
  reason: null,
  atMs: deps.clock.wallMs(),
  viewId: null,
  evidenceId: null,
  takenAtMs: null,
});

function decline(
  deps: SupervisionDeps,
  w: WriteDb,
  caller: Caller,
  request: RequestRow,
  reason: NoReason,
  text: string,
): AnswerRow {
  const { requestId, ask, roomId, sessionId } = request;
  const row = { ...plainAnswer(deps, request), outcome: 'no' as const, reason, text };
  insertAnswer(w, row);
  const data = { requestId, ask, roomId, reason, text };
  const who = actorOf(caller);
  deps.journal.append(w, who, supervisionEvents.declined, data, openSession(deps, sessionId));
  return row;
}

function beginView(
  deps: SupervisionDeps,
  w: WriteDb,
  caller: Caller,
  request: RequestRow,
  allowedBy: 'person' | 'setting',
  text: string,
): AnswerRow {
  const { requestId, roomId, sessionId, by } = request;
  const viewId = newId('L');
  const row = { ...plainAnswer(deps, request), outcome: 'view' as const, text, viewId };
  insertAnswer(w, row);
  insertView(w, { viewId, requestId, roomId, sessionId, by, sinceMs: row.atMs });
  journalAnswer(deps, w, caller, request, row);
  const data = { viewId, requestId, roomId, byName: by.name, byDuty: by.duty, allowedBy };
  deps.journal.append(w, actorOf(caller), supervisionEvents.viewBegun, data, sessionId);
  return row;
}

function journalAnswer(
  deps: SupervisionDeps,
  w: WriteDb,
  caller: Caller,
  request: RequestRow,
  { outcome, text }: { outcome: 'reply' | 'view' | 'still'; text: string },
): void {
  const { requestId, ask, roomId, sessionId } = request;
  const data = { requestId, ask, roomId, outcome, text };
  deps.journal.append(w, actorOf(caller), supervisionEvents.answered, data, openSession(deps, sessionId));
}

/** A sealed session takes no more entries of its own: what comes later stands in the journal without it. */
const openSession = (deps: SupervisionDeps, sessionId: string): string | null =>
  deps.sessionState(sessionId) === 'sealed' ? null : sessionId;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import type { CardRead } from '../../devices/id-reader/port.ts';
import type { Actor } from '../../journal/entry.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { parseCardText } from '../identity/card-text.ts';
import { cardViolations } from '../identity/card-violations.ts';
import { maskDocumentNumber, parseDocumentNumber } from '../identity/document-number.ts';
import { readTicket } from '../identity/ticket.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import type { Attempt, Guidance } from './contract.ts';
import type { DoorDeps, DoorState, Doors } from './deps.ts';
import { checkinEvents } from './events.ts';
import { type DoorBackground, ticketAgrees, viewOf } from './facts.ts';
import { isWholePicture } from './kept-picture.ts';
import { framesNeeded, newAttempt, type OpenAttempt } from './open-attempt.ts';
import { findAdmission, firstSetAsideMs } from './store.ts';

export function doorState(doors: Doors, roomId: string): DoorState {
  const known = doors.get(roomId);
  if (known) return known;
  const fresh: DoorState = { attempt: null, shown: null, reader: { kind: 'none' } };
  doors.set(roomId, fresh);
  return fresh;
}

export function backgroundOf(deps: DoorDeps, a: OpenAttempt): DoorBackground {
  const at = deps.sessionAt(a.roomId);
  const engine = deps.engine();
  return {
    nowMs: deps.clock.wallMs(),
    book: deps.book()!,
    session: at?.session ?? null,
    sessionOpen: at?.open ?? false,
    rules: deps.rules(),
    pack: deps.pack(),
    thresholds: engine?.thresholds ?? null,
    engineFault: engine ? null : 'face-engine-unavailable',
    admission: a.candidate && findAdmission(deps.db, a.candidate.candidateId),
    firstSetAsideMs: a.candidate && firstSetAsideMs(deps.db, a.candidate.candidateId),
  };
}

export const attemptView = (deps: DoorDeps, a: OpenAttempt): Attempt => viewOf(a, backgroundOf(deps, a));

/** Which of a person's places in the plan this door answers for; failing that, the place to send them to. */
function placePerson(deps: DoorDeps, a: OpenAttempt, places: readonly PlannedCandidate[]): void {
  const sessionId = deps.sessionAt(a.roomId)?.session.sessionId;
  const before = a.candidate;
  a.candidate = places.find((p) => p.roomId === a.roomId && p.sessionId === sessionId) ?? null;
  a.elsewhere = a.candidate ? null : (places.find((p) => p.sessionId === sessionId) ?? places[0] ?? null);
  if (a.candidate === before) return;
  // The photograph compared with so far was another person's.
  a.planEmbedding = null;
  a.planPhotoFault = null;
}

/**
 * A card was read at a door. It begins a new attempt, unless the open one waits for just this person's card (their
 * ticket came first). An attempt that was still open is closed as abandoned by the caller first.
 */
export function cardPresented(
  deps: DoorDeps,
  door: DoorState,
  roomId: string,
  card: CardRead,
): Result<OpenAttempt, { code: string }> {
  const parsed = parseCardText(card.text);
  if (!parsed.ok) {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, { kind: 'station' }, checkinEvents.cardUnreadable, { roomId, code: parsed.error.code }),
    );
    return err(parsed.error);
  }
  const fields = parsed.value;
  const violations = cardViolations(fields, deps.todayIso()).map((v) => v.code);
  const places = deps.book()?.placesByDocument(fields.number.toUpperCase()) ?? [];

  const waiting = door.attempt;
  const a = waiting?.document.by === 'none' ? waiting : newAttempt(newId('A'), roomId, deps.clock.wallMs());
  a.document = {
    by: 'reader',
    fields,
    text: card.text,
    photo: card.photo?.bytes ?? null,
    photoForm: card.photo?.kind ?? null,
    samId: card.samId,
    violations,
  };
  placePerson(deps, a, places);
  door.attempt = a;
  door.shown = null;
  inTransaction(deps.db, (w) => {
    const seen = {
      roomId,
      attemptId: a.attemptId,
      maskedNumber: maskDocumentNumber(fields.number),
      kind: fields.kind,
      samId: card.samId,
      violations,
    };
    deps.journal.append(
      w,
      { kind: 'station' },
      checkinEvents.cardRead,
      seen,
      deps.sessionAt(roomId)?.session.sessionId,
    );
  });
  return ok(a);
}

export type TicketError = { code: 'NOT_A_TICKET'; data: { reason: string } } | { code: 'TICKET_UNKNOWN' };

/** A ticket was scanned or its number typed. Without a card yet it begins the attempt; the card is asked for next. */
export function ticketPresented(
  deps: DoorDeps,
  caller: Caller,
  door: DoorState,
  roomId: string,
  text: string,
): Result<OpenAttempt, TicketError> {
  const sessionId = deps.sessionAt(roomId)?.session.sessionId ?? null;
  const refuse = (reason: string, error: TicketError): Result<OpenAttempt, TicketError> => {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), checkinEvents.ticketRefused, { roomId, reason }, sessionId),
    );
    return err(error);
  };
  const read = readTicket(text, deps.ticketKeys(), sessionId ?? '');
  if (!read.ok) return refuse(read.error.code, { code: 'NOT_A_TICKET', data: { reason: read.error.code } });
  const claims = read.value.kind === 'signed' ? read.value.claims : null;
  const ticketNumber = read.value.kind === 'signed' ? read.value.claims.ticketNumber : read.value.ticketNumber;
  const places = deps.book()?.placesByTicket(ticketNumber) ?? [];
  if (places.length === 0) return refuse('unknown', { code: 'TICKET_UNKNOWN' });

  const a = door.attempt ?? newAttempt(newId('A'), roomId, deps.clock.wallMs());
  a.ticket = { number: ticketNumber, claims };
  // The ticket alone names the person only until a card does: then it has to agree with the card.
  if (a.document.by === 'none') placePerson(deps, a, places);
  door.attempt = a;
  door.shown = null;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actorOf(caller),
      checkinEvents.ticketPresented,
      { roomId, attemptId: a.attemptId, signed: claims !== null, agrees: ticketAgrees(a) },
      sessionId,
    ),
  );
  return ok(a);
}

export type TypedError = { code: 'NUMBER_INVALID'; data: { reason: string } } | { code: 'PERSON_UNKNOWN' };

/** No readable card: staff type the number. The attempt can only end at two persons. */
export function numberTyped(
  deps: DoorDeps,
  caller: Caller,
  door: DoorState,
  roomId: string,
  text: string,
): Result<OpenAttempt, TypedError> {
  const refuse = (reason: string, error: TypedError): Result<OpenAttempt, TypedError> => {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller), checkinEvents.numberRefused, { roomId, reason }),
    );
    return err(error);
  };
  const parsed = parseDocumentNumber(text);
  const number = parsed.ok ? parsed.value.number : text.trim().toUpperCase();
  const places = deps.book()?.placesByDocument(number) ?? [];
  // Passports and permits have no check digit: a number the plan knows is good enough to look at.
  if (places.length === 0) {
    if (!parsed.ok) return refuse(parsed.error, { code: 'NUMBER_INVALID', data: { reason: parsed.error } });
    return refuse('unknown', { code: 'PERSON_UNKNOWN' });
  }
  return ok(documentTyped(deps, door, roomId, number, places));
}

/** The attempt at the door goes on, or begins, with a number that nobody read from a card. */
export function documentTyped(
  deps: DoorDeps,
  door: DoorState,
  roomId: string,
  number: string,
  places: readonly PlannedCandidate[],
): OpenAttempt {
  const a = door.attempt ?? newAttempt(newId('A'), roomId, deps.clock.wallMs());
  a.document = { by: 'typed', number };
  a.cardEmbedding = null;
  placePerson(deps, a, places);
  door.attempt = a;
  door.shown = null;
  return a;
}

export type FaceError = { code: 'FRAME_UNREADABLE' } | { code: 'ENGINE_UNAVAILABLE'; data: { code: string } };

/** A person cannot wait for perfect light for ever; the kept frames are the sharpest of the good ones. */
const framesKept = framesNeeded;

/**
 * One live frame. A frame that cannot decide answers with what the person should do, and is forgotten. Where no engine can
 * look, the newest frame is kept for two persons to decide by, and the answer is the error all the same.
 */
export async function facePresented(
  deps: DoorDeps,
  a: OpenAttempt,
  jpeg: Uint8Array,
): Promise<Result<Guidance | null, FaceError>> {
  const engine = deps.engine();
  const unseen = async (code: string): Promise<Result<never, FaceError>> => {
    if (await isWholePicture(jpeg)) a.picture = jpeg;
    return err({ code: 'ENGINE_UNAVAILABLE', data: { code } });
  };
  if (!engine) return unseen('face-engine-unavailable');
  const references = loadReferences(deps, a, engine);
  const read = await engine.analyse(jpeg, { purpose: 'live' });
  await references;
  if (!read.ok) {
    if (read.error.code === 'image-unreadable' || read.error.code === 'image-too-large')
      return err({ code: 'FRAME_UNREADABLE' });
    // Nobody waits before a camera that cannot see: a person decides, unless a later frame gets through.
    a.engineFault = 'face-engine-unavailable';
    return unseen(read.error.code);
  }
  a.engineFault = null;
  const seen = read.value;
  if (seen.kind !== 'face') return ok(seen.kind);
  if (seen.guidance !== null) return ok(seen.guidance);
  if (a.frames.length < framesKept && !a.frames.some((f) => f.sha256 === seen.frameSha256)) {
    const { frameSha256: sha256, embedding } = seen;
    a.frames.push({ jpeg, sha256, embedding, sharpness: seen.quality.sharpness });
  }
  return ok(null);
}

/** Embeds the plan's photograph and the card's, once an attempt. */
async function loadReferences(deps: DoorDeps, a: OpenAttempt, engine: FaceEngine): Promise<void> {
  const { candidate, document } = a;
  if (candidate && a.planEmbedding === null && a.planPhotoFault === null) {
    const photo = await deps.planPhoto(candidate.candidateId);
    const read = photo.ok ? await engine.analyse(photo.value, { purpose: 'photo' }) : null;
    // A card or ticket that came meanwhile may have named another person.
    if (a.candidate === candidate) {
      if (read?.ok && read.value.kind === 'face') a.planEmbedding = read.value.embedding;
      else a.planPhotoFault = photo.ok ? 'plan-photo-unusable' : `plan-photo-${photo.error.code}`;
    }
  }
  if (document.by === 'reader' && document.photoForm === 'jpeg' && document.photo && a.cardEmbedding === null) {
    const read = await engine.analyse(document.photo, { purpose: 'photo' });
    if (a.document === document && read.ok && read.value.kind === 'face') a.cardEmbedding = read.value.embedding;
  }
}

/** Puts a doubt on record the first time the attempt shows one. */
export function journalDoubt(deps: DoorDeps, a: OpenAttempt, view: Attempt, actor: Actor): void {
  if (a.called || view.decision.kind !== 'call-person') return;
  a.called = true;
  const { reasons } = view.decision;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actor,
      checkinEvents.personCalled,
      { attemptId: a.attemptId, candidateId: view.candidateId, reasons, edges: view.edges },
      view.place?.sessionId ?? null,
    ),
  );
}

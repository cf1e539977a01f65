import type { Caller } from '../../contract/caller.ts';
import type { WriteDb } from '../../db/database.ts';
import { newId } from '../../lib/new-id.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { forgetCardPicture } from './card-picture.ts';
import { dismiss } from './close-attempt.ts';
import type { CloseDeps, DoorAt, DoorDeps, DoorState } from './deps.ts';
import { placeOf } from './facts.ts';
import { standingLike } from './find-lookalike.ts';
import { newAttempt, type OpenAttempt, type PersonAtDoor } from './open-attempt.ts';
import { insertArrival } from './store.ts';

/** Cards, tickets and numbers of one door one after the other: each finds the door as the one before has left it. */
export function inTurn<T>(door: DoorState, work: () => Promise<T>): Promise<T> {
  const done = door.turn.then(work);
  // Its end and not its value: an attempt that is over, with its pictures, is not kept until the next person comes.
  const ended = () => undefined;
  door.turn = done.then(ended, ended);
  return done;
}

/** Which of a person's places in the plan this door answers for; failing that, the place to send them to. */
export function personAt(deps: DoorDeps, roomId: string, places: readonly PlannedCandidate[]): PersonAtDoor {
  const sessionId = deps.sessionAt(roomId)?.session.sessionId;
  const candidate = places.find((p) => p.roomId === roomId && p.sessionId === sessionId) ?? null;
  const elsewhere = candidate ? null : (places.find((p) => p.sessionId === sessionId) ?? places[0] ?? null);
  const planned = candidate ?? elsewhere;
  const book = deps.book();
  return { candidate, elsewhere, place: planned && book && placeOf(book, planned) };
}

export function isSamePerson(a: PersonAtDoor, b: PersonAtDoor): boolean {
  const id = ({ candidate, elsewhere }: PersonAtDoor) => (candidate ?? elsewhere)?.candidateId;
  return id(a) !== undefined && id(a) === id(b) && (a.candidate === null) === (b.candidate === null);
}

/**
 * Clears the door for what is presented now: an open attempt that it does not belong to is closed on record, with all that
 * was seen. An attempt of another session than the door's is never gone on with.
 *
 * @param goesOn  whether what is presented belongs to the open attempt
 */
export async function makeWay(
  deps: CloseDeps,
  caller: Caller,
  door: DoorState,
  goesOn: (open: OpenAttempt) => boolean,
): Promise<void> {
  const open = door.attempt;
  if (!open) return;
  const current = open.session?.sessionId === deps.sessionAt(open.roomId)?.session.sessionId;
  if (!current || !goesOn(open)) await dismiss(deps, caller, open.attemptId);
}

/** A new attempt at a door; it stands there only from `stand` on, after its commit. */
export const attemptOf = (deps: DoorDeps, at: DoorAt, person: PersonAtDoor): OpenAttempt =>
  newAttempt({
    ...person,
    attemptId: newId('A'),
    ...at,
    startedAtMs: deps.clock.wallMs(),
    session: deps.sessionAt(at.roomId)?.session ?? null,
    like: person.candidate && standingLike(deps, person.candidate.candidateId),
  });

/** Puts on record that a candidate of this door came: a restart in mid-attempt must not make them late. */
export function recordArrival(w: WriteDb, door: DoorState, a: OpenAttempt): void {
  if (door.attempt === a || !a.candidate || !a.session) return;
  const { attemptId, startedAtMs } = a;
  insertArrival(w, { attemptId, candidateId: a.candidate.candidateId, sessionId: a.session.sessionId, startedAtMs });
}

export function stand(door: DoorState, a: OpenAttempt): OpenAttempt {
  door.attempt = a;
  door.shown = null;
  forgetCardPicture(door);
  return a;
}

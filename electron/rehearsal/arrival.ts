import { sampleCard } from '../../resources/sample-day/sample-card.ts';
import { residentCardText, specimenWltPhoto } from '../devices/id-reader/cards.ts';
import type { Attempt, Decision, ManualReason } from '../features/checkin/contract.ts';
import type { PlannedCandidate } from '../features/plan/plan-schema.ts';
import type { RoomId } from '../lib/ids.ts';
import { ticketOf } from './centre.ts';
import { type Day, deskOf, SESSION, withRightPin } from './day.ts';
import { eventually, expectSame, expectTrue } from './expectation.ts';
import { showFrames } from './head-turn.ts';

export const doorOf = async (day: Day) => (await deskOf(day, 'door')).station.checkin;

export const cardOf = (c: PlannedCandidate) => ({
  text: residentCardText(sampleCard(c)),
  photo: specimenWltPhoto(Number(c.candidateId.slice(1))),
});

/** Nothing lies on the reader, its cable is in, and it says so. */
export async function readerReady(day: Day, roomId: RoomId): Promise<void> {
  day.reader.heal();
  await day.reader.replug();
  day.reader.lift();
  const door = await doorOf(day);
  await eventually('the reader waits for a card', async () =>
    (await door.lane({ roomId })).reader.kind === 'waiting' ? true : null,
  );
}

/** Someone stands at a door and lays their card on the reader; resolves with the attempt it began. */
export async function layCard(day: Day, roomId: RoomId, c: PlannedCandidate): Promise<Attempt> {
  const door = await doorOf(day);
  const before = (await door.lane({ roomId })).attempt?.attemptId;
  day.reader.place(cardOf(c));
  const attempt = await eventually(`the card of ${c.candidateId} is read`, async () => {
    const { attempt } = await door.lane({ roomId });
    return attempt && attempt.attemptId !== before && attempt.documentBy === 'reader' ? attempt : null;
  });
  expectSame(attempt.candidateId, c.candidateId, 'whose card it is');
  return attempt;
}

/** Holds the ticket under the scanner: the signed code, or for every third person the number typed. */
export async function showTicket(day: Day, roomId: RoomId, c: PlannedCandidate): Promise<Attempt> {
  const typed = Number(c.candidateId.slice(1)) % 3 === 0;
  const text = typed ? c.ticketNumber : ticketOf(day.centre, day.plan, c);
  return (await doorOf(day)).presentTicket({ roomId, text });
}

/** Stands before the camera until the door has seen enough. */
export async function showFace(day: Day, attempt: Attempt, frames: readonly Uint8Array[]): Promise<Attempt> {
  const door = await doorOf(day);
  let latest = attempt;
  for (const frame of frames) {
    if (latest.frames.good >= latest.frames.needed) break;
    const jpeg = new Blob([new Uint8Array(frame)], { type: 'image/jpeg' });
    latest = (await door.presentFace({ attemptId: attempt.attemptId, frame: jpeg })).attempt;
  }
  return latest;
}

/** Stands before the camera as a person: the good frames, and the head turn where there is a clip of them. */
export async function stand(day: Day, attempt: Attempt, candidateId: string): Promise<Attempt> {
  const seen = await showFace(day, attempt, (await day.pictures.live(candidateId)).frames);
  return showFrames(day, seen, await day.pictures.turning(candidateId));
}

/** What the record says of a candidate, read again: after a kill nobody knows whether the last call was carried out. */
export async function recordedAs(day: Day, candidateId: string): Promise<string> {
  const rows = await (await doorOf(day)).list({ sessionId: SESSION });
  return rows.find((r) => r.candidateId === candidateId)!.status;
}

/** Their one photograph shows a turned head: no frame made from it decides. */
const turnedAway = new Set(['C04', 'C09', 'C11']);

/**
 * Card, ticket and face, then in: by the machine where it knows faces, else by two persons.
 * @returns null when the record has the person in already
 */
export async function comeIn(
  day: Day,
  c: PlannedCandidate,
  /** The reader is set up for a bad day already. */
  how: { prepared?: boolean } = {},
): Promise<Attempt | null> {
  const { roomId } = c;
  const recorded = await recordedAs(day, c.candidateId);
  if (recorded === 'admitted' || recorded === 'admitted-by-hand') {
    day.outcomes.set(c.candidateId, recorded);
    return null;
  }
  if (!how.prepared) await readerReady(day, roomId);
  const carded = await layCard(day, roomId, c);
  expectDecision(carded, { kind: 'pending', needs: ['ticket', 'face', 'turn'] }, 'after the card');
  const ticketed = await showTicket(day, roomId, c);
  expectDecision(ticketed, { kind: 'pending', needs: ['face', 'turn'] }, 'after the ticket');
  return day.pictures.real && !turnedAway.has(c.candidateId)
    ? admitSeen(day, c, await stand(day, ticketed, c.candidateId))
    : admitByTwo(day, c, ticketed, 'face-not-taken');
}

/**
 * In by the machine where the person of the clip turned the head. Of the others there is only a photograph: it agrees, and it
 * cannot turn, so two persons look.
 */
export async function admitSeen(day: Day, c: PlannedCandidate, seen: Attempt): Promise<Attempt> {
  const when = `${c.candidateId} before the camera`;
  if ((await day.pictures.turning(c.candidateId)).length > 0) {
    expectDecision(seen, { kind: 'admit' }, when);
    return enter(day, c, seen);
  }
  expectDecision(seen, { kind: 'pending', needs: ['turn'] }, when);
  return admitByTwo(day, c, seen, 'liveness-failed');
}

/** The door lets the person in by the machine's decision; the acknowledgement goes into the ledger. */
export async function enter(day: Day, c: PlannedCandidate, attempt: Attempt): Promise<Attempt> {
  const admitted = await (await doorOf(day)).admit({ attemptId: attempt.attemptId });
  expectSame(admitted.outcome, 'admitted', `${c.candidateId} at the door`);
  day.ledger.note('checkin.admitted', { attemptId: attempt.attemptId, candidateId: c.candidateId, roomId: c.roomId });
  day.outcomes.set(c.candidateId, 'admitted');
  return admitted;
}

/** Somebody back from a break: the machine lets them in again, or two persons do. Answers how it is on record. */
export async function enterAgain(day: Day, c: PlannedCandidate, attempt: Attempt): Promise<string> {
  const door = await doorOf(day);
  const { attemptId, decision } = attempt;
  if (decision.kind === 'admit') {
    expectDecision(attempt, { again: true }, `${c.candidateId} back from a break`);
    const { outcome } = await door.admit({ attemptId });
    expectSame(outcome, 'readmitted', `${c.candidateId} back from a break`);
    day.ledger.note('checkin.readmitted', { attemptId, candidateId: c.candidateId });
  } else {
    const second = { staffId: day.staffIds.get('second')!, pin: day.cast.find((p) => p.key === 'second')!.pin };
    const wish = { attemptId, reason: 'face-not-taken', note: '', checks: allSeen, second } as const;
    const { outcome } = await withRightPin(day, () => door.admitByHand(wish));
    expectSame(outcome, 'readmitted-by-hand', `${c.candidateId} back from a break`);
    day.ledger.note('checkin.readmitted-by-hand', { attemptId, candidateId: c.candidateId });
  }
  day.ledger.note('presence.came-back', { candidateId: c.candidateId, attemptId });
  return decision.kind === 'admit' ? 'readmitted' : 'readmitted-by-hand';
}

/** What two persons look at before they let somebody in. */
export const allSeen = {
  sameAsDocumentPhoto: true,
  sameAsPlanPhoto: true,
  numberAgrees: true,
  documentValid: true,
} as const;

/** Two persons look: the door's own and a second, by their PIN. */
export async function admitByTwo(
  day: Day,
  c: PlannedCandidate,
  attempt: Attempt,
  reason: ManualReason,
): Promise<Attempt> {
  const second = day.cast.find((p) => p.key === 'second')!;
  const door = await doorOf(day);
  const admitted = await withRightPin(day, () =>
    door.admitByHand({
      attemptId: attempt.attemptId,
      reason,
      note: '',
      checks: allSeen,
      second: { staffId: day.staffIds.get('second')!, pin: second.pin },
    }),
  );
  expectSame(admitted.outcome, 'admitted-by-hand', `${c.candidateId} by two persons`);
  day.ledger.note('checkin.admitted-by-hand', {
    attemptId: attempt.attemptId,
    candidateId: c.candidateId,
    secondStaffId: day.staffIds.get('second'),
  });
  day.outcomes.set(c.candidateId, 'admitted-by-hand');
  return admitted;
}

export function expectDecision(attempt: Attempt, expected: Partial<Decision>, when: string): void {
  const found = attempt.decision as Record<string, unknown>;
  for (const [key, value] of Object.entries(expected)) {
    expectSame(found[key], value, `${when}, decision ${String(found.kind)}: ${key}`);
  }
}

/** The reasons a person was called for. */
export function expectCalled(attempt: Attempt, reason: string, when: string): void {
  const { decision } = attempt;
  const reasons = decision.kind === 'call-person' ? decision.reasons : [];
  expectTrue(reasons.includes(reason), `${when}: ${reason} should call a person, found ${JSON.stringify(decision)}`);
}

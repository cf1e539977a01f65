import { setImmediate } from 'node:timers/promises';
import type { Attempt, Guidance } from '../../electron/features/checkin/contract.ts';
import type { Role } from '../../electron/features/staff/roles.ts';
import type { CandidateId, RoomId, SessionId } from '../../electron/lib/ids.ts';
import { pictureOf, pictureOfHead, pictureOfTurn } from './fake-face-engine.ts';
import { openTestStation, PIN, type TestStation, type TestStationOptions } from './open-station.ts';

export const S1 = 'S1' as SessionId;
export const ROOM = '201' as RoomId;
export const OTHER_ROOM = '202' as RoomId;
export const MINUTE = 60_000;
export const STROKES: [number, number, number][][] = [
  [
    [100, 500, 0],
    [900, 500, 300],
  ],
];
const FRAMES = 3;

/** The four points of the manual lane, each looked at. */
export const FOUR_LOOKS = {
  sameAsDocumentPhoto: true,
  sameAsPlanPhoto: true,
  numberAgrees: true,
  documentValid: true,
} as const;

/** Somebody of this role by their own PIN, as a second person gives it. */
export const pinOf = (st: TestStation, role: Role) => ({ staffId: st.member(role).staffId, pin: PIN });

/** The door's desk says whether two faces are one person, with the supervisor or another second person. */
export const settle = (
  st: TestStation,
  { attemptId }: Attempt,
  verdict: 'different-person' | 'held',
  second = pinOf(st, 'supervisor'),
) => st.as('door').checkin.settleImpersonation({ attemptId, verdict, note: '样本：两张照片都看了', second });

/** What is counted on paper after the day of one candidate in room 201. */
export const PIECES = {
  'papers:201': 1,
  'papers:202': 0,
  'volume:1': 3,
  'volume:2': 2,
  'volume:3': 8,
  'volume:4': 5,
  'volume:5': 0,
};

export const sessionOf = (st: TestStation) => st.plan.sessions[0]!;

/** A quarter of an hour before the start, the lead opens the door; in the queue everyone signs and agrees. */
export async function openDoor(st: TestStation): Promise<void> {
  await openUnsigned(st);
  for (const { candidateId, sessionId } of st.plan.candidates) {
    if (sessionId === S1) await signConsent(st, candidateId);
  }
}

/** The door is open, and nobody has signed anything yet. */
export async function openUnsigned(st: TestStation): Promise<void> {
  st.clock.advance(Math.max(0, sessionOf(st).startsAtMs - 15 * MINUTE - st.clock.wallMs()));
  await st.as('site-lead').session.open({ sessionId: S1 });
}

/** A candidate signs pledge and consent at the door's pad. */
export async function signConsent(st: TestStation, candidateId: string, face: 'agreed' | 'declined' = 'agreed') {
  const { consent } = st.as('door');
  const { sha256 } = await consent.text();
  return consent.sign({ candidateId: candidateId as CandidateId, face, textSha256: sha256, strokes: STROKES });
}

/** The attempt that stands open at a room's door, or the one shown last. */
export async function attemptAt(st: TestStation, roomId: RoomId = ROOM): Promise<Attempt> {
  const { attempt } = await st.as('door').checkin.lane({ roomId });
  if (attempt === null) throw new Error('nobody stands at the door');
  return attempt;
}

/** Card and ticket of a candidate, at the door of their room. */
export async function identify(st: TestStation, candidateId: string): Promise<Attempt> {
  const { roomId, ticketNumber } = st.candidate(candidateId);
  await st.as('door').checkin.lane({ roomId });
  await st.placeCard(candidateId);
  return st.as('door').checkin.presentTicket({ roomId, text: ticketNumber });
}

/** As many frames as the door needs, of this face or another, and then the head turn. */
export async function showFace(st: TestStation, attempt: Attempt, candidateId: string, likeness = 1): Promise<Attempt> {
  const { attemptId } = attempt;
  let now = attempt;
  for (let i = 0; i < FRAMES; i += 1) {
    now = (await st.as('door').checkin.presentFace({ attemptId, frame: pictureOf(candidateId, likeness) })).attempt;
  }
  return untilCompared(st, await turnHead(st, now, candidateId, likeness), candidateId, likeness);
}

/** Frames go on while the faces inside are still being learnt. */
async function untilCompared(st: TestStation, attempt: Attempt, candidateId: string, likeness: number) {
  const { attemptId } = attempt;
  let now = { attempt, guidance: null as Guidance | null };
  const frame = () => pictureOf(candidateId, likeness);
  if (attempt.frames.good < attempt.frames.needed) return attempt;
  do {
    await setImmediate();
    now = await st.as('door').checkin.presentFace({ attemptId, frame: frame() });
  } while (now.guidance === 'learning-faces');
  return now.attempt;
}

/** Frames of a camera come so far apart. */
export const FRAME_MS = 100;
/** More than a head turn takes: five straight, one turned, one straight again. */
const TURN_FRAMES = 12;

/** Does what the door says, frame by frame, until it asks for nothing more. */
export async function turnHead(st: TestStation, attempt: Attempt, candidateId: string, likeness = 1): Promise<Attempt> {
  const { attemptId } = attempt;
  let now = attempt;
  for (let i = 0; i < TURN_FRAMES && now.liveness.kind === 'going-on'; i += 1) {
    st.clock.advance(FRAME_MS);
    const { say } = now.liveness;
    const side = say === 'turn-left' ? 'left' : say === 'turn-right' ? 'right' : null;
    const frame = side ? pictureOfTurn(candidateId, side, likeness) : pictureOfHead(candidateId, {}, likeness);
    now = (await st.as('door').checkin.presentFace({ attemptId, frame })).attempt;
  }
  return now;
}

/** A candidate goes in as the plan foresees it. */
export async function admit(st: TestStation, candidateId: string): Promise<Attempt> {
  const attempt = await showFace(st, await identify(st, candidateId), candidateId);
  return st.as('door').checkin.admit({ attemptId: attempt.attemptId });
}

export const examinersOf = (st: TestStation, roomId: string = ROOM): string[] =>
  st.plan.panels.filter((p) => p.roomId === roomId && p.duty !== 'reserve').map((p) => p.examinerId);

/** Every present candidate gets the full marks of every item less `less` tenths on the first. */
export async function markAll(st: TestStation, examinerId: string, roomId: RoomId = ROOM, less = 0): Promise<void> {
  const { scoring } = st.examiner(examinerId);
  const where = { sessionId: S1, roomId };
  const sheet = await scoring.sheet(where);
  for (const { anonymousNumber, versions } of sheet.rows) {
    for (const [i, { itemId, maxTenths }] of sheet.rubric.items.entries()) {
      const tenths = maxTenths - (i === 0 ? less : 0);
      await scoring.mark({ ...where, anonymousNumber, itemId, tenths, version: versions[itemId] ?? 0 });
    }
  }
}

/** The whole panel of a room marks, locks and signs. */
export async function markAndSign(st: TestStation, roomId: RoomId = ROOM): Promise<void> {
  const where = { sessionId: S1, roomId };
  for (const examinerId of examinersOf(st, roomId)) {
    await markAll(st, examinerId, roomId);
    await st.examiner(examinerId).scoring.lock(where);
  }
  for (const examinerId of examinersOf(st, roomId)) {
    const { scoring } = st.examiner(examinerId);
    const { state } = await scoring.sheet(where);
    if (state.kind !== 'revealed') throw new Error(`${examinerId} sees ${state.kind}`);
    await scoring.sign({ ...where, pin: PIN, strokes: STROKES, checkCode: state.checkCode });
  }
}

/** One candidate has come, the session is over, nothing is marked. */
export async function closedSession(st: TestStation): Promise<void> {
  await openDoor(st);
  await admit(st, 'C01');
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  await st.as('site-lead').session.close({ sessionId: S1 });
}

/** Every missing item is declared. */
export async function declareAll(st: TestStation): Promise<void> {
  const { archive } = st.as('site-lead');
  const { missing } = await archive.closing({ sessionId: S1 });
  for (const { itemId } of missing) await archive.declare({ sessionId: S1, itemId, reason: '样本：未录像' });
  if (missing.length > 0) await archive.signDeclarations({ sessionId: S1, pin: PIN, strokes: STROKES });
}

/** A session that lacks only the seal. */
export async function signedOffSession(st: TestStation): Promise<void> {
  await closedSession(st);
  await declareAll(st);
  await st.as('site-lead').archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
}

/** A station whose door is open and looked at, its journal read up to here. */
export async function atTheDoor(options: TestStationOptions = {}): Promise<TestStation> {
  const st = await openTestStation(options);
  await openDoor(st);
  await st.as('door').checkin.lane({ roomId: ROOM });
  st.journalEvents();
  return st;
}

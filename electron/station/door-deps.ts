import { randomInt } from 'node:crypto';
import type { CheckinDeps, Doors } from '../features/checkin/deps.ts';
import { forgetFaces } from '../features/checkin/forget-faces.ts';
import { newKnownFaces } from '../features/checkin/known-faces.ts';
import { mayBeSecond, maySettle } from '../features/checkin/procedures.ts';
import { findAdmission } from '../features/checkin/store.ts';
import { consentText } from '../features/consent/consent-text.ts';
import type { ConsentDeps } from '../features/consent/service.ts';
import { latestConsent } from '../features/consent/store.ts';
import { ticketKeyring } from '../features/identity/ticket.ts';
import type { InspectionsDeps } from '../features/inspections/deps.ts';
import { blockedPhotoEvidence, type PlanDeps, photoEvidence } from '../features/plan/service.ts';
import type { PresenceDeps } from '../features/presence/deps.ts';
import { cameBack } from '../features/presence/leave.ts';
import { awayIn, awayOf, insideOf } from '../features/presence/where.ts';
import { marksGiven } from '../features/scoring/marks-given.ts';
import { drawSeat, type SeatingDeps } from '../features/seating/service.ts';
import { type SessionDeps, sessionAtDoor } from '../features/session/service.ts';
import { absentIn } from '../features/session/store.ts';
import { findStaff, signedInStaff } from '../features/staff/store.ts';
import { err } from '../lib/result.ts';
import { centreKeys } from './centre-keys.ts';
import type { ExamDay } from './exam-day.ts';
import type { Foundation } from './foundation.ts';

/** Whom the door asks, and the readers that it binds to its lanes. */
export interface BehindTheDoor extends Pick<CheckinDeps, 'bindReader' | 'readerAt'> {
  plan: PlanDeps;
  session: SessionDeps;
  seating: SeatingDeps;
  /** Asked later: presence stands on the door itself. */
  presence: () => PresenceDeps;
}

export function checkinDeps(f: Foundation, day: ExamDay, behind: BehindTheDoor): CheckinDeps {
  const { db, vault, checkPin, changed } = f;
  const { base, book, rules, pack, state } = day;
  const { plan, session, seating, presence, bindReader, readerAt } = behind;
  const photo = async (id: ReturnType<typeof photoEvidence>) => {
    const evidence = id && vault.find(db, id);
    return evidence ? vault.read(evidence) : err({ code: 'missing' as const });
  };
  return {
    ...base,
    vault,
    engine: () => f.faces.engine,
    cardCamera: () => f.cardCamera.get(),
    knownFaces: newKnownFaces(),
    drawSide: () => (randomInt(2) === 0 ? 'left' : 'right'),
    blockedPhoto: async (blockedId) => photo(blockedPhotoEvidence(plan, blockedId)),
    alarmed: changed('alarm'),
    leadMay: maySettle(db),
    book,
    rules,
    pack,
    sessionAt: (roomId) => sessionAtDoor(session, roomId),
    planPhoto: async (candidateId) => photo(photoEvidence(plan, candidateId)),
    ticketKeys: () => ticketKeyring(...centreKeys(book())),
    awayOf: (candidateId) => awayOf(presence(), candidateId),
    awayIn: (sessionId) => awayIn(presence(), sessionId),
    consentOf: (candidateId) => {
      const signed = latestConsent(db, candidateId);
      return signed && { face: signed.face, atMs: signed.atMs };
    },
    todayIso: f.today,
    changed: changed('checkin'),
    doors: new Map(),
    checkPin,
    staffMay: mayBeSecond(db),
    isLead: (staffId) => findStaff(db, staffId)?.roles.includes('site-lead') ?? false,
    sessionState: state,
    marksOf: (db, candidateId) => marksGiven(db, book(), candidateId),
    drawSeat: (w, candidate, attemptId) => drawSeat(seating, w, candidate, attemptId),
    cameBack: (w, caller, back) => cameBack(presence(), w, caller, back),
    absentIn: (sessionId) => absentIn(db, sessionId),
    bindReader,
    readerAt,
  };
}

/** Who goes out and comes back is looked at as the door looked at them. */
export function presenceDeps(f: Foundation, day: ExamDay, checkin: CheckinDeps): PresenceDeps {
  const { base, book, rules, pack, state } = day;
  const { engine, planPhoto, consentOf, sessionAt, staffMay } = checkin;
  return {
    ...base,
    vault: f.vault,
    book,
    rules,
    pack,
    engine,
    planPhoto,
    consentOf,
    sessionAt,
    sessionState: state,
    checkPin: f.checkPin,
    staffMay,
    open: new Map(),
    changed: f.changed('presence'),
    alarmed: f.changed('alarm'),
  };
}

/** Whom a supervisor may be sent to is who is inside by the presence, and who of the supervisors is signed on. */
export function inspectionsDeps(f: Foundation, day: ExamDay, presence: PresenceDeps): InspectionsDeps {
  const { base, book, rules, pack, state, staff, staffName } = day;
  return {
    ...base,
    book,
    rules,
    pack,
    sessionState: state,
    inside: (db, sessionId) => insideOf(presence, db, sessionId),
    supervisorsHere: () => {
      const here = new Set(signedInStaff(f.db));
      return staff().flatMap((m) => (m.roles.includes('supervisor') && here.has(m.staffId) ? [m.staffId] : []));
    },
    staffName,
    checkPin: f.checkPin,
    changed: f.changed('presence'),
  };
}

export function consentDeps(f: Foundation, { base, book, state }: ExamDay, doors: Doors): ConsentDeps {
  return {
    ...base,
    vault: f.vault,
    book,
    text: () => {
      const plan = book()?.plan;
      const site = f.ring.site()?.siteName ?? plan?.site.name ?? '';
      return consentText(f.consentResource, { site, centre: plan?.centre.name ?? '鉴定中心' });
    },
    sessionState: state,
    isAdmitted: (db, candidateId) => findAdmission(db, candidateId) !== null,
    forgetFaces: (candidateId) => forgetFaces(doors, candidateId),
    changed: f.changed('checkin'),
  };
}

import { actorOf, theStation } from '../contract/caller.ts';
import { inTransaction } from '../db/database.ts';
import type { AssignmentDeps } from '../features/assignment/deps.ts';
import { evaluateAtOpening } from '../features/assignment/record-evaluation.ts';
import { abandonAttempts } from '../features/checkin/close-attempt.ts';
import type { CheckinDeps } from '../features/checkin/deps.ts';
import type { PlanDeps } from '../features/plan/service.ts';
import type { PresenceDeps } from '../features/presence/deps.ts';
import { endPresence } from '../features/presence/leave.ts';
import type { RecordingDeps } from '../features/recording/deps.ts';
import { stopRecordingsOf } from '../features/recording/service.ts';
import { rulesEvents } from '../features/rules/events.ts';
import { freezePack } from '../features/rules/pack-shelf.ts';
import { rubricLibrary } from '../features/scoring/library-store.ts';
import { recordSeed, type SeatingDeps } from '../features/seating/service.ts';
import type { SessionDeps } from '../features/session/service.ts';
import type { SessionId } from '../lib/ids.ts';
import type { ExamDay } from './exam-day.ts';
import type { Foundation } from './foundation.ts';
import { planInUse } from './plan-in-use.ts';

/** @param checkin  asked once the plan changes, for it stands on this plan itself */
export function planDeps(f: Foundation, { base, book }: ExamDay, checkin: () => CheckinDeps): PlanDeps {
  const { db, vault, ring, shelf, changed } = f;
  const doors = () => [...checkin().doors.values()];
  return {
    ...base,
    vault,
    shelf,
    checks: new Map(),
    atDoor: (candidateId) => doors().some((d) => d.attempt?.candidate?.candidateId === candidateId),
    siteFilingNumber: () => ring.site()?.filingNumber ?? null,
    planInUse: (next) => planInUse(db, book()?.plan ?? null, next),
    hasRulePack: (id) => f.packs.has(id),
    rubricLibrary: () => rubricLibrary(db).map((r) => r.rubric),
    changed: () => {
      // An attempt stands for a person and a place of the plan before; the door begins anew.
      inTransaction(db, (w) => abandonAttempts(checkin(), w, theStation, () => true))();
      for (const door of doors()) door.shown = null;
      changed('plan')();
      changed('checkin')();
    },
  };
}

/** What a session starts and stops when it is opened and closed. */
export interface OfASession {
  seating: SeatingDeps;
  assignment: AssignmentDeps;
  recording: RecordingDeps;
  checkin: () => CheckinDeps;
  presence: () => PresenceDeps;
}

export function sessionDeps(
  { clock, journal, changed }: Foundation,
  { base, book, rules, pack }: ExamDay,
  readiness: SessionDeps['readiness'],
  { seating, assignment, recording, checkin, presence }: OfASession,
): SessionDeps {
  return {
    ...base,
    book,
    rules,
    readiness,
    onOpened: (w, sessionId) => {
      const { id: packId, version } = pack();
      const sha256 = freezePack(w, sessionId, pack(), clock.wallMs());
      journal.append(w, { kind: 'station' }, rulesEvents.frozen, { packId, version, sha256 }, sessionId);
      recordSeed(seating, w, sessionId);
      evaluateAtOpening(assignment, w, theStation, sessionId);
    },
    onClosed: (w, caller, sessionId) => {
      stopRecordingsOf(recording, w, actorOf(caller, 'site-lead'), sessionId as SessionId);
      endPresence(presence(), w, caller, sessionId);
      return abandonAttempts(checkin(), w, caller, (a) => a.session?.sessionId === sessionId);
    },
    changed: changed('session'),
  };
}

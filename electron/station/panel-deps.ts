import type { AppraisalDeps } from '../features/appraisal/service.ts';
import type { AssignmentDeps } from '../features/assignment/deps.ts';
import { drawInThread } from '../features/assignment/draw/work-in-thread.ts';
import { panelFaults } from '../features/assignment/standing.ts';
import type { Doors } from '../features/checkin/deps.ts';
import type { CoverageDeps } from '../features/coverage/deps.ts';
import { coverageFactsIn } from '../features/coverage/service.ts';
import type { ExaminersDeps } from '../features/examiners/service.ts';
import type { RulesDeps } from '../features/rules/procedures.ts';
import type { ScoringDeps } from '../features/scoring/open-sheet.ts';
import { admissionWindow } from '../features/session/rules.ts';
import { findStaff, signedInStaff } from '../features/staff/store.ts';
import type { ExamDay } from './exam-day.ts';
import type { Foundation } from './foundation.ts';
import { stillToEnter } from './still-to-enter.ts';
import { trainingPostsOf } from './training-posts.ts';

export function assignmentDeps(f: Foundation, { base, rules, pack, state, staff }: ExamDay): AssignmentDeps {
  return {
    ...base,
    vault: f.vault,
    shelf: f.shelf,
    rules,
    pack,
    checkPin: f.checkPin,
    sessionState: state,
    staff,
    signedOn: () => {
      const present = new Set(signedInStaff(f.db));
      return new Set(staff().flatMap((m) => (m.examinerId && present.has(m.staffId) ? [m.examinerId] : [])));
    },
    draws: drawInThread,
    changed: f.changed('assignment'),
  };
}

/** Marks may be locked once nobody can come in any more, which the doors tell, by a panel that may stand. */
export function scoringDeps(
  f: Foundation,
  { base, book, rules, state, staffName }: ExamDay,
  { assignment, doors, coverage }: { assignment: AssignmentDeps; doors: Doors; coverage: CoverageDeps },
): ScoringDeps {
  const { db } = f;
  return {
    ...base,
    vault: f.vault,
    book,
    rules,
    sessionState: state,
    stillToEnter: (sessionId, roomId) => {
      const { lateAtMs } = admissionWindow(book()!.session(sessionId)!.startsAtMs, rules(sessionId));
      return stillToEnter({ db, book: book()!, doors }, { sessionId, roomId, lateAtMs });
    },
    checkPin: f.checkPin,
    panelFaults: (sessionId, roomId) =>
      panelFaults(assignment, sessionId, roomId).map(({ ruleId, examinerId, facts }) => ({
        ruleId,
        facts: examinerId === null ? facts : { ...facts, examiner: examinerId },
      })),
    coverageIn: (sessionId, roomId) => coverageFactsIn(coverage, sessionId, roomId),
    trainingPostsOf: (name) => trainingPostsOf(db, name),
    nameOf: staffName,
    checks: new Map(),
    changed: f.changed('scoring'),
  };
}

export function appraisalDeps(f: Foundation, { base, book, state }: ExamDay): AppraisalDeps {
  return { ...base, book, sessionState: state, checkPin: f.checkPin, changed: f.changed('appraisal') };
}

export function examinersDeps(f: Foundation, { base, book, rules, staffName }: ExamDay): ExaminersDeps {
  return {
    ...base,
    book,
    today: f.today,
    hoursWanted: () => rules()['examiners.training'],
    staffName,
    checks: new Map(),
    changed: f.changed('examiners'),
  };
}

export function rulesDeps(f: Foundation, { base, book, pack }: ExamDay): RulesDeps {
  return {
    ...base,
    shelf: f.packs,
    pack,
    today: f.today,
    checkPin: f.checkPin,
    centreKeys: () => {
      const centre = book()?.plan.centre;
      return centre ? { trusted: centre.verificationKeys, revoked: centre.revokedKeys ?? [] } : null;
    },
    secondPerson: (staffId) => {
      const person = findStaff(f.db, staffId);
      const role = person?.roles.find((r) => r === 'supervisor' || r === 'site-lead');
      return person && role ? { staffId, name: person.name, role } : null;
    },
    changed: f.changed('rules'),
  };
}

import { packsOf } from '../features/rules/pack-shelf.ts';
import type { SessionState } from '../features/session/contract.ts';
import { type SessionDeps, sessionState } from '../features/session/service.ts';
import type { StaffMember } from '../features/staff/contract.ts';
import { allStaff, findStaff, memberUnder } from '../features/staff/store.ts';
import type { Foundation } from './foundation.ts';

type Packs = ReturnType<typeof packsOf>;

/** What features ask about the exam day, always of the plan in force when they ask. */
export interface ExamDay {
  base: Pick<SessionDeps, 'db' | 'journal' | 'clock'>;
  book: SessionDeps['book'];
  pack: Packs['pack'];
  rules: Packs['rules'];
  /** Null for a session the plan does not know. */
  state: (sessionId: string) => SessionState | null;
  staff: () => StaffMember[];
  /** The id itself of whoever has no account here. */
  staffName: (staffId: string) => string;
}

export function examDay(f: Foundation): ExamDay {
  const { db, journal, clock, shelf } = f;
  const book = () => shelf.book();
  return {
    base: { db, journal, clock },
    book,
    ...packsOf(f.packs, () => book()?.plan.rulePack),
    state: (sessionId) => sessionState({ db, clock, book }, sessionId),
    staff: () => allStaff(db).map((p) => memberUnder(f.examinerInPlan, p)),
    staffName: (staffId) => findStaff(db, staffId)?.name ?? staffId,
  };
}

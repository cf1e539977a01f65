import type { z } from 'zod';
import type { ReadDb } from '../../db/database.ts';
import type { ExaminerId, RoomId } from '../../lib/ids.ts';
import type {
  AssignmentFacts,
  CandidateFacts,
  Dossier,
  OtherDuty as OtherDutySchema,
} from '../examiners/assignment-facts.ts';
import {
  candidateFacts,
  dossiersNow,
  panelBefore as servedBefore,
  supervisorSince,
} from '../examiners/dossiers-now.ts';
import { type ExaminerLimits, examinerLimits } from '../examiners/evaluate.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedSession } from '../plan/plan-schema.ts';
import { writeWallTime } from '../plan/wall-time.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import type { Role } from '../staff/roles.ts';
import type { AssignmentDeps } from './deps.ts';
import { approvalFor, recusedFrom } from './exception-store.ts';
import type { AssignedSeat } from './store.ts';

type Place = AssignmentFacts['elsewhere'][number];
type OtherDuty = z.infer<typeof OtherDutySchema>;

/** What the facts of every room of a session have in common, read once. */
export interface Ground {
  book: PlanBook;
  planDigest: string;
  session: PlannedSession;
  dossiers: ReadonlyMap<string, Dossier>;
  /** Every place somebody marks in now, in whatever session of the plan. */
  places: ReadonlyMap<string, readonly Place[]>;
  otherDuties: ReadonlyMap<string, OtherDuty[]>;
  candidates: ReadonlyMap<string, CandidateFacts[]>;
  /** By room, who marked there the session before. */
  before: ReadonlyMap<string, readonly ExaminerId[]>;
  supervisors: AssignmentFacts['supervisors'];
  soleProvider: AssignmentFacts['site']['soleProvider'];
  pack: RulePack;
  limits: ExaminerLimits;
}

const DUTY_OF: Partial<Record<Role, OtherDuty>> = {
  invigilator: 'invigilator',
  door: 'door',
  'site-lead': 'site-lead',
  'score-keeper': 'score-keeper',
};

/** Calendar day at the site. */
export const dayOf = (wallMs: number): string => writeWallTime(wallMs).slice(0, 10);

/** @returns null where the plan has no such session */
export function groundOf(deps: AssignmentDeps, db: ReadDb, sessionId: string): Ground | null {
  const book = deps.shelf.book();
  const session = book?.session(sessionId);
  if (!book || !session) return null;
  const recused = recusedFrom(db, sessionId);
  const dossiers = dossiersNow(db, book).map((d): Dossier => {
    const off = recused.has(d.examinerId) && !d.recusedFrom.includes(session.sessionId);
    return off ? { ...d, recusedFrom: [...d.recusedFrom, session.sessionId] } : d;
  });
  const approval = approvalFor(db, sessionId);
  const staff = deps.staff();
  return {
    book,
    planDigest: deps.shelf.adopted()!.summary.digest,
    session,
    dossiers: new Map(dossiers.map((d) => [d.examinerId as string, d])),
    places: placesNow(book),
    candidates: new Map(
      book.roomsOf(sessionId).map(({ roomId }) => [roomId, book.candidatesOf(sessionId, roomId).map(candidateFacts)]),
    ),
    before: new Map(
      book.roomsOf(sessionId).map(({ roomId }) => [roomId, panelBefore(db, book, session, roomId).slice(0, 16)]),
    ),
    otherDuties: new Map(
      staff.flatMap(({ examinerId, roles }) =>
        examinerId === null ? [] : [[examinerId as string, roles.flatMap((r) => DUTY_OF[r] ?? [])] as const],
      ),
    ),
    // Who watches is known at the station by their account; what is not on file about them the rules say themselves.
    supervisors: staff
      .filter((m) => m.roles.includes('supervisor'))
      .slice(0, 8)
      .map((m) => ({
        examinerId: (m.examinerId ?? m.staffId) as string as ExaminerId,
        termFrom: supervisorFrom(db, book, m.examinerId),
      })),
    soleProvider: approval && {
      approval: approval.number,
      official: approval.officialName,
      signedOn: approval.signedOnMs !== null,
    },
    pack: deps.pack(sessionId),
    limits: examinerLimits(deps.rules(sessionId)),
  };
}

function supervisorFrom(db: ReadDb, book: PlanBook, examinerId: string | null): string | null {
  const person = examinerId === null ? undefined : book.examiner(examinerId);
  return person ? supervisorSince(db, person) : null;
}

function placesNow(book: PlanBook): Map<string, Place[]> {
  const all = book.plan.sessions.flatMap(({ sessionId, startsAtMs, endsAtMs }) =>
    book
      .roomsOf(sessionId)
      .flatMap(({ roomId }) =>
        book
          .panel(sessionId, roomId)
          .map(({ examinerId }) => ({ examinerId, sessionId, roomId, startsAtMs, endsAtMs })),
      ),
  );
  return Map.groupBy(all, (p) => p.examinerId as string);
}

/**
 * Who marked in this room the session before: by the plan where it has one, else by what is on file of earlier sessions at
 * this site; empty where none is known.
 */
function panelBefore(db: ReadDb, book: PlanBook, session: PlannedSession, roomId: string): ExaminerId[] {
  const earlier = book
    .sessionsOfRoom(roomId)
    .filter((s) => s.startsAtMs < session.startsAtMs && s.rubricId !== null)
    .at(-1);
  if (earlier) return book.panel(earlier.sessionId, roomId).map((p) => p.examinerId);
  const { siteId } = book.plan.site;
  return servedBefore(db, book, { siteId, roomId, startsAtMs: session.startsAtMs });
}

/** Everything the lawfulness of a panel in this room rests on, as it is on file now. */
export function factsFor(ground: Ground, roomId: string, panel: readonly AssignedSeat[]): AssignmentFacts {
  const { book, session, dossiers, supervisors } = ground;
  const { sessionId, part, occupation, level, startsAtMs, endsAtMs } = session;
  const { siteId, name } = book.plan.site;
  const people = [...panel.map((p) => p.examinerId), ...supervisors.map((s) => s.examinerId)];
  return {
    format: 'kaodian-assignment-facts/1',
    site: { siteId, employer: name, ownStaff: false, soleProvider: ground.soleProvider },
    session: { sessionId, part, occupation, level, day: dayOf(startsAtMs), startsAtMs, endsAtMs },
    room: {
      roomId: roomId as RoomId,
      candidates: ground.candidates.get(roomId) ?? [],
      before: [...(ground.before.get(roomId) ?? [])],
    },
    panel: panel.map(({ examinerId, duty }) => ({
      examinerId,
      duty,
      otherDuties: ground.otherDuties.get(examinerId) ?? [],
    })),
    supervisors: [...supervisors],
    elsewhere: panel.flatMap(({ examinerId }) =>
      (ground.places.get(examinerId) ?? []).filter((p) => p.sessionId !== sessionId || p.roomId !== roomId),
    ),
    dossiers: [...new Set(people)].flatMap((id) => {
      const dossier = dossiers.get(id);
      return dossier ? [withEarlierPlaces(ground, dossier)] : [];
    }),
  };
}

/** Sessions of this plan count as served before they are sealed: the third in a row is the third on the same day too. */
function withEarlierPlaces({ book, session, places }: Ground, dossier: Dossier): Dossier {
  const known = new Set(dossier.served.map((s) => s.sessionId));
  const earlier = (places.get(dossier.examinerId) ?? []).filter(
    (p) => p.startsAtMs < session.startsAtMs && !known.has(p.sessionId),
  );
  if (earlier.length === 0) return dossier;
  const { siteId } = book.plan.site;
  const more = earlier.map(({ sessionId, roomId, startsAtMs }) => ({ sessionId, siteId, roomId, startsAtMs }));
  return { ...dossier, served: [...dossier.served, ...more] };
}

import type { ReadDb } from '../../db/database.ts';
import type { RoomId } from '../../lib/ids.ts';
import { clauseOf } from '../rules/rule-values.ts';
import type { AssignmentBoard, RoomOnBoard, SeatOnBoard, ShownFinding, StandingFinding } from './contract.ts';
import type { AssignmentDeps } from './deps.ts';
import { appliedDraw } from './draw/store.ts';
import { evaluationsOf, type RecordedEvaluation } from './evaluation-store.ts';
import { approvalFor, recusalsIn } from './exception-store.ts';
import { type Ground, groundOf } from './facts.ts';
import { panelNow, seatsOf, shown } from './judge.ts';
import { sameFinding } from './rules.ts';
import { type Standing, standingFindings } from './standing.ts';
import { type AssignmentChange, changesIn, submissionsIn, versionOf } from './store.ts';

/** Everything the assignment board shows of a session; null where the plan has none of this id. */
export function boardOf(deps: AssignmentDeps, db: ReadDb, sessionId: string): AssignmentBoard | null {
  const ground = groundOf(deps, db, sessionId);
  const state = deps.sessionState(sessionId);
  if (ground === null || state === null) return null;
  const { book, session } = ground;
  const nameOf = staffNames(deps);
  const recorded = evaluationsOf(db, sessionId);
  const changes = changesIn(db, sessionId);
  const hasPanels = session.rubricId !== null;
  const rooms = hasPanels ? book.roomsOf(sessionId) : [];
  const submitted = submissionsIn(db, sessionId).at(-1);
  const draw = appliedDraw(db, ground.planDigest, sessionId);
  const approval = approvalFor(db, sessionId);
  const examinerName = (id: string) => book.examiner(id)?.name ?? id;
  const onBoard = rooms.map(({ roomId }) => roomOnBoard({ db, ground, recorded, changes, nameOf }, roomId));
  return {
    session: {
      sessionId: session.sessionId,
      label: session.label,
      occupation: session.occupation,
      level: session.level,
      part: session.part,
      startsAtMs: session.startsAtMs,
      state,
      hasPanels,
    },
    rooms: onBoard,
    submitted: submitted
      ? {
          byName: nameOf(submitted.byStaffId),
          atMs: submitted.atMs,
          changedSince: onBoard.some((r) => submitted.versions[r.roomId] !== r.version),
          factsSince: onBoard.some((r) => r.state === 'unlawful' || r.state === 'undecided'),
        }
      : null,
    drawn: draw && { drawId: draw.drawId, atMs: draw.atMs, examiners: draw.examiners, excluded: draw.excluded },
    recusals: recusalsIn(db, sessionId).map(({ examinerId, roomId, by, ground: why, note, atMs }) => ({
      examinerId,
      name: examinerName(examinerId),
      roomName: book.room(roomId)?.name ?? roomId,
      by,
      ground: why,
      note,
      atMs,
    })),
    soleProvider: approval && {
      number: approval.number,
      officialName: approval.officialName,
      fileName: approval.fileName,
      fileSha256: approval.fileSha256,
      signedOnMs: approval.signedOnMs,
    },
  };
}

function staffNames(deps: AssignmentDeps): (staffId: string) => string {
  const names = new Map(deps.staff().map((m) => [m.staffId as string, m.name]));
  return (staffId) => names.get(staffId) ?? '';
}

interface RoomSource {
  db: ReadDb;
  ground: Ground;
  recorded: readonly RecordedEvaluation[];
  changes: readonly AssignmentChange[];
  nameOf: (staffId: string) => string;
}

function roomOnBoard({ db, ground, recorded, changes, nameOf }: RoomSource, roomId: string): RoomOnBoard {
  const { book, session, limits, pack } = ground;
  const room = book.room(roomId)!;
  const panel = panelNow(ground, roomId);
  const standing = standingFindings(ground, recorded, roomId);
  const stands = (s: Standing): StandingFinding => ({
    ...shown(ground, s.finding),
    accepted: s.accepted && { reason: s.accepted.reason, byName: nameOf(s.accepted.byStaffId), atMs: s.accepted.atMs },
    cameUpLater: s.cameUpLater,
  });
  const about = (examinerId: string) => standing.filter((s) => s.finding.examinerId === examinerId).map(stands);
  const people = new Set<string | null>(panel.map((p) => p.examinerId));
  const wanted = seatsOf(ground, roomId, panel.length);
  const seatOf = ({ examinerId, duty }: (typeof panel)[number]): SeatOnBoard => ({
    duty,
    examiner: {
      examinerId,
      name: book.examiner(examinerId)?.name ?? examinerId,
      grade: ground.dossiers.get(examinerId)?.grade ?? null,
      findings: about(examinerId),
      signedOnMs:
        recorded.find((e) => e.stage === 'sign-on' && e.roomId === roomId && e.examinerId === examinerId)?.atMs ?? null,
    },
  });
  const leads = panel.filter((p) => p.duty === 'lead').map(seatOf);
  const members = panel.filter((p) => p.duty === 'member').map(seatOf);
  const seats: SeatOnBoard[] = [
    ...(leads.length > 0 ? leads : [{ duty: 'lead' as const, examiner: null }]),
    ...members,
    ...Array.from({ length: Math.max(0, wanted - Math.max(leads.length, 1) - members.length) }, () => ({
      duty: 'member' as const,
      examiner: null,
    })),
  ];
  const last = changes.findLast((c) => c.roomId === roomId);
  const size = clauseOf(pack, 'panel.size');
  return {
    roomId: room.roomId,
    name: room.name,
    location: room.location,
    candidates: book.candidatesOf(session.sessionId, roomId).length,
    version: versionOf(db, session.sessionId, roomId),
    wanted: { seats: wanted, odd: limits.panel.odd, text: size.text, source: size.source },
    seats,
    findings: standing.filter((s) => !people.has(s.finding.examinerId)).map(stands),
    state: stateOf(seats, standing),
    lastChange: last ? { act: last.act, byName: nameOf(last.byStaffId), atMs: last.atMs, reason: last.reason } : null,
  };
}

/** What is missing comes first: while a seat is open, much of the rest only follows from it. */
function stateOf(seats: readonly SeatOnBoard[], standing: readonly Standing[]): RoomOnBoard['state'] {
  if (seats.some((s) => s.examiner === null)) return 'short';
  if (standing.some((s) => s.finding.severity === 'block')) return 'unlawful';
  return standing.some((s) => s.accepted === null) ? 'undecided' : 'full';
}

/** What the office is told of a session's panels: see `assignmentState`. */
export interface AssignmentState {
  /** Panels that a rule forbids, and the clause. */
  unlawful: { room: string; rule: string }[];
  /** Warnings nobody has decided. */
  undecided: number;
  /** Whether the panels in force are all handed in. */
  submitted: boolean;
  /** What the rules find by now, was not so when the panel was assigned, and nobody has decided; the gravest of each room. */
  cameUpLater: { roomId: RoomId; finding: ShownFinding; atMs: number | null }[];
}

/** What readiness gate and alarms ask of the assignment. What is only not on file raises no alarm. */
export function assignmentState(deps: AssignmentDeps, sessionId: string): AssignmentState {
  const ground = groundOf(deps, deps.db, sessionId);
  if (ground === null || ground.session.rubricId === null)
    return { unlawful: [], undecided: 0, submitted: true, cameUpLater: [] };
  const recorded = evaluationsOf(deps.db, sessionId);
  const rooms = ground.book.roomsOf(sessionId);
  const standing = rooms.map(({ roomId, name }) => ({ roomId, name, all: standingFindings(ground, recorded, roomId) }));
  const last = submissionsIn(deps.db, sessionId).at(-1);
  return {
    unlawful: standing.flatMap(({ name, all }) =>
      all.filter((s) => s.finding.severity === 'block').map((s) => ({ room: name, rule: s.finding.ruleId })),
    ),
    undecided: standing.flatMap(({ all }) => all.filter((s) => s.accepted === null)).length,
    submitted:
      last !== undefined && rooms.every((r) => last.versions[r.roomId] === versionOf(deps.db, sessionId, r.roomId)),
    cameUpLater: standing.flatMap(({ roomId, all }) => {
      const later = all.filter((s) => s.cameUpLater && s.accepted === null).map((s) => s.finding);
      const worst =
        later.find((f) => f.severity === 'block') ?? later.find((f) => f.outcome === 'broken' && f.severity === 'warn');
      if (worst === undefined) return [];
      const seen = recorded.find((e) => e.roomId === roomId && e.findings.some((f) => sameFinding(f, worst)));
      return [{ roomId, finding: shown(ground, worst), atMs: seen?.atMs ?? null }];
    }),
  };
}

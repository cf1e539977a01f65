import { err, ok, type Result } from '../../lib/result.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { decisionsIn } from './decision-store.ts';
import { decisionView } from './decisions.ts';
import { type KnownPass, partPassesOnFile } from './library-store.ts';
import { resultPorts, type ScoringDeps } from './open-sheet.ts';
import { type PartFacts, partStandings } from './parts.ts';
import { type ResultPorts, roomResults } from './results.ts';
import type { CandidateResult, ResultKind } from './results-contract.ts';
import { waitingFor } from './reveal.ts';
import type { ScoreBoard } from './theory-contract.ts';

const BEIJING_MS = 8 * 3600_000;
/** The day at the site, such as 2026-03-01. */
export const dayOf = (wallMs: number): string => new Date(wallMs + BEIJING_MS).toISOString().slice(0, 10);

/** Parts passed before that this person may bring to the whole of an occupation and level. */
export const passesOf = (
  all: readonly KnownPass[],
  { documentNumber }: Pick<PlannedCandidate, 'documentNumber'>,
  { occupation, level }: { occupation: string; level: string },
): KnownPass[] =>
  all.filter((p) => p.documentNumber === documentNumber && p.occupation === occupation && p.level === level);

/** Passes a plan brings and those that came in files of their own. */
export const knownPasses = (ports: Pick<ResultPorts, 'db' | 'book'>): KnownPass[] => [
  ...(ports.book.plan.partPasses ?? []).map((pass) => ({ ...pass, from: 'plan' })),
  ...partPassesOnFile(ports.db),
];

/** How a candidate's parts stand, by every session of the plan for the same occupation and level. */
export function standingsOf(
  ports: ResultPorts,
  passes: readonly KnownPass[],
  resultOf: (candidate: PlannedCandidate) => ResultKind | null,
  candidate: PlannedCandidate,
): ReturnType<typeof partStandings> {
  const { book } = ports;
  const session = book.session(candidate.sessionId)!;
  const results = book.placesByDocument(candidate.documentNumber).flatMap((place): PartFacts['results'][number][] => {
    const s = book.session(place.sessionId);
    if (!s || s.occupation !== session.occupation || s.level !== session.level) return [];
    const result = resultOf(place);
    return result === null ? [] : [{ part: s.part, result }];
  });
  return partStandings({
    level: session.level,
    results,
    passes: passesOf(passes, candidate, session),
    onDay: dayOf(session.startsAtMs),
    carryMonths: ports.rules(session.sessionId)['scoring.carry-over-months'],
  });
}

/** Results by candidate, each room computed once. */
export function resultLookup(ports: ResultPorts): (candidate: PlannedCandidate) => ResultKind | null {
  const rooms = new Map<string, Map<string, ResultKind>>();
  return ({ candidateId, sessionId, roomId }) => {
    const key = `${sessionId} ${roomId}`;
    let room = rooms.get(key);
    if (!room) {
      room = new Map(roomResults(ports, sessionId, roomId).results.map((r) => [r.candidateId, r.result]));
      rooms.set(key, room);
    }
    return room.get(candidateId) ?? null;
  };
}

/**
 * Everybody of a session by ticket number: the result, every obstacle by name, and how the parts stand together. Of a room
 * whose panel has not all locked nothing is shown but that: neither marks nor whose number is whose.
 */
export function readScoreBoard(deps: ScoringDeps, sessionId: string): Result<ScoreBoard, { code: 'NO_SUCH_SESSION' }> {
  const ports = resultPorts(deps);
  const session = ports?.book.session(sessionId);
  if (!ports || !session) return err({ code: 'NO_SUCH_SESSION' });
  const { book } = ports;
  const passes = knownPasses(ports);
  const resultOf = resultLookup(ports);
  const rows = book.roomsOf(sessionId).flatMap((room) => {
    const where = { sessionId, roomId: room.roomId };
    const waiting = session.rubricId === null ? 0 : waitingFor(deps, book, where);
    const results = new Map(roomResults(ports, sessionId, room.roomId).results.map((r) => [r.candidateId, r]));
    return book.candidatesOf(sessionId, room.roomId).map((candidate) => {
      const { candidateId, roomId, ticketNumber } = candidate;
      const found = waiting > 0 ? undefined : results.get(candidateId);
      const { coverage: _, ...result } = found ?? { coverage: null, ...notYet(waiting) };
      const { parts, qualified } = standingsOf(ports, passes, resultOf, candidate);
      return { ...result, candidateId, roomId, roomName: room.name, ticketNumber, parts, qualified };
    });
  });
  const { label, part, occupation, level } = session;
  return ok({
    sessionId: session.sessionId,
    label,
    part,
    occupation,
    level,
    sealed: deps.sessionState(sessionId) === 'sealed',
    rows: rows.sort((a, b) => (a.ticketNumber < b.ticketNumber ? -1 : 1)),
    decisions: decisionsIn(deps.db, sessionId).map(decisionView),
  });
}

/** Somebody of a room that is still being marked. */
function notYet(waiting: number): CandidateResult {
  const facts = { missing: String(waiting) };
  return {
    anonymousNumber: '',
    totals: [],
    spreadTenths: 0,
    decidedItems: [],
    vetoes: [],
    scoreTenths: null,
    result: 'not-confirmed',
    obstacles: [{ code: 'not-locked', ruleId: 'scoring.min-examiners', facts }],
  };
}

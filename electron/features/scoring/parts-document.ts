import type { KnownPass } from './library-store.ts';
import { partStandings } from './parts.ts';
import type { ResultPorts } from './results.ts';
import type { Part, PartStanding, ResultKind } from './results-contract.ts';
import { dayOf, knownPasses, passesOf, resultLookup } from './score-board.ts';

/** How the parts of everybody of a session stand, with all that this follows from: sealed, and computed again by `verify`. */
export interface PartsDocument {
  format: 'kaodian-parts/1';
  /** The day of the session: earlier passes have to be valid then. */
  onDay: string;
  /** Rule pack: scoring.carry-over-months. */
  carryMonths: number;
  candidates: {
    candidateId: string;
    /** Earlier passes for the same occupation and level, each with what it came by: a plan, or a file by its SHA-256. */
    passes: Pick<KnownPass, 'part' | 'scoreTenths' | 'passedOn' | 'source' | 'from'>[];
    /** Results of other sessions of the plan; of sealed ones alone, since another may still change. */
    elsewhere: { sessionId: string; part: Part; result: ResultKind }[];
    parts: PartStanding[];
    qualified: boolean;
  }[];
}

export function partsDocument(
  ports: ResultPorts,
  sessionId: string,
  isSealed: (sessionId: string) => boolean,
): PartsDocument {
  const { book } = ports;
  const session = book.session(sessionId)!;
  const { occupation, level, part } = session;
  const onDay = dayOf(session.startsAtMs);
  const carryMonths = ports.rules(sessionId)['scoring.carry-over-months'];
  const known = knownPasses(ports);
  const resultOf = resultLookup(ports);
  const candidates = book.candidatesOf(sessionId).map((candidate) => {
    const passes = passesOf(known, candidate, session).map(({ part, scoreTenths, passedOn, source, from }) => ({
      ...{ part, scoreTenths, passedOn, source, from },
    }));
    const elsewhere = book.placesByDocument(candidate.documentNumber).flatMap((place) => {
      const other = book.session(place.sessionId);
      if (!other || other.sessionId === sessionId || !isSealed(other.sessionId)) return [];
      if (other.occupation !== occupation || other.level !== level) return [];
      const result = resultOf(place);
      return result === null ? [] : [{ sessionId: other.sessionId as string, part: other.part, result }];
    });
    const own = resultOf(candidate);
    const results = [...elsewhere, ...(own === null ? [] : [{ part, result: own }])];
    const { candidateId } = candidate;
    return { candidateId, passes, elsewhere, ...partStandings({ level, results, passes, onDay, carryMonths }) };
  });
  return { format: 'kaodian-parts/1', onDay, carryMonths, candidates };
}

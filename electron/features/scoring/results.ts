import type { ReadDb } from '../../db/database.ts';
import { admissionsIn } from '../checkin/store.ts';
import type { CoverageFact } from '../coverage/standing.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { RulesOf } from '../rules/pack-shelf.ts';
import { stateOf } from './counted.ts';
import { decisionsIn } from './decision-store.ts';
import type { CandidateResult } from './results-contract.ts';
import { candidateResult, type PanelFault, theoryResult } from './rules.ts';
import { lockedSheets, numbersIn, signaturesIn } from './store.ts';
import { theoryResultOf } from './theory-store.ts';

/** What results rest on beyond the marks, asked of other features. */
export interface ResultPorts {
  db: ReadDb;
  book: PlanBook;
  /** Each session's own: packs are frozen when it opens. */
  rules: RulesOf;
  /** Why the panel in force may not mark; empty where it is lawful. */
  panelFaults: (sessionId: string, roomId: string) => readonly PanelFault[];
  /** What video says of everybody whose admission to a room stands, by candidate id. */
  coverageIn: (sessionId: string, roomId: string) => ReadonlyMap<string, CoverageFact>;
}

export interface RoomResults {
  roomId: string;
  passTenths: number;
  /** The facts beyond the marks that the results were computed with. */
  panelFaults: readonly PanelFault[];
  results: (CandidateResult & { candidateId: string; coverage: CoverageFact })[];
}

/** Results of one room: by anonymous number out of the locked sheets, or by ticket number out of the theory marks. */
export function roomResults(ports: ResultPorts, sessionId: string, roomId: string): RoomResults {
  const { db, book } = ports;
  const rules = ports.rules(sessionId);
  const session = book.session(sessionId);
  const rubric = book.rubric(session?.rubricId ?? null);
  const passTenths = rubric?.passTenths ?? rules['scoring.pass-tenths'];
  const admitted = new Set(admissionsIn(db, sessionId).map((a) => a.candidateId));
  const decisions = Map.groupBy(decisionsIn(db, sessionId, roomId), (d) => d.number);
  const coverage = ports.coverageIn(sessionId, roomId);
  const common = (candidateId: string, anonymousNumber: string) => ({
    anonymousNumber,
    admitted: admitted.has(candidateId as never),
    coverage: coverage.get(candidateId) ?? { kind: 'not-judged' as const },
    decisions: (decisions.get(anonymousNumber) ?? []).map((d) => ({ state: stateOf(d.check), body: d.body })),
    passTenths,
  });
  if (!rubric) {
    const marks = theoryResultOf(db, sessionId)?.marks ?? {};
    const results = book.candidatesOf(sessionId, roomId).map(({ candidateId, ticketNumber }) => {
      const facts = common(candidateId, ticketNumber);
      return {
        candidateId,
        coverage: facts.coverage,
        ...theoryResult({ ...facts, tenths: marks[candidateId] ?? null }),
      };
    });
    return { roomId, passTenths, panelFaults: [], results };
  }
  const panel = book.panel(sessionId, roomId);
  const panelFaults = ports.panelFaults(sessionId, roomId);
  const signed = new Set(signaturesIn(db, sessionId, roomId).map((s) => s.examinerId));
  const sheets = lockedSheets(db, sessionId, roomId);
  const results = numbersIn(db, sessionId, roomId).map(({ candidateId, number }) => {
    const facts = common(candidateId, number);
    const result = candidateResult({
      ...facts,
      sheets: panel.flatMap(({ examinerId }) => {
        const sheet = sheets.find((s) => s.examinerId === examinerId);
        const marks = sheet?.marks[number];
        if (!sheet || !marks) return [];
        const name = book.examiner(examinerId)?.name ?? examinerId;
        return [{ examinerId, name, marks, vetoes: sheet.vetoes[number] ?? [], signed: signed.has(examinerId) }];
      }),
      items: rubric.items,
      panelFaults,
      rules,
    });
    return { candidateId, coverage: facts.coverage, ...result };
  });
  return { roomId, passTenths, panelFaults, results };
}

/** How far the marking of a room is: for the office. */
export function markingProgress(db: ReadDb, book: PlanBook, sessionId: string, roomId: string) {
  const panel = book.panel(sessionId, roomId);
  const onPanel = ({ examinerId }: { examinerId: string }) => panel.some((p) => p.examinerId === examinerId);
  return {
    locked: lockedSheets(db, sessionId, roomId).filter(onPanel).length,
    signed: signaturesIn(db, sessionId, roomId).filter(onPanel).length,
    panel: panel.length,
  };
}

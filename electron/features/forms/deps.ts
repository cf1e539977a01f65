import type { Db } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Vault } from '../../vault/vault.ts';
import type { Violation } from '../examiners/violation.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PackOf, RulesOf } from '../rules/pack-shelf.ts';
import type { SessionState } from '../session/contract.ts';
import type { PanelRecordFacts } from './form-facts.ts';

/** Somebody off the session, as assignment has it on record. */
export interface Recusal {
  examinerId: string;
  roomId: string;
  by: 'self' | 'demand';
  ground: string;
  note: string;
  atMs: number;
  seq: number;
}

/** What a summary says of one candidate's result. */
export interface ResultLine {
  candidateId: string;
  anonymousNumber: string;
  totals: readonly { examiner: string; totalTenths: number; correctedTenths?: number | null }[];
  /** Items the lead has decided in a conference. */
  decidedItems?: readonly string[];
  scoreTenths: number | null;
  result: string;
  obstacles: readonly { code: string; ruleId: string; facts: Record<string, string> }[];
}

/** A change of a room's panel, as assignment has it on record. */
export interface PanelChange {
  roomId: string;
  panel: readonly { examinerId: string; duty: 'lead' | 'member' }[];
  act: string;
  reason: string;
  byStaffId: string;
  atMs: number;
  seq: number;
}

/** What the rules said of a room's panel, as assignment has it on record. */
export interface PanelEvaluation {
  roomId: string;
  stage: string;
  examinerId: string | null;
  findings: readonly Violation[];
  factsSha256: string;
  atMs: number;
  seq: number;
  decisions: readonly { finding: number; reason: string; byStaffId: string }[];
}

export interface FormsDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  book: () => PlanBook | null;
  rules: RulesOf;
  pack: PackOf;
  /** The station's id and the site as it is on file; null before the first start. */
  site: () => { stationId: string; siteName: string; filingNumber: string } | null;
  staffName: (staffId: string) => string;
  /** What was done to the session's panels, what the rules said of them, and the draw they came from. */
  panels: {
    changes: (sessionId: string) => readonly PanelChange[];
    evaluations: (sessionId: string) => readonly PanelEvaluation[];
    recusals: (sessionId: string) => readonly Recusal[];
    draw: (sessionId: string) => PanelRecordFacts['draw'];
  };
  /** As the station has computed them: see `roomResults` of scoring. */
  results: (sessionId: string, roomId: string) => { passTenths: number; results: readonly ResultLine[] };
  /** Evidence of the lead's signature under the closing of the session, where it stands. */
  leadSignature: (sessionId: string) => string | null;
  sessionState: (sessionId: string) => SessionState | null;
  /** Of the station: one that sets its forms otherwise prints them anew. */
  version: string;
  /** Forms that are being printed to be kept, by session, form and facts: nobody prints one twice. */
  printing: Map<string, Promise<unknown>>;
  /** `resources/fonts`. */
  fontsDir: string;
  rehearsal: boolean;
}

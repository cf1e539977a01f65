import { z } from 'zod';
import { PublishedInspection } from '../../inspections/published-inspection.ts';
import { DecisionBody } from '../../scoring/decisions-contract.ts';
import { ResultKind } from '../../scoring/results-contract.ts';

/** What the claims about contents read of the volumes. Only the members they use; a stranger's file may lack any. */

export const RESULTS_PATH = 'data/4-results/results.json.age';
export const DECISIONS_PATH = 'data/4-results/decisions.json.age';
export const SHEETS_PATH = 'data/4-results/sheets.json.age';
export const PLAN_PATH = 'data/2-plan/plan.json.age';
export const ATTEMPTS_PATH = 'data/3-process/attempts.json.age';
export const UNDONE_PATH = 'data/3-process/admissions-undone.json.age';
export const CONSENTS_PATH = 'data/3-process/consents.json.age';
export const SEATING_PATH = 'data/3-process/seating.json.age';
export const PRESENCE_PATH = 'data/3-process/presence.json.age';
export const INSPECTIONS_PATH = 'data/3-process/inspections.json.age';
export const FORMS_PATH = 'data/4-results/forms.json.age';
export const RULE_PACK_PATH = 'data/2-plan/rule-pack.json.age';
export const CANDIDATES_PATH = 'data/1-enrolment/candidates.json.age';

const text = z.string().max(200);

export const PlanDocument = z.object({
  examiners: z.array(z.object({ examinerId: text, name: text })),
  panels: z.array(z.object({ roomId: text, examinerId: text, duty: z.enum(['lead', 'member', 'reserve']) })),
  rubric: z
    .object({
      passTenths: z.int(),
      items: z.array(z.object({ itemId: text, maxTenths: z.int(), stepTenths: z.int().min(1).optional() })),
      vetoes: z.array(z.object({ vetoId: text })).default([]),
    })
    .nullable(),
});

export const SheetsDocument = z.object({
  numbers: z.array(z.object({ roomId: text, numbers: z.array(z.object({ candidateId: text, number: text })) })),
  sheets: z.array(
    z.object({
      roomId: text,
      examinerId: text,
      checkCode: text,
      marks: z.record(text, z.record(text, z.int().nonnegative())),
      /** Sheets of before vetoes have none. */
      vetoes: z.record(text, z.array(text)).default({}),
    }),
  ),
  signatures: z.array(z.object({ roomId: text, examinerId: text, checkCode: text, evidenceId: text })),
});

/** Records of before video was judged by candidate lack it. */
const Coverage = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('covered') }),
    z.object({ kind: z.literal('not-covered'), missingMs: z.number() }),
    z.object({ kind: z.literal('accepted'), missingMs: z.number(), acceptanceId: text }),
    z.object({ kind: z.literal('not-judged') }),
  ])
  .default({ kind: 'not-judged' });

const DecisionHand = z.object({ staffId: text, examinerId: text.nullable(), atMs: z.number(), evidenceId: text });
/** Bundles of earlier versions have no such document. */
export const DecisionsDocument = z.object({
  decisions: z.array(
    z.object({
      decisionId: text,
      sessionId: text,
      roomId: text,
      number: text,
      body: DecisionBody,
      reason: z.string(),
      checkCode: text,
      by: DecisionHand,
      check: DecisionHand.extend({ agrees: z.boolean(), note: z.string() }).nullable(),
    }),
  ),
});

export const ResultsDocument = z.object({
  rules: z.object({
    'scoring.combine': z.enum(['mean', 'median', 'trimmed-mean']),
    'scoring.spread-limit-tenths': z.int(),
    'scoring.min-examiners': z.int(),
    'scoring.item-spread-percent': z.int().default(25),
  }),
  rooms: z.array(
    z.object({
      roomId: text,
      passTenths: z.int(),
      panelFaults: z.array(z.object({ ruleId: text, facts: z.record(text, text) })).default([]),
      results: z.array(
        z.object({
          candidateId: text,
          anonymousNumber: text,
          spreadTenths: z.int(),
          scoreTenths: z.int().nullable(),
          result: ResultKind,
          coverage: Coverage,
        }),
      ),
    }),
  ),
});

const Edge = z.object({
  edge: z.enum(['card-ticket', 'live-card', 'live-plan']),
  result: z.enum(['pass', 'near', 'fail', 'not-done']),
  reason: text.optional(),
  score: z.number().nullable(),
  threshold: z.number().nullable(),
});

export const AttemptsDocument = z.array(
  z.object({
    attempt: z.object({
      attemptId: text,
      candidateId: text.nullable(),
      outcome: text,
      edges: z.array(Edge),
      decision: z.object({ kind: text }),
      closedAtMs: z.number().nullable(),
      liveness: z.object({ kind: text }).optional(),
    }),
    /** The switch check; records of before it lack it. */
    like: z.object({ found: z.unknown(), settled: z.unknown() }).nullish(),
    by: text,
    second: text.nullable(),
    frameSha256: z.array(text),
    evidence: z.array(z.object({ evidenceId: text, sha256: text })),
  }),
);

export const JournalLine = z.object({
  seq: z.int(),
  event: text,
  actor: z.object({ kind: text, staffId: text.optional() }).optional(),
  data: z.record(z.string(), z.unknown()),
});

export const FormsDocument = z.object({
  format: z.literal('kaodian-forms/1'),
  forms: z.array(
    z.object({
      formId: text,
      path: text.nullable(),
      refused: text.nullable(),
      signed: z.array(
        z.object({
          evidenceId: text,
          station: text,
          seq: z.int().nonnegative(),
          leaf: z.string().regex(/^[0-9a-f]{64}$/),
        }),
      ),
    }),
  ),
});

/** Admissions taken back; bundles of earlier versions have no such document. */
export const UndoneDocument = z.array(z.object({ candidateId: text, turn: z.int(), attemptId: text }));

export const ConsentsDocument = z.object({
  texts: z.array(z.unknown()).max(100),
  signings: z.array(
    z.object({
      consentId: text,
      candidateId: text,
      face: z.enum(['agreed', 'declined']),
      textSha256: text,
      evidenceSha256: text,
      atMs: z.number(),
    }),
  ),
});

/** The one value of a rule pack's clause, as written in the bundle. */
export const RulePackDocument = z.object({ clauses: z.array(z.object({ id: text, value: z.unknown().optional() })) });

export const CandidatesDocument = z.array(
  z.object({ candidateId: text, roomId: text, workstationId: text.nullable() }),
);

/** What the seating claims read of the plan. */
export const WorkstationsDocument = z.object({
  workstations: z.array(z.object({ workstationId: text, roomId: text })),
});

const Root = z.string().regex(/^[0-9a-f]{64}$/);
export const SeatingDocument = z.object({
  seed: z.object({ size: z.int().nonnegative(), root: Root }).nullable(),
  draws: z.array(z.object({ candidateId: text, roomId: text, place: z.int(), workstationId: text, attemptId: text })),
});

export const PresenceDocument = z.object({
  movements: z.array(z.object({ candidateId: text, kind: text, attemptId: text.nullable() })),
  draws: z.array(
    z.object({
      round: z.union([z.literal(1), z.literal(2)]),
      size: z.int().nonnegative(),
      root: Root,
      present: z.array(text),
      atMs: z.number(),
      endsAtMs: z.number(),
    }),
  ),
  rechecks: z.array(z.object({ recheckId: text, round: z.int(), candidateId: text, dueAtMs: z.number() })),
  results: z.array(
    z.object({
      recheckId: text,
      kind: z.enum(['face-same', 'face-missed', 'eye-same', 'eye-doubt']),
      byStaffId: text,
      secondStaffId: text.nullable(),
      comparison: z
        .object({ threshold: z.number(), planScore: z.number().nullable(), admissionScore: z.number().nullable() })
        .nullable(),
    }),
  ),
});

const Entered = z.object({ atMs: z.number(), byStaffId: text, seq: z.int() });
const Found = z.object({ verdict: z.enum(['in-order', 'finding', 'not-there']), words: z.string().max(2_000) });
/** Bundles of earlier versions have no such document. */
export const InspectionsDocument = z.object({
  inspections: z.array(
    z.object({
      inspectionId: text,
      drawn: PublishedInspection,
      seq: z.int(),
      result: Entered.extend({
        found: z.object({ candidates: z.array(Found.extend({ candidateId: text })), room: Found }),
      }).nullable(),
      signed: Entered.nullable(),
    }),
  ),
});

type Attempts = z.infer<typeof AttemptsDocument>;
type Undone = z.infer<typeof UndoneDocument>;

/** Records that admit, by whichever way, and that nobody has taken back. */
export function standingIn(attempts: Attempts, undone: Undone): Attempts {
  const takenBack = new Set(undone.map((u) => u.attemptId));
  return attempts.filter(({ attempt: a }) => admits(a.outcome) && !takenBack.has(a.attemptId));
}

export const admits = (outcome: string): boolean => outcome === 'admitted' || outcome === 'admitted-by-hand';

/** Ids of the candidates whose admission stands. */
export const admittedIn = (attempts: Attempts, undone: Undone): Set<string> =>
  new Set(standingIn(attempts, undone).flatMap(({ attempt: a }) => (a.candidateId ? [a.candidateId] : [])));

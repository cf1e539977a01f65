import { z } from 'zod';

/** What the claims about contents read of the volumes. Only the members they use; a stranger's file may lack any. */

export const RESULTS_PATH = 'data/4-results/results.json.age';
export const SHEETS_PATH = 'data/4-results/sheets.json.age';
export const PLAN_PATH = 'data/2-plan/plan.json.age';
export const ATTEMPTS_PATH = 'data/3-process/attempts.json.age';

const text = z.string().max(200);

export const PlanDocument = z.object({
  examiners: z.array(z.object({ examinerId: text, name: text })),
  panels: z.array(z.object({ roomId: text, examinerId: text, duty: z.enum(['lead', 'member', 'reserve']) })),
  rubric: z.object({ passTenths: z.int(), items: z.array(z.object({ itemId: text, maxTenths: z.int() })) }).nullable(),
});

export const SheetsDocument = z.object({
  numbers: z.array(z.object({ roomId: text, numbers: z.array(z.object({ candidateId: text, number: text })) })),
  sheets: z.array(
    z.object({
      roomId: text,
      examinerId: text,
      checkCode: text,
      marks: z.record(text, z.record(text, z.int().nonnegative())),
    }),
  ),
  signatures: z.array(z.object({ roomId: text, examinerId: text, checkCode: text, evidenceId: text })),
});

export const ResultsDocument = z.object({
  rules: z.object({
    'scoring.combine': z.enum(['mean', 'median', 'trimmed-mean']),
    'scoring.spread-limit-tenths': z.int(),
    'scoring.min-examiners': z.int(),
  }),
  rooms: z.array(
    z.object({
      roomId: text,
      passTenths: z.int(),
      results: z.array(
        z.object({
          candidateId: text,
          anonymousNumber: text,
          spreadTenths: z.int(),
          scoreTenths: z.int().nullable(),
          result: z.enum(['passed', 'failed', 'absent', 'not-confirmed']),
        }),
      ),
    }),
  ),
});

const Edge = z.object({
  edge: z.enum(['card-ticket', 'live-card', 'live-plan']),
  result: z.enum(['pass', 'near', 'fail', 'not-done']),
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
    }),
    by: text,
    second: text.nullable(),
    frameSha256: z.array(text),
    evidence: z.array(z.object({ evidenceId: text, sha256: text })),
  }),
);

export const JournalLine = z.object({ event: text, data: z.record(z.string(), z.unknown()) });

/** Ids of the candidates the records admit, by whichever way. */
export const admittedIn = (attempts: z.infer<typeof AttemptsDocument>): Set<string> =>
  new Set(
    attempts.flatMap(({ attempt: a }) =>
      (a.outcome === 'admitted' || a.outcome === 'admitted-by-hand') && a.candidateId ? [a.candidateId] : [],
    ),
  );

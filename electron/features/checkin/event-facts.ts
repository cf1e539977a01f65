import { z } from 'zod';

/** One side of the triangle, as decided. */
export const EdgeFact = z.object({
  edge: z.string(),
  result: z.string(),
  reason: z.string(),
  score: z.number().nullable(),
  threshold: z.number().nullable(),
});

/** Whom a live face was taken for: ids and numbers, no names. */
export const LikeFact = z.object({
  kind: z.string(),
  id: z.string(),
  attemptId: z.string().nullable(),
  score: z.number(),
  threshold: z.number(),
});

/** A head turn in numbers: see TurnFact of open-attempt.ts. */
export const TurnFact = z.object({
  result: z.string(),
  reason: z.string().nullable(),
  product: z.string().nullable(),
  evidence: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  likenessAfter: z.number().nullable(),
  passive: z.number().nullable(),
});

/** What every closing of an attempt puts on record. Names and numbers stay in the attempt; the journal has the ids. */
export const Closed = z.object({
  attemptId: z.string(),
  candidateId: z.string().nullable(),
  roomId: z.string(),
  lane: z.int(),
  seat: z.string().nullable(),
  decision: z.string(),
  edges: z.array(EdgeFact),
  documentBy: z.string(),
  ticketPresented: z.boolean(),
  consent: z.enum(['agreed', 'declined']).nullable(),
  liveness: z.string(),
  engine: z.string().nullable(),
  turn: TurnFact.nullable(),
  /** With how many faces this one was compared; `found`: whom it was taken for. */
  like: z
    .object({
      found: LikeFact.nullable(),
      comparedWith: z.int(),
      notCompared: z.int(),
      settled: z.object({ staffId: z.string(), note: z.string() }).nullable(),
    })
    .nullable(),
  frameSha256: z.array(z.string()),
  evidence: z.array(z.object({ kind: z.string(), evidenceId: z.string(), sha256: z.string() })),
});

/** What two persons add. */
export const ByHand = Closed.extend({
  reason: z.string(),
  note: z.string(),
  checks: z.array(z.string()),
  secondStaffId: z.string(),
  /** What each of the two had before them. */
  saw: z.array(
    z.object({
      staffId: z.string(),
      checks: z.array(z.string()),
      pictures: z.array(z.object({ which: z.string(), sha256: z.string() })),
    }),
  ),
});

/** A lane of a room's door. */
export const At = z.object({ roomId: z.string(), lane: z.int() });

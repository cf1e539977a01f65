import { z } from 'zod';

export const THEORY_PATH = 'data/4-results/theory.json.age';

const text = z.string().max(200);

/** What the claims read of a theory session's marks: as accepted, as typed by each of two, as settled by both. */
export const TheoryDocument = z.object({
  accepted: z
    .object({
      sessionId: text,
      source: z.enum(['machine', 'typed-twice']),
      fileSha256: text.nullable(),
      fileEvidence: text.nullable(),
      marks: z.record(text, z.int().min(0).max(1000)),
      checkCode: text,
      byStaff: text,
      secondStaff: text.nullable(),
      evidenceId: text,
    })
    .nullable(),
  typed: z.array(z.object({ staffId: text, candidateId: text, tenths: z.int().nullable() })).max(20_000),
  settled: z.array(z.object({ candidateId: text, tenths: z.int(), byStaff: text, secondStaff: text })).max(20_000),
});

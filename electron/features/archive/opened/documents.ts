import { z } from 'zod';
import { CandidatesDocument } from '../content/documents.ts';

const text = z.string().max(400);
const ms = z.number();
const noText = text.catch('');
const orNull = <T extends z.ZodType>(of: T) => of.nullable().catch(null);

/*
 * What the page reads of each document. Nothing here is proved: that is for `verifyBundle`. So a field that is not as
 * expected is left out, and only a document of another shape is not read at all.
 */

export const People = z.array(
  CandidatesDocument.element.extend({
    name: noText,
    ticketNumber: noText,
    documentNumber: noText,
  }),
);

export const Plan = z.object({
  session: z.object({ label: noText, occupation: noText, level: noText, startsAtMs: ms, endsAtMs: ms }),
  rooms: z.array(
    z.object({
      roomId: text,
      name: noText,
      location: noText,
      cameras: z
        .array(z.object({ cameraId: text, label: noText, sees: z.array(text).optional().catch(undefined) }))
        .catch([]),
    }),
  ),
  workstations: z.array(z.object({ workstationId: text, label: noText })).catch([]),
  examiners: z.array(z.object({ examinerId: text, name: noText })).catch([]),
  panels: z.array(z.object({ roomId: text, examinerId: text, duty: noText })).catch([]),
  rubric: z
    .object({ items: z.array(z.object({ itemId: text, title: noText, maxTenths: z.number() })) })
    .nullable()
    .catch(null),
});

const Edge = z.object({
  edge: text,
  result: text,
  reason: noText,
  score: orNull(z.number()),
  threshold: orNull(z.number()),
});
export const Attempts = z.array(
  z.object({
    attempt: z.object({
      attemptId: noText,
      candidateId: orNull(text),
      name: orNull(text),
      startedAtMs: ms.catch(0),
      closedAtMs: orNull(ms),
      outcome: noText,
      documentBy: noText,
      decision: z.object({ kind: text }).catch({ kind: '' }),
      liveness: z.object({ kind: text }).catch({ kind: 'not-asked' }),
      edges: z.array(Edge).catch([]),
    }),
    by: noText,
    second: orNull(text),
    manual: orNull(z.object({ reason: noText, note: noText })),
    evidence: z.array(z.object({ kind: text, evidenceId: text })).catch([]),
  }),
);

export const Staff = z.array(z.object({ staffId: text, name: noText }));
export const Absences = z.array(text);

export const Consents = z.object({
  signings: z.array(z.object({ candidateId: text, face: noText, atMs: ms, evidenceId: noText })),
});

export const Strokes = z.object({
  strokes: z.array(z.array(z.tuple([z.number(), z.number()], z.number())).max(2000)).max(400),
});

export const Presence = z.object({
  movements: z.array(
    z.object({ candidateId: text, kind: noText, atMs: ms, byStaffId: noText, note: noText, evidenceId: orNull(text) }),
  ),
  rechecks: z.array(z.object({ recheckId: text, candidateId: text })),
  results: z.array(
    z.object({
      recheckId: text,
      kind: noText,
      atMs: ms,
      byStaffId: noText,
      secondStaffId: orNull(text),
      comparison: orNull(z.object({ planScore: orNull(z.number()) })),
      evidenceId: orNull(text),
    }),
  ),
});

const Gap = z.object({ beginMs: ms, endMs: ms });
export const Coverage = z.object({
  candidates: z.array(
    z.object({ candidateId: text, present: z.array(Gap), gaps: z.array(Gap), seenBy: z.array(text), verdict: noText }),
  ),
});

export const Recordings = z.array(
  z.object({
    cameraId: text,
    gaps: z.array(z.object({ beginMs: ms, endMs: orNull(ms), reason: noText })).catch([]),
  }),
);

const Seats = z.array(z.object({ examinerId: text, duty: noText }));
export const Panels = z.object({
  rooms: z.array(
    z.object({
      roomId: text,
      planned: Seats,
      changes: z.array(
        z.object({ version: z.number(), panel: Seats, act: noText, reason: noText, byStaffId: noText, atMs: ms }),
      ),
      evaluations: z.array(
        z.object({
          stage: noText,
          atMs: ms,
          clauses: z.array(z.object({ outcome: text })).catch([]),
          decisions: z.array(z.unknown()).catch([]),
        }),
      ),
    }),
  ),
});

export const Sheets = z.object({
  numbers: z.array(z.object({ roomId: text, numbers: z.array(z.object({ candidateId: text, number: text })) })),
  sheets: z.array(
    z.object({
      roomId: text,
      examinerId: text,
      checkCode: noText,
      lockedAtMs: orNull(ms),
      marks: z.record(text, z.record(text, z.number())).catch({}),
      vetoes: z.record(text, z.array(text)).catch({}),
    }),
  ),
  signatures: z.array(z.object({ roomId: text, examinerId: text })).catch([]),
});

const Hand = z.object({ name: noText, atMs: ms });
export const Decisions = z.object({
  decisions: z.array(
    z.object({
      roomId: text,
      number: text,
      body: z.looseObject({ kind: text }),
      reason: noText,
      by: Hand,
      check: orNull(Hand.extend({ agrees: z.boolean() })),
    }),
  ),
});

export const Results = z.object({
  rooms: z.array(
    z.object({
      roomId: text,
      passTenths: z.number(),
      results: z.array(
        z.object({
          candidateId: text,
          anonymousNumber: noText,
          result: noText,
          scoreTenths: orNull(z.number()),
          spreadTenths: z.number().catch(0),
          decidedItems: z.array(text).catch([]),
          totals: z
            .array(z.object({ examiner: noText, totalTenths: z.number(), correctedTenths: orNull(z.number()) }))
            .catch([]),
        }),
      ),
    }),
  ),
});

export const Line = z.object({
  seq: z.number(),
  wallMs: ms.catch(0),
  event: text,
  actor: z.looseObject({ kind: noText, staffId: text.optional().catch(undefined) }).catch({ kind: '' }),
  data: z.record(z.string(), z.unknown()).catch({}),
});

import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';

export const JournalRow = z.object({
  seq: z.int(),
  wallMs: z.number(),
  event: z.string(),
  meaning: z.object({ zh: z.string(), en: z.string() }),
  refusal: z.boolean(),
  actor: z.object({ name: z.string(), role: z.string(), desk: z.string() }),
  sessionId: z.string().nullable(),
  /**
   * As recorded; document numbers are masked before they are recorded. Of marks not yet revealed, a note in their place:
   * the record itself keeps them.
   */
  data: z.unknown(),
});
export type JournalRow = z.infer<typeof JournalRow>;

export const journal = {
  /** Newest first. */
  page: callableBy(['site-lead', 'supervisor'])
    .input(
      z.object({
        beforeSeq: z.int().nullable().default(null),
        limit: z.int().min(1).max(200).default(50),
        sessionId: SessionId.nullable().default(null),
        refusalsOnly: z.boolean().default(false),
        contains: z.string().max(60).default(''),
      }),
    )
    .output(z.object({ rows: z.array(JournalRow), size: z.int() })),
  /** The newest signed checkpoint, as the text that leaves the station. */
  checkpoint: callableBy(['site-lead', 'supervisor'])
    .output(z.object({ note: z.string(), size: z.int(), atMs: z.number() }))
    .errors({ KEYS_LOCKED: { status: 423 } }),
};

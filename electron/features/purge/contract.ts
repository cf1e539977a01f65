import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';
import { Pin, pinErrors } from '../staff/contract.ts';

/** photographs: faces and documents of candidates. video: the recordings. Everything else stays. */
export const PurgeKind = z.enum(['photographs', 'video']);
export type PurgeKind = z.infer<typeof PurgeKind>;

export const PurgeRow = z.object({
  kind: PurgeKind,
  /** Files of the session that are still on this machine, and their bytes. */
  files: z.int(),
  bytes: z.number(),
  /** Kept for so many days after the session, by the rule pack. */
  days: z.int(),
  clauseId: z.string(),
  /** The earliest moment. */
  fromMs: z.number(),
  state: z.enum(['no-receipt', 'too-early', 'ready', 'nothing-left']),
  /** The certificate of the purge that was done. */
  done: z
    .object({
      purgeId: z.string(),
      atMs: z.number(),
      files: z.int(),
      bytes: z.number(),
      byName: z.string(),
      secondName: z.string(),
    })
    .nullable(),
});
export type PurgeRow = z.infer<typeof PurgeRow>;

export const PurgeView = z.object({
  sessionId: SessionId,
  receiptNumber: z.string().nullable(),
  rows: z.array(PurgeRow),
});
export type PurgeView = z.infer<typeof PurgeView>;

/** A session whose recordings may be taken away now. */
export const ReadyVideo = z.object({
  sessionId: SessionId,
  label: z.string(),
  endedAtMs: z.number(),
  bytes: z.number(),
});
export type ReadyVideo = z.infer<typeof ReadyVideo>;

const seen = callableBy(['site-lead', 'supervisor']);
const NO_SUCH_SESSION = { status: 404 };

export const purge = {
  of: seen
    .input(z.object({ sessionId: SessionId }))
    .output(PurgeView)
    .errors({ NO_SUCH_SESSION }),
  /** Whose video may go where room is needed: only what the centre has signed for and no rule keeps, oldest session first. */
  readyVideo: seen.output(z.array(ReadyVideo)),
  /** Takes the files away for good. The lead's PIN, and that of a supervisor or another lead. */
  run: callableBy(['site-lead'])
    .input(
      z.object({
        sessionId: SessionId,
        kind: PurgeKind,
        pin: Pin,
        second: z.object({ staffId: z.string().max(60), pin: Pin }),
      }),
    )
    .output(PurgeView)
    .errors({
      ...pinErrors,
      NO_SUCH_SESSION,
      /** The centre has not signed for the session's bundle. */
      PURGE_NO_RECEIPT: { status: 409 },
      PURGE_TOO_EARLY: { status: 409, data: z.object({ fromMs: z.number() }) },
      PURGE_NOTHING_LEFT: { status: 409 },
      NOT_A_SECOND: { status: 403 },
      KEYS_LOCKED: { status: 423 },
    }),
  /** What was taken away, signed by the station: the text and its signature. */
  certificate: seen
    .input(z.object({ purgeId: z.string().max(60) }))
    .output(z.object({ text: z.string(), signature: z.string() }))
    .errors({ NO_SUCH_PURGE: { status: 404 } }),
};

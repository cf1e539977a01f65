import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';

export const RehearsalStep = z.object({
  step: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  result: z.enum(['running', 'as-expected', 'not-as-expected', 'skipped']),
  detail: z.string(),
  tookMs: z.number(),
});
export type RehearsalStep = z.infer<typeof RehearsalStep>;

export const RehearsalRun = z.object({
  state: z.enum(['idle', 'running', 'passed', 'failed', 'cancelled']),
  startedAtMs: z.number().nullable(),
  steps: z.array(RehearsalStep),
  folder: z.string().nullable(),
});
export type RehearsalRun = z.infer<typeof RehearsalRun>;

/** The year 2100, as in plans: a clock moved beyond by a slip could never be moved back. */
const LAST_WALL_MS = 4_102_444_800_000;

export const rehearsal = {
  /** Starts a whole exam day in another process and a throw-away data folder; this station's records are untouched. */
  start: callableBy(['site-lead'])
    .output(RehearsalRun)
    .errors({ ALREADY_RUNNING: { status: 409 } }),
  cancel: callableBy(['site-lead']).output(RehearsalRun),
  status: callableBy(['site-lead']).output(RehearsalRun),
  /** Only in a station started as a rehearsal: moves its clock forward, journaled. */
  moveClock: callableBy(['site-lead'])
    .input(z.object({ toWallMs: z.int().max(LAST_WALL_MS) }))
    .output(z.object({ wallMs: z.number() }))
    .errors({ NOT_A_REHEARSAL: { status: 403 }, BACKWARDS: { status: 422 } }),
};

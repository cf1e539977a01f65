import { z } from 'zod';
import { ReaderView } from '../features/checkin/contract.ts';

/** What one window hears. `changed` names what to read again; it carries no data, so nothing leaks by subscription. */
export const StationEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hello'), wallMs: z.number() }),
  // Monotonic time beside it: that the clock was set can then be told from an event that came late.
  z.object({ kind: z.literal('tick'), wallMs: z.number(), monoMs: z.number() }),
  z.object({ kind: z.literal('reader'), roomId: z.string().nullable(), lane: z.int().nullable(), reader: ReaderView }),
  z.object({
    kind: z.literal('changed'),
    topic: z.enum([
      'site',
      'staff',
      'plan',
      'session',
      'checkin',
      'presence',
      'recording',
      'scoring',
      'appraisal',
      'assignment',
      'archive',
      'delivery',
      'examiners',
      'rules',
      'journal',
      'rehearsal',
      'supervision',
      'alarm',
    ]),
  }),
]);
export type StationEvent = z.infer<typeof StationEvent>;

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const Stretch = z.object({ beginMs: z.number(), endMs: z.number() });

export const coverageEvents = {
  accepted: event(
    'coverage.accepted',
    '录像覆盖不足，两人确认接受并写明理由',
    'Two persons accepted that the video of a candidate is short, and said why',
    z.object({
      acceptanceId: z.string(),
      candidateId: z.string(),
      reason: z.string(),
      byStaffId: z.string(),
      secondStaffId: z.string(),
      presentMs: z.number(),
      mostMs: z.number(),
      gaps: z.array(Stretch),
    }),
  ),
  acceptanceRefused: refusal(
    'coverage.acceptance-refused',
    '没有接受录像覆盖不足',
    'That the video of a candidate is short was not accepted',
    z.object({ candidateId: z.string(), code: z.string() }),
  ),
};

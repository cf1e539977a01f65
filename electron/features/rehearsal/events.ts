import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const rehearsalEvents = {
  clockMoved: event(
    'rehearsal.clock-moved',
    '演练拨快时钟',
    'The rehearsal moved its clock forward',
    z.object({ toMs: z.number(), byMs: z.number() }),
  ),
  clockRefused: refusal(
    'rehearsal.clock-refused',
    '不是演练，时钟没有动',
    'Not a rehearsal; the clock was not moved',
    z.object({ code: z.string() }),
  ),
};

import { z } from 'zod';
import { event } from '../../journal/events.ts';

export const seatingEvents = {
  seedRecorded: event(
    'seating.seed-recorded',
    '记下抽工位的种子：此刻日志的根',
    'The seed for drawing workstations: the root of the journal at this moment',
    z.object({
      size: z.int(),
      root: z.string(),
      rooms: z.array(z.object({ roomId: z.string(), free: z.array(z.string()) })),
    }),
  ),
  drawn: event(
    'seating.drawn',
    '抽定工位',
    'A workstation was drawn',
    z.object({
      candidateId: z.string(),
      attemptId: z.string(),
      roomId: z.string(),
      /** From 1: which draw of the room. */
      place: z.int(),
      workstationId: z.string(),
    }),
  ),
};

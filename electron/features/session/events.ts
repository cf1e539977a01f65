import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const sessionEvents = {
  opened: event(
    'session.opened',
    '考务准备通过，开门',
    'Readiness passed; the door is open',
    z.object({ readiness: z.array(z.object({ code: z.string(), result: z.string() })) }),
  ),
  openRefused: refusal(
    'session.open-refused',
    '考务准备没通过，没有开门',
    'Readiness failed; the door stayed shut',
    z.object({ stops: z.array(z.string()) }),
  ),
  closed: event(
    'session.closed',
    '考试结束，未到的计缺考',
    'The session ended; whoever had not come is absent',
    z.object({ absent: z.array(z.string()), earlyReason: z.string() }),
  ),
  closeRefused: refusal(
    'session.close-refused',
    '没到时间，没有结束',
    'Too early to end',
    z.object({ endsAtMs: z.number() }),
  ),
  stepRefused: refusal(
    'session.step-refused',
    '场次不在这一步，没有做',
    'The session was not at that step; nothing was done',
    z.object({ step: z.enum(['open', 'close', 'mark']), state: z.string() }),
  ),
  marked: event(
    'session.moment-marked',
    '记下这一刻',
    'A moment was marked',
    z.object({ roomId: z.string().nullable(), cameraId: z.string().nullable(), note: z.string() }),
  ),
};

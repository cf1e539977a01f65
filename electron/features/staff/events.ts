import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const Who = z.object({ staffId: z.string() });

export const staffEvents = {
  added: event(
    'staff.added',
    '登记了一名工作人员',
    'A member of staff was added',
    Who.extend({ name: z.string(), roles: z.array(z.string()), examinerId: z.string().nullable() }),
  ),
  signedIn: event('staff.signed-in', '登录', 'Signed in', Who.extend({ desk: z.string() })),
  signedOut: event('staff.signed-out', '退出登录', 'Signed out', Who),
  pinChanged: event('staff.pin-changed', '改了自己的 PIN', 'Changed their own PIN', Who),
  wrongPin: refusal(
    'staff.wrong-pin',
    'PIN 不对',
    'A wrong PIN was typed',
    Who.extend({ failures: z.int(), purpose: z.string() }),
  ),
  pinLocked: refusal(
    'staff.pin-locked',
    'PIN 连续输错，暂停中',
    'A PIN was tried while locked out',
    Who.extend({ purpose: z.string(), retryAtMs: z.number() }),
  ),
  addRefused: refusal(
    'staff.add-refused',
    '没有登记工作人员',
    'A member of staff was not added',
    z.object({ code: z.string() }),
  ),
};

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';
import { AskKind, NoReason, ViewEnd } from './protocol-words.ts';

const Asked = z.object({ requestId: z.string(), ask: AskKind, roomId: z.string() });
/** Who it was, as the centre names them. */
const By = z.object({ byName: z.string(), byDuty: z.string() });
const Look = z.object({ viewId: z.string(), roomId: z.string() });

export const supervisionEvents = {
  liveSet: event(
    'supervision.live-set',
    '设置实时画面的去处',
    'Where live pictures go was set',
    z.object({ way: z.string(), address: z.string(), views: z.string() }),
  ),
  liveRefused: refusal(
    'supervision.live-refused',
    '实时画面的去处没有改',
    'Where live pictures go was not changed',
    z.object({ way: z.string(), code: z.string() }),
  ),
  requested: event(
    'supervision.requested',
    '鉴定中心提出请求：看考场、提问或要一张画面',
    'The centre asked to look into a room, for an answer, or for a still',
    Asked.extend(By.shape).extend({ cameraId: z.string().nullable(), text: z.string() }),
  ),
  answered: event(
    'supervision.answered',
    '答复鉴定中心的请求',
    'A request of the centre was answered',
    Asked.extend({ outcome: z.enum(['reply', 'view', 'still']), text: z.string() }),
  ),
  declined: refusal(
    'supervision.declined',
    '没有答应鉴定中心的请求',
    'A request of the centre was not met',
    Asked.extend({ reason: NoReason, text: z.string() }),
  ),
  stillTaken: event(
    'supervision.still-taken',
    '按鉴定中心的请求取了一张画面，尚未送出',
    'A still was taken for the centre; it has not left the site',
    z.object({ requestId: z.string(), cameraId: z.string().nullable(), takenAtMs: z.int(), sha256: z.string() }),
  ),
  stillSent: event(
    'supervision.still-sent',
    '画面送交鉴定中心',
    'The still went to the centre',
    z.object({
      requestId: z.string(),
      cameraId: z.string().nullable(),
      takenAtMs: z.int(),
      sha256: z.string(),
      evidenceId: z.string(),
    }),
  ),
  viewBegun: event(
    'supervision.view-begun',
    '鉴定中心开始看考场',
    'The centre began to look into a room',
    Look.extend(By.shape).extend({
      requestId: z.string(),
      /** Whether a person of the site allowed this look, or the setting did. */
      allowedBy: z.enum(['person', 'setting']),
    }),
  ),
  viewEnded: event(
    'supervision.view-ended',
    '鉴定中心不再看考场',
    'The centre no longer looks into a room',
    Look.extend({ reason: ViewEnd, sinceMs: z.int() }),
  ),
  sendingBegun: event(
    'supervision.sending-begun',
    '开始往 WHIP 服务器送一路画面；那边谁在看，本站不知道',
    'A picture began to go to a WHIP server; who looks there is not known here',
    z.object({ roomId: z.string(), cameraId: z.string(), host: z.string() }),
  ),
  sendingEnded: event(
    'supervision.sending-ended',
    '不再往 WHIP 服务器送这一路画面',
    'A picture no longer goes to a WHIP server',
    z.object({ roomId: z.string(), cameraId: z.string(), host: z.string() }),
  ),
  misspoke: refusal(
    'supervision.centre-misspoke',
    '鉴定中心发来协议里没有的内容，断开重连',
    'The centre sent what the protocol does not have; the line was closed and made again',
    z.object({ fault: z.string() }),
  ),
};

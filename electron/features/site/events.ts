import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const siteEvents = {
  created: event(
    'site.created',
    '建立考核点，生成密钥',
    'The site and its keys were created',
    z.object({
      stationId: z.string(),
      siteName: z.string(),
      filingNumber: z.string(),
      signingKey: z.string(),
      recipient: z.string(),
      keyWrap: z.string(),
    }),
  ),
  createRefused: refusal(
    'site.create-refused',
    '没有建立考核点',
    'The site was not created',
    z.object({ code: z.string() }),
  ),
  started: event(
    'site.station-started',
    '工作站启动',
    'The station started',
    z.object({ version: z.string(), shell: z.string(), rehearsal: z.boolean() }),
  ),
  faceEngine: event(
    'site.face-engine',
    '人脸引擎就绪或不可用',
    'The face engine opened, or did not',
    z.object({ state: z.string(), engine: z.string() }),
  ),
  unlocked: event(
    'site.unlocked',
    '解锁密钥',
    'The keys were unlocked',
    z.object({ by: z.enum(['keystore', 'passphrase']) }),
  ),
  unlockRefused: refusal(
    'site.unlock-refused',
    '密钥没有解锁',
    'The keys were not unlocked',
    z.object({ code: z.string() }),
  ),
  clockJumped: event(
    'site.clock-jumped',
    '电脑时钟跳变',
    "The computer's clock jumped",
    z.object({ fromMs: z.number(), toMs: z.number(), jumpMs: z.number() }),
  ),
  deskInvited: event(
    'site.desk-invited',
    '发出一个台的进入地址',
    'A one-time address for a desk was given out',
    z.object({ path: z.string() }),
  ),
  readerSet: event('site.reader-set', '设置读卡器', 'The reader was set', z.object({ address: z.string() })),
  readerRefused: refusal(
    'site.reader-refused',
    '读卡器地址不认，没有改',
    'The reader was not changed: its address means nothing',
    z.object({ address: z.string() }),
  ),
  callRefused: refusal(
    'site.call-refused',
    '拒绝了一个请求',
    'A request was refused',
    z.object({ reason: z.string(), path: z.string(), times: z.int() }),
  ),
};

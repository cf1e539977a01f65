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
  readerSet: event(
    'site.reader-set',
    '设置读卡器',
    'A reader was added or changed',
    z.object({ readerId: z.string(), label: z.string(), address: z.string(), beyondThisMachine: z.boolean() }),
  ),
  readerRemoved: event(
    'site.reader-removed',
    '移除读卡器',
    'A reader was taken off the list',
    z.object({ readerId: z.string(), label: z.string() }),
  ),
  readerRefused: refusal(
    'site.reader-refused',
    '读卡器没有改：地址不认、已占用或太多',
    'A reader was not added or changed: its address means nothing or is taken, or there are too many',
    z.object({ address: z.string(), code: z.string() }),
  ),
  readerPlaced: event(
    'site.reader-placed',
    '指定读卡器用在哪个门',
    'A reader was given to a lane',
    z.object({ readerId: z.string(), roomId: z.string(), lane: z.int() }),
  ),
  readerModule: event(
    'site.reader-module',
    '读卡器报出安全模块号',
    "A reader's security module told its number, the first time since it was opened or another than before",
    z.object({ readerId: z.string(), samId: z.string(), before: z.string().nullable() }),
  ),
  readerTried: event(
    'site.reader-tried',
    '放证试读读卡器',
    'A card was laid to try a reader; it reached no door and nothing of it was kept',
    z.object({ readerId: z.string(), kind: z.string(), photo: z.string(), decoder: z.string().nullable() }),
  ),
  photoDecoderSet: event(
    'site.photo-decoder-set',
    '设置证件照解码程序',
    "The program that decodes cards' photographs was set; empty for none",
    z.object({ commandLine: z.string() }),
  ),
  photoDecoderRefused: refusal(
    'site.photo-decoder-refused',
    '证件照解码程序没有改',
    'The program for photographs was not changed',
    z.object({ code: z.string() }),
  ),
  photoUndecoded: refusal(
    'site.photo-undecoded',
    '证件照没有解出来',
    "A card's photograph could not be decoded; the check went on without it",
    z.object({ code: z.string(), detail: z.string(), resting: z.boolean() }),
  ),
  callRefused: refusal(
    'site.call-refused',
    '拒绝了一个请求',
    'A request was refused',
    z.object({ reason: z.string(), path: z.string(), times: z.int() }),
  ),
};

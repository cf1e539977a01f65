import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const change = z.object({
  oldKey: z.string(),
  newKey: z.string(),
  journalSize: z.int(),
  by: z.string(),
  second: z.string(),
});

export const keysEvents = {
  rotated: event('keys.rotated', '轮换考点密钥', "The station's key was followed by a new one", change),
  renewed: event(
    'keys.renewed',
    '口令遗失，另立考点密钥',
    'New keys took the place of those whose passphrase is lost; the old one could not sign for them',
    change,
  ),
  refused: refusal(
    'keys.change-refused',
    '没有更换考点密钥',
    "The station's keys were not changed",
    z.object({ act: z.string(), code: z.string() }),
  ),
  tookOver: event(
    'keys.took-over',
    '收下鉴定中心的接替书',
    "The centre's order that puts this key in the place of a lost one was kept",
    z.object({
      lost: z.string(),
      journal: z.int(),
      fromSize: z.int(),
      previousTagManifestSha256: z.string().nullable(),
    }),
  ),
};

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const Value = z.union([z.int(), z.boolean(), z.string()]);
const Named = { packId: z.string(), version: z.int() };

export const rulesEvents = {
  installed: event(
    'rules.installed',
    '装入鉴定中心签名的规则包',
    'A rule pack signed by the centre was installed',
    z.object({ ...Named, sha256: z.string(), signedBy: z.string(), before: z.int().nullable() }),
  ),
  installRefused: refusal(
    'rules.install-refused',
    '没有装入规则包',
    'A rule pack was not installed',
    z.object({ reason: z.string(), detail: z.string(), fileSha256: z.string() }),
  ),
  changed: event(
    'rules.changed',
    '两人改动本地规则值',
    'A value of a rule was changed here by two persons',
    z.object({
      changeId: z.string(),
      packId: z.string(),
      clauseId: z.string(),
      was: Value,
      value: Value,
      reason: z.string(),
      byStaffId: z.string(),
      secondStaffId: z.string(),
    }),
  ),
  changeRefused: refusal(
    'rules.change-refused',
    '没有改动本地规则值',
    'A value of a rule was not changed',
    z.object({ clauseId: z.string(), code: z.string() }),
  ),
  frozen: event(
    'rules.frozen',
    '开场时固定本场规则包',
    'The rule pack of a session was fixed as it was opened',
    z.object({ ...Named, sha256: z.string() }),
  ),
};

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const planEvents = {
  adopted: event(
    'plan.adopted',
    '采用场次计划',
    'A session plan was adopted',
    z.object({
      planId: z.string(),
      digest: z.string(),
      signed: z.boolean(),
      sessions: z.int(),
      candidates: z.int(),
      examiners: z.int(),
      centreRecipient: z.string(),
    }),
  ),
  photoSeen: event(
    'plan.photo-seen',
    '查看了考生的报名照',
    "A candidate's photograph was looked at",
    z.object({ candidateId: z.string() }),
  ),
  unknownSigner: refusal(
    'plan.unknown-signer',
    '计划包的签名不认识，等负责人核对指纹',
    'A plan package was signed by an unknown key',
    z.object({ fingerprint: z.string() }),
  ),
  checkFailed: refusal(
    'plan.check-failed',
    '计划文件有错，一行都没存',
    'A plan file had errors; nothing was saved',
    z.object({ problems: z.int(), codes: z.array(z.string()) }),
  ),
  adoptRefused: refusal('plan.adopt-refused', '没有采用计划', 'A plan was not adopted', z.object({ code: z.string() })),
};

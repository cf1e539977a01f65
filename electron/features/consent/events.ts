import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const consentEvents = {
  signed: event(
    'consent.signed',
    '考生签署承诺书，同意或不同意比对人脸',
    'A candidate signed the pledge, and agreed to or declined the comparison of faces',
    z.object({
      consentId: z.string(),
      candidateId: z.string(),
      face: z.enum(['agreed', 'declined']),
      textSha256: z.string(),
      lane: z.int(),
      evidenceId: z.string(),
      sha256: z.string(),
    }),
  ),
  refused: refusal(
    'consent.refused',
    '签署没有记下',
    'A signing was not taken',
    z.object({ candidateId: z.string(), code: z.string() }),
  ),
};

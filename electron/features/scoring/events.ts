import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const Sheet = z.object({ roomId: z.string(), examinerId: z.string() });

export const scoringEvents = {
  numbersDrawn: event(
    'scoring.numbers-drawn',
    '抽定匿名号',
    'Anonymous numbers were drawn',
    z.object({ roomId: z.string(), numbers: z.record(z.string(), z.string()) }),
  ),
  marked: event(
    'scoring.marked',
    '打分（草稿）',
    'A draft mark was set or cleared',
    Sheet.extend({
      number: z.string(),
      itemId: z.string(),
      tenths: z.int().nullable(),
      before: z.int().nullable(),
    }),
  ),
  noted: event('scoring.noted', '写备注（草稿）', 'A draft note was written', Sheet.extend({ number: z.string() })),
  locked: event(
    'scoring.locked',
    '锁定评分',
    'Marks were locked',
    Sheet.extend({ checkCode: z.string(), marksSha256: z.string(), totals: z.record(z.string(), z.int()) }),
  ),
  revealed: event(
    'scoring.revealed',
    '全组锁定，评分公开',
    'All have locked; marks lie open',
    z.object({ roomId: z.string() }),
  ),
  signed: event(
    'scoring.signed',
    '签名交出评分',
    'Marks were signed',
    Sheet.extend({ checkCode: z.string(), evidenceId: z.string(), sha256: z.string() }),
  ),
  refused: refusal(
    'scoring.refused',
    '评分操作没有做',
    'A marking step was refused',
    z.object({ step: z.string(), code: z.string(), roomId: z.string() }),
  ),
};

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const paperEvents = {
  counted: event(
    'paper.counted',
    '录入一遍纸质材料的件数',
    'Pieces of paper were counted and typed once',
    z.object({
      attempt: z.int(),
      round: z.int(),
      counts: z.record(z.string(), z.int()),
      /** Who counted: at another's desk it is not whoever is signed in. */
      byStaff: z.string(),
    }),
  ),
  compared: event(
    'paper.compared',
    '两遍件数对过',
    'Two counts were held against each other',
    z.object({
      round: z.int(),
      agreed: z.record(z.string(), z.int()),
      differs: z.record(z.string(), z.array(z.int())),
    }),
  ),
  countAgain: event(
    'paper.count-again',
    '件数重新清点',
    'The pieces are counted anew',
    z.object({ reason: z.string() }),
  ),
  countRefused: refusal(
    'paper.count-refused',
    '件数没有记下',
    'A count was not taken',
    z.object({ round: z.int(), code: z.string() }),
  ),
  scanAdded: event(
    'paper.scan-added',
    '加入一份扫描件',
    'A scan was added to a volume',
    z.object({
      scanId: z.string(),
      volume: z.int(),
      title: z.string(),
      source: z.enum(['file', 'camera']),
      evidenceId: z.string(),
      sha256: z.string(),
    }),
  ),
  scanRemoved: event(
    'paper.scan-removed',
    '撤下一份扫描件',
    'A scan was taken out of a volume',
    z.object({ scanId: z.string(), sha256: z.string(), reason: z.string() }),
  ),
  scanRefused: refusal(
    'paper.scan-refused',
    '扫描件没有收下',
    'A scan was not taken',
    z.object({ code: z.string(), fault: z.string(), bytes: z.int() }),
  ),
};

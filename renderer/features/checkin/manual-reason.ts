import type { Attempt, DoorReader, ManualReason } from '../../../electron/features/checkin/contract.ts';

/** All but `other`, in the order in which they come up at a door. */
const common: readonly ManualReason[] = [
  'no-card',
  'face-near-miss',
  'face-not-taken',
  'declines-face',
  'card-unreadable',
  'name-spelling',
];

/** One key each: 5 to 9 for what the record suggests, 0 to write another. */
export const reasonKeys = ['5', '6', '7', '8', '9', '0'] as const;

/**
 * The reasons that one key chooses, the likely one first and `other` last. What the record rules out is not offered: nobody
 * blames a reader that has just read the card.
 */
export function offeredReasons(
  likely: ManualReason,
  record: Pick<Attempt, 'documentBy' | 'liveness'>,
  reader: DoorReader['kind'],
): ManualReason[] {
  const fits: Partial<Record<ManualReason, boolean>> = {
    'no-card': record.documentBy === 'typed' || record.documentBy === 'none',
    'name-spelling': record.documentBy !== 'typed' && record.documentBy !== 'none',
  };
  const first: ManualReason[] = [
    likely,
    ...(reader === 'lost' || reader === 'none' ? (['reader-lost'] as const) : []),
    ...(record.documentBy === 'camera' ? (['card-by-camera'] as const) : []),
    ...(record.documentBy === 'other' ? (['other-document'] as const) : []),
    ...(record.liveness.kind === 'failed' ? (['liveness-failed'] as const) : []),
  ];
  const offered = [...first, ...common.filter((reason) => fits[reason] ?? true)].filter((reason) => reason !== 'other');
  return [...[...new Set(offered)].slice(0, reasonKeys.length - 1), 'other'];
}

/**
 * The reason the record most likely has, offered first; staff may choose another.
 *
 * @param doubts  the decision's reasons, most telling first; empty where staff chose the manual lane themselves
 */
export function likelyReason(doubts: readonly string[], faceTaken: boolean, reader: DoorReader['kind']): ManualReason {
  // Far apart is no near miss: whoever admits all the same writes down why.
  if (doubts.some((doubt) => /^live-(card|plan)-fail$/.test(doubt))) return 'other';
  for (const doubt of doubts) {
    if (doubt === 'declines-face' || doubt === 'liveness-failed') return doubt;
    if (doubt === 'other-document' || doubt === 'card-by-camera') return doubt;
    if (doubt === 'no-card') return reader === 'lost' || reader === 'none' ? 'reader-lost' : 'no-card';
    if (doubt.startsWith('name-')) return 'name-spelling';
    if (/^live-(card|plan)-near$/.test(doubt)) return 'face-near-miss';
    if (doubt.startsWith('face-engine') || doubt.startsWith('plan-photo')) return 'face-not-taken';
    if (/^(number|birth|sex|expired|not-yet|validity|born)/.test(doubt)) return 'card-unreadable';
    if (doubt === 'ticket-of-another' || doubt === 'ticket-used') return 'other';
  }
  return faceTaken ? 'other' : 'face-not-taken';
}

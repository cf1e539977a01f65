import type { DoorReader, ManualReason } from '../../../electron/features/checkin/contract.ts';

/** The reasons in the order of their list. */
export const manualReasonOrder: readonly ManualReason[] = [
  'face-near-miss',
  'face-not-taken',
  'declines-face',
  'card-unreadable',
  'no-card',
  'name-spelling',
  'reader-lost',
  'other',
];

/**
 * The reason the record most likely has, offered first; staff may choose another.
 *
 * @param doubts  the decision's reasons, most telling first; empty where staff chose the manual lane themselves
 */
export function likelyReason(doubts: readonly string[], faceTaken: boolean, reader: DoorReader['kind']): ManualReason {
  for (const doubt of doubts) {
    if (doubt === 'no-card') return reader === 'lost' || reader === 'none' ? 'reader-lost' : 'no-card';
    if (doubt.startsWith('name-')) return 'name-spelling';
    if (/^live-(card|plan)-near$/.test(doubt)) return 'face-near-miss';
    // Far apart is no near miss: whoever admits all the same writes down why.
    if (/^live-(card|plan)-fail$/.test(doubt)) return 'other';
    if (doubt.startsWith('face-engine') || doubt.startsWith('plan-photo')) return 'face-not-taken';
    if (/^(number|birth|sex|expired|not-yet|validity|born)/.test(doubt)) return 'card-unreadable';
    if (doubt === 'ticket-of-another') return 'other';
  }
  return faceTaken ? 'other' : 'face-not-taken';
}

import type { Closing, MissingItem } from '../../../electron/features/archive/contract.ts';

export type ClosingStep =
  | 'people'
  | 'marks'
  | 'video'
  | 'paper'
  | 'supervisor'
  | 'missing'
  | 'sign-off'
  | 'seal'
  | 'deliver'
  | 'receipt';
export type ClosingStepState = 'done' | 'look' | 'now' | 'to-come';

const order: readonly ClosingStep[] = [
  'people',
  'marks',
  'video',
  'paper',
  'supervisor',
  'missing',
  'sign-off',
  'seal',
  'deliver',
  'receipt',
];

/** Which of the counts a missing thing belongs to; the others are only declared. */
const countedBy: Partial<Record<MissingItem['code'], ClosingStep>> = {
  'set-aside': 'people',
  'marks-not-locked': 'marks',
  'marks-not-signed': 'marks',
  'spread-open': 'marks',
  'not-confirmed': 'marks',
  'paper-not-counted': 'paper',
  'paper-differs': 'paper',
  'no-supervisor-record': 'supervisor',
  gap: 'video',
  'no-recording': 'video',
};

export const undeclared = (closing: Pick<Closing, 'missing'>): MissingItem[] =>
  closing.missing.filter((item) => item.declared === null);

/** Steps that can be looked at and done again before the seal, wherever the closing stands. */
export const mayGoBackTo = (step: ClosingStep, closing: Pick<Closing, 'state'>): boolean =>
  closing.state === 'closed' && (step === 'paper' || step === 'supervisor' || step === 'missing');

/** How far the bundle is on its way over the network; null where nothing is known of it yet. */
export type Sent = { share: number; receipt: boolean } | null;

/** The one step the site lead stands at. Null: the session has not been closed yet, so there is nothing to count. */
export function currentClosingStep(closing: Closing, sent: Sent): ClosingStep | null {
  if (closing.bundle !== null) return sent?.receipt ? 'receipt' : 'deliver';
  if (closing.state !== 'closed' && closing.state !== 'sealed') return null;
  const open = undeclared(closing);
  const isOpen = (code: MissingItem['code']) => open.some((item) => item.code === code);
  // What is declared to be missing is not asked for again.
  if (isOpen('paper-not-counted')) return 'paper';
  if (isOpen('no-supervisor-record')) return 'supervisor';
  if (open.length > 0 || (closing.missing.length > 0 && closing.declarationsSignedBy === null)) return 'missing';
  return closing.signedOffBy === null ? 'sign-off' : 'seal';
}

/**
 * The steps of closing in their order. `look`: counted, and something is missing there. The first three are
 * counted by the station; nobody ticks them off.
 */
export function closingSteps(
  closing: Closing,
  sent: Sent,
): { step: ClosingStep; state: ClosingStepState; missing: number }[] {
  const current = currentClosingStep(closing, sent);
  const now = current === null ? -1 : order.indexOf(current);
  const delivered = closing.bundle?.exports.some((e) => e.verified) ?? false;
  return order.map((step, i) => {
    const missing = closing.missing.filter((item) => countedBy[item.code] === step).length;
    if (i < now) return { step, state: missing > 0 ? 'look' : 'done', missing };
    // On the disk, read back and compared: the site has done its part, and only the centre's answer is to come.
    if (i === now) return { step, state: delivered || step === 'receipt' ? 'done' : 'now', missing };
    return { step, state: 'to-come', missing };
  });
}

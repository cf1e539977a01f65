import type { SessionState } from './contract.ts';

/** What is put on record; `preparing` is the absence of any, `running` follows from the clock. */
export type Step = 'open' | 'closed' | 'sealed';

const MINUTE_MS = 60_000;

/** A session runs from its start time by itself: nobody has to press anything at nine o'clock sharp. */
export function stateOf(steps: readonly Step[], startsAtMs: number, nowMs: number): SessionState {
  const last = steps.at(-1);
  if (last === undefined) return 'preparing';
  if (last !== 'open') return last;
  return nowMs >= startsAtMs ? 'running' : 'open';
}

/** When the door begins to admit, and the last moment it does. Rule pack: admission.enter-before, admission.late-after. */
export function admissionWindow(
  startsAtMs: number,
  rules: { 'admission.enter-before-minutes': number; 'admission.late-after-minutes': number },
): { opensAtMs: number; lateAtMs: number } {
  return {
    opensAtMs: startsAtMs - rules['admission.enter-before-minutes'] * MINUTE_MS,
    lateAtMs: startsAtMs + rules['admission.late-after-minutes'] * MINUTE_MS,
  };
}

/** A key is due for rotation a year after it came into use; from a month before, the office is told. */
export const ROTATE_AFTER_DAYS = 365;
export const TELL_BEFORE_DAYS = 30;
const DAY_MS = 86_400_000;

export type Due = 'fine' | 'soon' | 'over';

/** When the key in use is due, and how near that is. @param sinceMs  when it came into use */
export function rotationDue(sinceMs: number, nowMs: number): { dueMs: number; due: Due } {
  const dueMs = sinceMs + ROTATE_AFTER_DAYS * DAY_MS;
  const soonMs = dueMs - TELL_BEFORE_DAYS * DAY_MS;
  return { dueMs, due: nowMs >= dueMs ? 'over' : nowMs >= soonMs ? 'soon' : 'fine' };
}

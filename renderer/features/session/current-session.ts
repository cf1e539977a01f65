import type { SessionRow } from '../../../electron/features/session/contract.ts';

/**
 * The session the office looks at when nobody chose one: what is going on now, else the next one to prepare, else the
 * last that was sealed. Null when the plan has none.
 */
export function currentSession(sessions: readonly SessionRow[]): SessionRow | null {
  const byStart = sessions.toSorted((a, b) => a.startsAtMs - b.startsAtMs);
  return (
    byStart.find((s) => s.state === 'running' || s.state === 'open') ??
    byStart.find((s) => s.state === 'closed') ??
    byStart.find((s) => s.state === 'preparing') ??
    byStart.at(-1) ??
    null
  );
}

import { useEffect, useRef } from 'react';
import { idleVerdict, type Moment } from './idle-rule.ts';

const nowMoment = (): Moment => ({ monotonicMs: performance.now(), wallMs: Date.now() });

/** What shows that somebody is there. A card on the reader is not among them: candidates put it there. */
const acts = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/**
 * Calls `lock` once when nobody has touched this window for five minutes.
 *
 * @param watching  while somebody is signed in and the window is not locked yet; switching it on counts as a touch
 */
export function useIdleLock(watching: boolean, lock: () => void): void {
  const latest = useRef(lock);
  useEffect(() => {
    latest.current = lock;
  });
  useEffect(() => {
    if (!watching) return;
    let last = nowMoment();
    let timer: ReturnType<typeof setTimeout>;
    const touched = () => {
      last = nowMoment();
    };
    const look = () => {
      clearTimeout(timer);
      const verdict = idleVerdict(last, nowMoment());
      if (verdict.kind === 'lock') latest.current();
      else timer = setTimeout(look, verdict.inMs);
    };
    look();
    for (const act of acts) window.addEventListener(act, touched, { capture: true, passive: true });
    // Timers of a hidden window come late: what is seen again is looked at first.
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      for (const act of acts) window.removeEventListener(act, touched, { capture: true });
      document.removeEventListener('visibilitychange', look);
    };
  }, [watching]);
}

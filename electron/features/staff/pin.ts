import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { staffEvents } from './events.ts';
import { delayAfterMs } from './rules.ts';
import { type PinTries, pinHashOf, pinTries, savePinTries } from './store.ts';

export type PinError =
  | { code: 'WRONG_PIN'; data: { failures: number; retryAtMs: number } }
  | { code: 'PIN_LOCKED'; data: { retryAtMs: number } };

interface Deps {
  db: Db;
  journal: Journal;
  clock: Clock;
}

/** OWASP's minimum for argon2id: 19 MiB, two passes, about 40 ms. The lockout, not the hash, guards six digits. */
export const hashPin = (pin: string): Promise<string> =>
  argon2id({
    password: pin,
    salt: randomBytes(16),
    memorySize: 19 * 1024,
    iterations: 2,
    parallelism: 1,
    hashLength: 32,
    outputType: 'encoded',
  });

export type CheckPin = (staffId: string, pin: string, purpose: string, actor: Actor) => Promise<Result<true, PinError>>;

/**
 * The one way a PIN is checked, whatever for. A try is put on record as a failure before it is looked at and taken back
 * when it was right, so that neither two windows at once nor pulling the plug gives a free guess. Someone unknown is
 * answered like a wrong PIN.
 */
export function pinChecker({ db, journal, clock }: Deps): CheckPin {
  // Monotonic time by which a delay ends: whoever sets the computer's time neither shortens nor lengthens one. The wall
  // time on disk only carries a delay over a restart, and never makes it longer than it was.
  const lockedUntil = new Map<string, number>();
  const endOfDelay = (staffId: string, tries: PinTries): number => {
    const left = Math.min(tries.lockedUntilMs - clock.wallMs(), delayAfterMs(tries.failures));
    return lockedUntil.get(staffId) ?? clock.monotonicMs() + left;
  };

  const begin = (staffId: string, purpose: string, actor: Actor): Result<number, PinError> =>
    inTransaction(db, (w) => {
      const tries = pinTries(w, staffId);
      const waitMs = endOfDelay(staffId, tries) - clock.monotonicMs();
      if (waitMs > 0) {
        lockedUntil.set(staffId, clock.monotonicMs() + waitMs);
        const retryAtMs = clock.wallMs() + waitMs;
        journal.append(w, actor, staffEvents.pinLocked, { staffId, purpose, retryAtMs });
        return err({ code: 'PIN_LOCKED', data: { retryAtMs } });
      }
      const failures = tries.failures + 1;
      const delayMs = delayAfterMs(failures);
      if (pinHashOf(w, staffId) !== null) {
        savePinTries(w, staffId, { failures, lockedUntilMs: clock.wallMs() + delayMs });
        lockedUntil.set(staffId, clock.monotonicMs() + delayMs);
      }
      return ok(failures);
    });

  return async (staffId, pin, purpose, actor) => {
    const begun = begin(staffId, purpose, actor);
    if (!begun.ok) return begun;
    const hash = pinHashOf(db, staffId);
    const right = hash !== null && (await argon2Verify({ password: pin, hash }));
    return inTransaction(db, (w): Result<true, PinError> => {
      if (right) {
        savePinTries(w, staffId, { failures: 0, lockedUntilMs: 0 });
        lockedUntil.delete(staffId);
        return ok(true);
      }
      const failures = begun.value;
      journal.append(w, actor, staffEvents.wrongPin, { staffId, failures, purpose });
      return err({ code: 'WRONG_PIN', data: { failures, retryAtMs: clock.wallMs() + delayAfterMs(failures) } });
    });
  };
}

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type Db, inTransaction } from '../../db/database.ts';
import { argon2id } from '../../devices/keys/argon2id.ts';
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

/** OWASP's minimum for argon2id. The lockout, not the hash, guards six digits. */
const COST = { memoryKiB: 19 * 1024, passes: 2 };

/** As other programs write it: `$argon2id$v=19$m=...,t=...,p=1$salt$hash`, base64 without padding. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await argon2id(pin, salt, COST);
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${COST.memoryKiB},t=${COST.passes},p=1$${text(salt)}$${text(hash)}`;
}

async function isPin(pin: string, encoded: string): Promise<boolean> {
  const [, m, t, salt, hash] = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(encoded) ?? [];
  if (!m || !t || !salt || !hash) throw new Error('a stored PIN hash is of no known form');
  const again = await argon2id(pin, Buffer.from(salt, 'base64'), { memoryKiB: Number(m), passes: Number(t) });
  const kept = Buffer.from(hash, 'base64');
  return kept.length === again.length && timingSafeEqual(kept, again);
}

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
    const right = hash !== null && (await isPin(pin, hash));
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

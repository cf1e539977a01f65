import { createStore } from './store.ts';

/**
 * Why the window asks for a person: nobody is signed in, the role is not enough for what was asked, or the screen is
 * locked, by the person or by five idle minutes. The desk stays mounted underneath, so a recording goes on.
 */
export type SignInRequest = 'signed-out' | 'wrong-role' | 'locked';

/** A lock outlives a reload of the window: otherwise F5 would open it. */
const lockKey = 'kaodian.locked';
const storage = globalThis.sessionStorage as Storage | undefined;

const request = createStore<SignInRequest | null>(storage?.getItem(lockKey) === 'yes' ? 'locked' : null);

export function askForSignIn(why: SignInRequest): void {
  // Refusals that still come in do not open a locked screen.
  if (request.get() === 'locked') return;
  if (why === 'locked') storage?.setItem(lockKey, 'yes');
  request.set(why);
}
export function signInDone(): void {
  storage?.removeItem(lockKey);
  request.set(null);
}
export const useSignInRequest = request.use;

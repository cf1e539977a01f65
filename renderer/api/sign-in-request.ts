import { createStore } from './store.ts';

/**
 * Why the window asks for a person: nobody is signed in, the role is not enough for what was asked, or the person
 * locked the screen. The desk stays mounted underneath, so a recording goes on.
 */
export type SignInRequest = 'signed-out' | 'wrong-role' | 'locked';

const request = createStore<SignInRequest | null>(null);

export const askForSignIn = (why: SignInRequest): void => request.set(why);
export const signInDone = (): void => request.set(null);
export const useSignInRequest = request.use;

import type { Ask, LivenessFact } from './facts.ts';
import type { LivenessVerdict } from './verdict.ts';

/** A challenge under way. Opaque to callers; a value, so that it can be kept, thrown away and told anew. */
export type LivenessState = { readonly ask: Ask; readonly startedAtMs: number };

/**
 * Begins a challenge.
 *
 * @param ask          drawn by the station at random, never by the desk
 * @param cameraLabel  the video track's label as the browser gives it
 */
export declare function newLiveness(ask: Ask, startedAtMs: number, cameraLabel: string): LivenessState;

/** The challenge after one more fact; after its end it no longer changes. */
export declare function observe(state: LivenessState, fact: LivenessFact): LivenessState;

export declare function livenessVerdict(state: LivenessState, nowMs: number): LivenessVerdict;

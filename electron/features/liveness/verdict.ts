import type { Ask } from './facts.ts';

/** The one thing the candidate is asked to do next. Sides are the candidate's own. */
export type Instruction =
  | 'come-into-view'
  | 'one-person'
  | 'face-camera'
  | 'turn-left'
  | 'turn-right'
  | 'back-to-front';

/** Why a person has to look. None of these says that the candidate cheats, and none may turn anyone away. */
export type LivenessFailure =
  | { code: 'too-slow' }
  /** Twice to the other side than asked: as a recording does that knows nothing of the question. */
  | { code: 'wrong-way' }
  | { code: 'several-faces' }
  | { code: 'face-lost' }
  /** The face was suddenly elsewhere, or of another size. */
  | { code: 'face-jumped' }
  /** The face in the turn is not the one that looked straight. */
  | { code: 'another-face' }
  /** Not even a camera's noise from frame to frame. */
  | { code: 'frozen-picture' }
  /** The same frames come again. */
  | { code: 'looping-picture' }
  /** Frames faster than a camera gives them, in disorder, or with a hole between them. */
  | { code: 'frame-times' }
  | { code: 'virtual-camera'; product: string };

/** Plain numbers for the record; no picture and no template. */
export type LivenessEvidence = {
  ask: Ask;
  frames: number;
  /** From the start to the last frame. */
  tookMs: number;
  /** The head's rest, and the farthest it went either way after that; null where it did not come so far. */
  frontYawDeg: number | null;
  leastYawDeg: number | null;
  mostYawDeg: number | null;
  wrongTurns: number;
  /** Cosine between the face looking straight and the face in the turn. */
  likeness: number | null;
  /** Supports, decides nothing: many people do not blink in five seconds. */
  blinks: number;
  /** Between frames; `spread` is the median distance from the median. */
  medianIntervalMs: number | null;
  intervalSpreadMs: number | null;
};

export type LivenessVerdict =
  /** `take`: analyse the frame just observed and report it, see `LivenessFact`. */
  | { kind: 'going-on'; say: Instruction; take: 'front' | 'turn' | null }
  | { kind: 'passed'; evidence: LivenessEvidence }
  | { kind: 'failed'; reason: LivenessFailure; evidence: LivenessEvidence };

import type { StatusKind } from '../../ui/Status.tsx';
import type { RecorderView } from './camera-recorder.ts';
import type { Later } from './delivery/delivery-queue.ts';

/** The numbers under the headline, worked out of all cameras together: the worst one counts. */
export interface RecordingFacts {
  recording: number;
  /** Age of the oldest newest frame; null before the first. */
  lastFrameAgeMs: number | null;
  /** How far back the least stored camera reaches; null before the first fragment. */
  storedAgeMs: number | null;
  waiting: number;
  hindrance: Later['why'] | null;
  height: number | null;
  framesPerSecond: number | null;
  clockSteppedAtMs: number | null;
}

export function recordingFacts(views: readonly RecorderView[], nowMs: number): RecordingFacts {
  const filming = views.filter((v) => v.work.kind === 'recording');
  const frames = filming.flatMap((v) => v.lastFrameMs ?? []);
  const stored = filming.map((v) => v.stored.at(-1)?.endMs ?? null);
  const heights = filming.flatMap((v) => v.height ?? []);
  const allStored = stored.every((s) => s !== null) && stored.length > 0;
  const steps = views.flatMap((v) => v.clockSteppedAtMs ?? []);
  return {
    clockSteppedAtMs: steps.length > 0 ? Math.max(...steps) : null,
    recording: filming.length,
    lastFrameAgeMs: frames.length > 0 ? Math.max(0, nowMs - Math.min(...frames)) : null,
    storedAgeMs: allStored ? Math.max(0, nowMs - Math.min(...(stored as number[]))) : null,
    waiting: views.reduce((sum, v) => sum + v.waiting.fragments, 0),
    hindrance: views.find((v) => v.waiting.hindrance !== null)?.waiting.hindrance ?? null,
    height: heights.length > 0 ? Math.min(...heights) : null,
    framesPerSecond: filming.length > 0 ? Math.round(Math.min(...filming.map((v) => v.framesPerSecond))) : null,
  };
}

/** A frame a second old is fresh; the clock on the screen moves once a second, so it may look two old. */
export const frameStatus = (ageMs: number): StatusKind => (ageMs < 2_500 ? 'done' : 'look');

/** A fragment is filled for 1 s and takes its way; beyond three times that the station is behind. */
export const storedStatus = (ageMs: number): StatusKind => (ageMs < 3_500 ? 'done' : 'look');

/** One fragment in hand is the normal state of affairs. */
export const deliveryStatus = (waiting: number, hindrance: Later['why'] | null, cameras: number): StatusKind =>
  hindrance !== null || waiting > 3 * Math.max(1, cameras) ? 'look' : 'done';

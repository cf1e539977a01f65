import type { CameraRecorder } from '../recording/camera-recorder.ts';
import type { RecordingHealth } from './give-way.ts';

/** Faults that a second consumer of the computer's time could make worse. A covered or unplugged camera is none of them. */
const ofSpeed: ReadonlySet<string> = new Set(['slow-encoder', 'stalled', 'no-encoder', 'queue-full']);

/** How recording does on this window, read from the recorders. */
export function recordingHealth(recorders: Iterable<CameraRecorder>): RecordingHealth {
  const views = [...recorders].map((recorder) => recorder.view.get());
  return {
    dropped: views.reduce((sum, view) => sum + view.dropped, 0),
    suffers: views.some(({ work }) => work.kind === 'fault' && ofSpeed.has(work.fault)),
    waiting: Math.max(0, ...views.map((view) => view.waiting.fragments)),
  };
}

import { randomBytes } from 'node:crypto';
import type { StationClient } from '../../electron/contract/index.ts';
import { type CAMERAS, SESSION } from './exam-day.ts';

/** An `ftyp` box of 24 bytes, as a segment begins. The rest is noise: like video, it does not compress. */
const HEAD = Buffer.from('000000186674797069736f6d0000020069736f6d61766331', 'hex');

export function aSegment(bytes: number): Blob {
  return new Blob([HEAD, randomBytes(bytes - HEAD.length)]);
}

/** Begins to record a camera; the answer stores the next segment, each following the one before without a gap. */
export async function recorder(
  desk: StationClient,
  cameraId: (typeof CAMERAS)[number],
  fromMs: number,
  eachMs: number,
) {
  const { recordingId } = await desk.recording.start({
    sessionId: SESSION,
    cameraId,
    deskRun: `bench-${cameraId}`,
    width: 1280,
    height: 720,
    codec: 'avc1.42001f',
    deviceLabel: '样本',
  });
  let sequence = 0;
  return async (segment: Blob): Promise<void> => {
    const beginMs = fromMs + sequence * eachMs;
    const frames = Math.round(eachMs / 40);
    await desk.recording.putFragment({
      recordingId,
      sequence,
      opens: true,
      closes: true,
      beginMs,
      endMs: beginMs + eachMs,
      firstMonoMs: beginMs,
      lastMonoMs: beginMs + eachMs,
      frames,
      fragment: segment,
    });
    sequence += 1;
  };
}

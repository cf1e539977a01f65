import type { CameraId } from '../../electron/lib/ids.ts';
import { S1 } from './exam-day.ts';
import type { TestStation } from './open-station.ts';

/** Bytes that begin as an MP4 file does: what the station looks at. */
const segmentAt = (beginMs: number): Blob =>
  new Blob([Buffer.from('000000186674797069736f6d0000020069736f6d61766331', 'hex'), String(beginMs)]);

/**
 * What a desk would have sent of one camera: whole stretches, in segments of half a minute, or of a
 * film that is given again and again. Stretches apart from each other leave a gap; a later call goes on with the recording.
 */
export async function recordCamera(
  st: TestStation,
  cameraId: string,
  stretches: readonly { beginMs: number; endMs: number }[],
  film: { bytes: Uint8Array; ms: number } | null = null,
): Promise<void> {
  const { recording } = st.as('invigilator');
  const { recordingId, nextSequence } = await recording.start({
    sessionId: S1,
    cameraId: cameraId as CameraId,
    deskRun: `test-run-${cameraId}`,
    width: 1280,
    height: 720,
    codec: 'avc1.42001f',
    deviceLabel: '样本',
  });
  const eachMs = film?.ms ?? 30_000;
  let sequence = nextSequence;
  for (const { beginMs: from, endMs: to } of stretches) {
    for (let beginMs = from; beginMs < to; beginMs += eachMs) {
      const endMs = Math.min(beginMs + eachMs, to);
      await recording.putFragment({
        recordingId,
        sequence,
        opens: true,
        closes: true,
        beginMs,
        endMs,
        firstMonoMs: beginMs - from,
        lastMonoMs: endMs - from,
        frames: 1,
        fragment: film ? new Blob([film.bytes as Uint8Array<ArrayBuffer>]) : segmentAt(beginMs),
      });
      sequence += 1;
    }
  }
}

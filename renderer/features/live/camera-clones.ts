import type { CameraId } from '../../../electron/lib/ids.ts';
import type { SentCamera } from './live-driver.ts';

/**
 * Clones of the tracks that recording has open. The device is opened once, by the recorder; a clone costs no second look of
 * the camera, and stopping it stops nothing else.
 */
export class CameraClones {
  readonly #clones = new Map<CameraId, { source: MediaStreamTrack; clone: MediaStreamTrack }>();

  /** Makes the clones follow the streams that are open now, and answers with what can be sent. */
  follow(streams: ReadonlyMap<CameraId, MediaStream>): SentCamera[] {
    for (const [cameraId, { source, clone }] of this.#clones) {
      const isSame = streams.get(cameraId)?.getVideoTracks()[0] === source;
      if (isSame && clone.readyState === 'live') continue;
      clone.stop();
      this.#clones.delete(cameraId);
    }
    for (const [cameraId, stream] of streams) {
      const source = stream.getVideoTracks()[0];
      if (source?.readyState !== 'live' || this.#clones.has(cameraId)) continue;
      this.#clones.set(cameraId, { source, clone: source.clone() });
    }
    return [...this.#clones].map(([cameraId, { clone }]) => ({ cameraId, track: clone }));
  }
}

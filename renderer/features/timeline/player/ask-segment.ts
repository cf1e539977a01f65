import { ORPCError } from '@orpc/client';
import type { CameraId } from '../../../../electron/lib/ids.ts';
import { station } from '../../../api/client.ts';
import type { AskSegment } from './segment-feed.ts';

/** Asks the station for a camera's segments under a look-up; after the last one there is none. */
export const askSegment =
  (lookUpId: string, cameraId: CameraId, failed: (error: unknown) => void): AskSegment =>
  async (atMs, signal) => {
    try {
      const { video, ...segment } = await station.timeline.segment({ lookUpId, cameraId, atMs }, { signal });
      return { ...segment, bytes: await video.arrayBuffer() };
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof ORPCError && error.code === 'NO_VIDEO')) failed(error);
      return null;
    }
  };

import type { Crop } from './frame-crop.ts';

/** One picture of the camera: `jpeg` cut and made small enough to send, `pixels` whole, for codes. */
export type FrameWish = { id: number; frame: VideoFrame } & (
  | { want: 'jpeg'; crop: Crop; size: { width: number; height: number } }
  | { want: 'pixels' }
);
/** The last thing a page says: what came before it is still drawn, so that no frame is left open. */
export type Leave = 'leave';
export type FrameMade = { id: number; made: Blob | ImageData | null };

const JPEG_QUALITY = 0.9;

/** Draws and encodes off the page's thread: a JPEG of a face costs that thread up to 40 ms on a small machine. */
const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { willReadFrequently: true });

globalThis.onmessage = async ({ data }: MessageEvent<FrameWish | Leave>) => {
  if (data === 'leave') return globalThis.close();
  const { id, frame } = data;
  const answer = (made: FrameMade['made'], moved: Transferable[] = []) =>
    globalThis.postMessage({ id, made } satisfies FrameMade, { transfer: moved });
  try {
    if (context === null) return answer(null);
    if (data.want === 'pixels') {
      canvas.width = frame.displayWidth;
      canvas.height = frame.displayHeight;
      context.drawImage(frame, 0, 0);
      const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
      return answer(pixels, [pixels.data.buffer]);
    }
    const { crop, size } = data;
    canvas.width = size.width;
    canvas.height = size.height;
    context.drawImage(frame, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height);
    // Given back before it is encoded: a camera has only a few frames, and waits for them.
    frame.close();
    answer(await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY }));
  } catch {
    // A frame that cannot be drawn is no frame; the next one comes at once.
    answer(null);
  } finally {
    frame.close();
  }
};

import { sentSize, visibleCrop } from './frame-crop.ts';
import type { FrameMade, FrameWish, Leave } from './frame-worker.ts';

/** Makes pictures of what a video shows, in a worker of its own. `null`: there was no picture to be had. */
export interface FrameMaker {
  /**
   * @param part      `box`: what the element's box shows of the picture, so that bystanders beside it are not sent; `whole`: all
   * @param widestPx  larger pictures are made smaller; the shape stays
   */
  jpeg(video: HTMLVideoElement, part: 'box' | 'whole', widestPx: number): Promise<Blob | null>;
  pixels(video: HTMLVideoElement): Promise<ImageData | null>;
  close(): void;
}

export function startFrameMaker(): FrameMaker {
  const worker = new Worker(new URL('./frame-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, (made: FrameMade['made']) => void>();
  let last = 0;
  let over = false;
  worker.onmessage = ({ data }: MessageEvent<FrameMade>) => {
    waiting.get(data.id)?.(data.made);
    waiting.delete(data.id);
  };
  const close = () => {
    over = true;
    worker.postMessage('leave' satisfies Leave);
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
  };
  worker.onerror = () => {
    close();
    worker.terminate();
  };
  const make = (wish: Omit<Extract<FrameWish, { want: 'pixels' }>, 'id'> | Omit<Jpeg, 'id'>) =>
    new Promise<FrameMade['made']>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      worker.postMessage({ ...wish, id: last }, [wish.frame]);
    });
  return {
    async jpeg(video, part, widestPx) {
      const frame = over ? null : frameOf(video);
      if (frame === null) return null;
      const picture = { width: frame.displayWidth, height: frame.displayHeight };
      const box = { width: video.clientWidth || 1, height: video.clientHeight || 1 };
      const crop = visibleCrop(picture, part === 'box' ? box : picture);
      return (await make({ want: 'jpeg', frame, crop, size: sentSize(crop, widestPx) })) as Blob | null;
    },
    async pixels(video) {
      const frame = over ? null : frameOf(video);
      return frame === null ? null : ((await make({ want: 'pixels', frame })) as ImageData | null);
    },
    close,
  };
}

type Jpeg = Extract<FrameWish, { want: 'jpeg' }>;

/** The picture shown now, as a handle that the worker opens; null before the first one and while the video stands. */
function frameOf(video: HTMLVideoElement): VideoFrame | null {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0 || video.paused) return null;
  try {
    return new VideoFrame(video);
  } catch {
    return null;
  }
}

import { useEffect, useRef } from 'react';
import { visibleCrop } from './frame-crop.ts';

/** About five frames a second: the station looks at one in some 30 ms, and a person does not move faster. */
const framePauseMs = 200;

/**
 * Sends what the video shows, one JPEG at a time: the next frame is taken when the last one is answered, so a slow
 * station slows the frames and never makes them queue.
 *
 * @param video  the element on the screen; its box decides the crop
 * @param look   gets one frame; the next waits for its promise. Null: nothing is taken
 * @param scan   gets the whole picture of the same moment, for codes; at most every 300 ms
 * @param pauseMs  between two frames; the default is as fast as a face is followed
 */
export function useLiveFrames(
  video: HTMLVideoElement | null,
  look: ((frame: Blob) => Promise<void>) | null,
  scan: ((picture: ImageData) => void) | null,
  pauseMs: number = framePauseMs,
): void {
  const latest = useRef({ look, scan });
  useEffect(() => {
    latest.current = { look, scan };
  });
  const active = video !== null && (look !== null || scan !== null);
  useEffect(() => {
    if (!active || video === null) return;
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    let scannedAtMs = 0;
    const canvas = document.createElement('canvas');
    const step = async () => {
      const beganAtMs = performance.now();
      if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0 && !video.paused) {
        if (latest.current.scan !== null && beganAtMs - scannedAtMs > 300) {
          scannedAtMs = beganAtMs;
          latest.current.scan(pictureOf(video, canvas));
        }
        if (latest.current.look !== null) {
          const frame = await jpegOf(video, canvas);
          if (frame !== null && !over) await latest.current.look?.(frame);
        }
      }
      if (!over) timer = setTimeout(step, Math.max(20, pauseMs - (performance.now() - beganAtMs)));
    };
    void step();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [video, active, pauseMs]);
}

function jpegOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Blob | null> {
  const crop = visibleCrop(
    { width: video.videoWidth, height: video.videoHeight },
    { width: video.clientWidth || 1, height: video.clientHeight || 1 },
  );
  canvas.width = crop.width;
  canvas.height = crop.height;
  canvas
    .getContext('2d', { willReadFrequently: true })
    ?.drawImage(video, crop.x, crop.y, crop.width, crop.height, 0, 0, crop.width, crop.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
}

function pictureOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData {
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.drawImage(video, 0, 0);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

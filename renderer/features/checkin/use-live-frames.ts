import { useEffect, useRef } from 'react';
import { startFrameMaker } from './frame-maker.ts';

export interface FramePace {
  /** From one frame to the next, in ms, where the station answers in time. */
  pauseMs: number;
  /** The picture is made no wider than this. A face fills a third of it at least. */
  widestPx: number;
  /** `box`: as the element's box cuts it; `whole`: everything the camera sees. */
  part: 'box' | 'whole';
}

/** About five frames a second: the station looks at one in some 30 ms, and a person who stands does not move faster. */
export const standing: FramePace = { pauseMs: 200, widestPx: 640, part: 'box' };
/** A head is turned in a second or two: ten frames a second follow it. */
export const turning: FramePace = { ...standing, pauseMs: 100 };
/** Two persons decide by the picture: the newest one every two seconds is enough. */
export const keeping: FramePace = { ...standing, pauseMs: 2_000 };
/** A card's small print wants every pixel there is. */
export const cardReading: FramePace = { pauseMs: 400, widestPx: 1920, part: 'whole' };

/**
 * Sends what the video shows, one JPEG at a time: the next frame is taken when the last one is answered, so a slow
 * station slows the frames and never makes them queue.
 *
 * @param video  the element on the screen; its box decides the crop
 * @param look   gets one frame; the next waits for its promise. Null: nothing is taken
 * @param scan   gets the whole picture of the same moment, for codes; at most every 300 ms
 */
export function useLiveFrames(
  video: HTMLVideoElement | null,
  look: ((frame: Blob) => Promise<void>) | null,
  scan: ((picture: ImageData) => void) | null,
  pace: FramePace = standing,
): void {
  const latest = useRef({ look, scan, pace });
  useEffect(() => {
    latest.current = { look, scan, pace };
  });
  const active = video !== null && (look !== null || scan !== null);
  useEffect(() => {
    if (!active || video === null) return;
    const maker = startFrameMaker();
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    let scannedAtMs = 0;
    const step = async () => {
      const beganAtMs = performance.now();
      if (latest.current.scan !== null && beganAtMs - scannedAtMs > 300) {
        scannedAtMs = beganAtMs;
        const picture = await maker.pixels(video);
        if (picture !== null && !over) latest.current.scan?.(picture);
      }
      if (latest.current.look !== null && !over) {
        const { part, widestPx } = latest.current.pace;
        const frame = await maker.jpeg(video, part, widestPx);
        if (frame !== null && !over) await latest.current.look?.(frame);
      }
      if (over) return;
      timer = setTimeout(step, Math.max(20, latest.current.pace.pauseMs - (performance.now() - beganAtMs)));
    };
    void step();
    return () => {
      over = true;
      clearTimeout(timer);
      maker.close();
    };
  }, [video, active]);
}

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { liveWallTexts } from '../texts/live-wall.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Eyes, SeenCamera } from './see-camera.ts';

const againAfterMs = 1_500;
/** No new frame for this long: what stands there is an old picture. */
const stalledAfterMs = 3_000;

/** One camera as it comes in. What cannot be shown says why in its place; the last picture never stands as if it were live. */
export function CameraPicture(props: {
  eyes: Eyes;
  viewId: string;
  label: string;
  producerId: string | null;
  paused: boolean;
  live: string;
  isLarge: boolean;
}): ReactNode {
  const t = useTexts(liveWallTexts);
  const { eyes, viewId, producerId, paused, isLarge } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [seen, setSeen] = useState<SeenCamera | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (producerId === null) return;
    let isOver = false;
    let mine: SeenCamera | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () =>
      void eyes.see(viewId, producerId).then(
        (camera) => {
          mine = camera;
          if (isOver) return camera.close();
          setSeen(camera);
          setProblem(null);
        },
        (error: Error) => {
          if (isOver) return;
          setProblem(error.message);
          timer = setTimeout(look, againAfterMs);
        },
      );
    look();
    return () => {
      isOver = true;
      clearTimeout(timer);
      mine?.close();
      setSeen(null);
      setProblem(null);
    };
  }, [eyes, viewId, producerId]);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = seen?.stream ?? null;
  }, [seen]);
  useEffect(() => seen?.prefer(isLarge ? 2 : 1), [seen, isLarge]);

  const isMoving = useIsMoving(video.current, seen !== null);
  const isShown = seen !== null && !paused && producerId !== null && isMoving;
  return (
    <figure className={isShown ? 'wall-camera' : 'wall-camera is-still'}>
      {/* Never taken out of the layout: a browser pauses what is not laid out, and it would never move again. */}
      <video ref={video} autoPlay muted playsInline aria-label={props.label} />
      {!isShown && (
        <p>{problem === null ? (t.live[paused ? 'giving-way' : props.live] ?? props.live) : t.noVideo(problem)}</p>
      )}
      <figcaption>{props.label}</figcaption>
    </figure>
  );
}

/** Whether frames go on coming. A picture that has stopped must not look like a quiet room. */
function useIsMoving(video: HTMLVideoElement | null, isSeen: boolean): boolean {
  const [isMoving, setMoving] = useState(false);
  useEffect(() => {
    if (video === null || !isSeen) return;
    let frames = -1;
    let changedAtMs = performance.now();
    const timer = setInterval(() => {
      const { totalVideoFrames } = video.getVideoPlaybackQuality();
      if (totalVideoFrames !== frames) changedAtMs = performance.now();
      // The first look has nothing to compare with.
      const isFirst = frames === -1;
      frames = totalVideoFrames;
      setMoving(!isFirst && frames > 0 && performance.now() - changedAtMs < stalledAfterMs);
    }, 500);
    return () => {
      clearInterval(timer);
      setMoving(false);
    };
  }, [video, isSeen]);
  return isMoving;
}

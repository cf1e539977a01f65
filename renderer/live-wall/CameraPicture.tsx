import { type ReactNode, useEffect, useRef, useState } from 'react';
import { liveWallTexts } from '../texts/live-wall.ts';
import { useTexts } from '../texts/use-texts.ts';
import type { Eyes, SeenCamera } from './see-camera.ts';

const againAfterMs = 1_500;

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
  const [attempt, again] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    if (producerId === null) return;
    let isOver = false;
    let mine: SeenCamera | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    eyes.see(viewId, producerId).then(
      (camera) => {
        mine = camera;
        if (isOver) camera.close();
        else setSeen(camera);
      },
      (error: Error) => {
        if (isOver) return;
        setProblem(error.message);
        timer = setTimeout(() => again((n) => n + 1), againAfterMs);
      },
    );
    return () => {
      isOver = true;
      clearTimeout(timer);
      mine?.close();
      setSeen(null);
      setProblem(null);
    };
  }, [eyes, viewId, producerId, attempt]);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = seen?.stream ?? null;
  }, [seen]);
  useEffect(() => seen?.prefer(isLarge ? 2 : 1), [seen, isLarge]);

  const isShown = seen !== null && !paused && producerId !== null;
  return (
    <figure className="wall-camera">
      <video ref={video} autoPlay muted playsInline hidden={!isShown} aria-label={props.label} />
      {!isShown && (
        <p>{problem === null ? (t.live[paused ? 'giving-way' : props.live] ?? props.live) : t.noVideo(problem)}</p>
      )}
      <figcaption>{props.label}</figcaption>
    </figure>
  );
}

import { type ReactNode, useEffect, useRef } from 'react';
import { CameraFilled } from '../../ui/icons.tsx';
import { CameraIcon, TurnIcon } from './door-icons.tsx';

/** What the corners say: yellow "not yet", green "taken", white "as it was". */
export type FrameTone = 'asking' | 'taken' | 'past';

/**
 * The picture of the person: live and mirrored, as a mirror would show them, or the still that was taken. The black
 * bar above speaks to the person; one instruction at a time.
 */
export function FaceFrame(props: {
  say: ReactNode;
  /** Sizes the words of the bar to their line. */
  sayPx: number;
  stream: MediaStream | null;
  still: string | null;
  tone: FrameTone | null;
  /** Where the head is to go, drawn over the mirror; null while it is not to move. */
  turn?: 'face-camera' | 'turn-left' | 'turn-right' | 'back-to-front' | null;
  /** Words over the picture's lower edge, for staff. */
  caption: ReactNode | null;
  /** What to write where there is no picture. */
  empty: ReactNode;
  videoRef: (video: HTMLVideoElement | null) => void;
}): ReactNode {
  return (
    <section className="door-live">
      <div className="door-say" aria-live="polite" style={{ fontSize: props.sayPx }}>
        {props.say}
      </div>
      {props.stream === null && props.still === null ? (
        <div className="door-picture is-empty">
          <CameraIcon />
          {props.empty}
        </div>
      ) : (
        <div className="door-picture">
          {props.stream !== null ? (
            <LiveVideo stream={props.stream} videoRef={props.videoRef} />
          ) : (
            <img className="is-mirrored" src={props.still ?? ''} alt="" />
          )}
          {props.tone !== null && <Corners tone={props.tone} />}
          {(props.turn === 'turn-left' || props.turn === 'turn-right') && (
            <TurnIcon side={props.turn === 'turn-left' ? 'left' : 'right'} />
          )}
          {props.caption !== null && (
            <div className="door-caption">
              <CameraFilled /> {props.caption}
            </div>
          )}
        </div>
      )}
    </section>
  );
}

/** A stream has no attribute in HTML: it is handed over once the element is there. */
export function LiveVideo(props: {
  stream: MediaStream;
  videoRef?: (video: HTMLVideoElement | null) => void;
  /** A person expects a mirror; a document is read. */
  mirrored?: boolean;
}): ReactNode {
  const own = useRef<HTMLVideoElement | null>(null);
  const { stream, videoRef } = props;
  useEffect(() => {
    const video = own.current;
    if (video === null) return;
    video.srcObject = stream;
    videoRef?.(video);
    return () => videoRef?.(null);
  }, [stream, videoRef]);
  return <video ref={own} {...(props.mirrored !== false && { className: 'is-mirrored' })} autoPlay muted playsInline />;
}

/** Four corners with a dark halo: a light line alone has too little contrast on a grey wall. */
function Corners({ tone }: { tone: FrameTone }): ReactNode {
  return (
    <div className={`door-corners is-${tone}`} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}

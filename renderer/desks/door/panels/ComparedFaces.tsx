import type { ReactNode } from 'react';
import type { Lookalike } from '../../../../electron/features/checkin/contract.ts';
import { PersonIcon } from '../../../features/checkin/door-icons.tsx';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { minuteText } from '../../../ui/time-text.ts';

/** Two faces are compared as they are: none of them in a mirror. Where there is no picture, its place stays. */
export function FacePicture(props: { src: string | null; alt: string; none?: ReactNode }): ReactNode {
  const { src, alt, none = <PersonIcon /> } = props;
  return src === null ? <div className="door-manual-none">{none}</div> : <img src={src} alt={alt} />;
}

/** Somebody who came to the door and whom their face is taken for, of one size; what else belongs to them stands below. */
export function ComparedFaces(props: {
  /** The face at the door. */
  face: ReactNode;
  caption: string;
  /** Who they say they are. */
  name: string;
  /** The address of the other's picture. */
  other: string | null;
  like: Lookalike;
  children?: ReactNode;
}): ReactNode {
  const { like } = props;
  const t = useTexts(doorTexts);
  return (
    <div className="ui-card door-like-pictures">
      <figure>
        {props.face}
        <figcaption>
          <b>{props.caption}</b>
          <span>{t.claims(props.name)}</span>
        </figcaption>
      </figure>
      <figure>
        <FacePicture src={props.other} alt={like.name} />
        <figcaption>
          <b>{t.alreadyInside(like.name)}</b>
          <span>
            {like.kind === 'admitted'
              ? t.insideAt(like.roomName, t.seat(like.seat), minuteText(like.admittedAtMs))
              : t.onBlockList(like.reason)}
          </span>
        </figcaption>
      </figure>
      {props.children}
    </div>
  );
}

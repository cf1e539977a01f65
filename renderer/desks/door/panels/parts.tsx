import type { CSSProperties, ReactNode } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { fitPx } from '../../../features/checkin/fit-text.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useErrorSentence } from '../../../texts/error-sentence.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { Status } from '../../../ui/Status.tsx';
import { NotSaved } from '../use-door.ts';

/** Width in px of a line in the right card at the narrowest window it is made for (1280). */
export const panelRoomPx = 480;

/** The answer of the screen: colour, icon shape and word, top right, always in the same place. */
export function Headline(props: {
  tone: 'done' | 'look' | 'stop' | 'not-done';
  icon: ReactNode;
  children: string;
}): ReactNode {
  return (
    <h2 className={`door-headline is-${props.tone}`} style={{ fontSize: fitPx(props.children, 40, panelRoomPx - 62) }}>
      {props.icon}
      <span>{props.children}</span>
    </h2>
  );
}

/** Who it is about. A long name wraps; numbers come masked from the station. */
export function Who({ attempt, roomPx = panelRoomPx }: { attempt: Attempt; roomPx?: number }): ReactNode {
  const name = attempt.name ?? '';
  return (
    <div className="door-who">
      <b style={{ fontSize: Math.max(22, fitPx(name, 34, roomPx)) }}>{name}</b>
      <Ids attempt={attempt} />
    </div>
  );
}

/** The numbers, masked as they come from the station. */
export function Ids({ attempt }: { attempt: Attempt }): ReactNode {
  const t = useTexts(doorTexts);
  return (
    <div className="door-ids">
      {attempt.maskedDocumentNumber !== null && <span>{t.id(attempt.maskedDocumentNumber)}</span>}
      {attempt.ticketNumber !== null && <span>{t.ticketNumber(attempt.ticketNumber)}</span>}
    </div>
  );
}

/** The largest words of a panel, one line each, shrunk to fit and never cut. */
export function Large(props: { lines: readonly string[]; px: number; lead?: string; under?: ReactNode }): ReactNode {
  const sizes = props.lines.map((line) => fitPx(line, props.px, panelRoomPx));
  return (
    <div className="door-large">
      {props.lead !== undefined && <div className="door-large-lead">{props.lead}</div>}
      {props.lines.map((line, i) => (
        <div key={line} className="door-large-line" style={{ '--px': sizes[i], '--cap': props.px } as CSSProperties}>
          {line}
        </div>
      ))}
      {props.under !== undefined && <div className="door-large-under">{props.under}</div>}
    </div>
  );
}

/** The two ways out of an attempt that is under way: the queue goes on, or it was nothing. */
export function AsideRow({ aside, cancel }: { aside: () => void; cancel: () => void }): ReactNode {
  const t = useTexts(doorTexts);
  return (
    <div className="ui-row door-second-row">
      <BigButton size={48} hint="F9" onPress={aside}>
        {t.moveAside}
      </BigButton>
      <BigButton size={48} hint="Escape" onPress={cancel}>
        {t.cancel}
      </BigButton>
    </div>
  );
}

/** Why the last step was refused. Keeps no room while there is nothing to say. */
export function Refusal({ error }: { error: unknown }): ReactNode {
  const sentence = useErrorSentence();
  const t = useTexts(doorTexts);
  if (error === null) return null;
  return (
    <p className="door-refusal" role="alert">
      <Status kind="look">{error instanceof NotSaved ? t.notSaved : sentence(error)}</Status>
    </p>
  );
}

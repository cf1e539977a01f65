import { type ReactNode, useEffect, useRef } from 'react';
import { KeyHint } from './KeyHint.tsx';

export interface BigButtonProps {
  /** Height in px, which is the weight of the action: 136 the one thing to do, 64, 48, 36. */
  size: 136 | 64 | 48 | 36;
  /** Blue means "press"; at most one on a screen. */
  blue?: boolean;
  /** The key that does the same; the caller binds it with `useKeys`. */
  hint?: string;
  icon?: ReactNode;
  /** A smaller second line. */
  under?: ReactNode;
  disabled?: boolean;
  /**
   * Whom or what a scanner or a fast hand could decide unseen, at the door, in a room, before a lock: clicks within
   * 400 ms of its change are ignored, as Enter is. Pages where nobody is judged leave it out: there a click counts.
   */
  verdict?: string;
  onPress: () => void;
  children: ReactNode;
}

export function BigButton(props: BigButtonProps): ReactNode {
  const armedAtMs = useRef(0);
  useEffect(() => {
    armedAtMs.current = props.verdict === undefined ? 0 : performance.now() + 400;
  }, [props.verdict]);
  return (
    <button
      type="button"
      className={`ui-button size-${props.size}${props.blue && !props.disabled ? ' is-blue' : ''}`}
      disabled={props.disabled}
      onClick={(event) => {
        // Focus left on a clicked button would make the next Enter press it again.
        event.currentTarget.blur();
        // The second half of a double click belongs to what stood here before: signing must not seal as well.
        if (props.blue && event.detail === 2) return;
        if (performance.now() >= armedAtMs.current) props.onPress();
      }}
    >
      {props.icon}
      <span className="ui-button-text">
        <span>{props.children}</span>
        {props.under !== undefined && <span className="ui-button-under">{props.under}</span>}
      </span>
      {props.hint !== undefined && <KeyHint name={props.hint} />}
    </button>
  );
}

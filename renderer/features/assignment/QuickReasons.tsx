import type { ReactNode } from 'react';
import type { KeyBindings } from '../../ui/keys.ts';

/** Reasons to press instead of writing, each with its digit; `keysOf` binds the digits. */
export function QuickReasons<Reason>(props: {
  reasons: readonly Reason[];
  word: (reason: Reason) => string;
  chosen: Reason | null;
  choose: (reason: Reason) => void;
  label?: string;
}): ReactNode {
  return (
    <fieldset className="assignment-quick" aria-label={props.label}>
      {props.reasons.map((reason, i) => (
        <button
          type="button"
          key={props.word(reason)}
          aria-pressed={props.chosen === reason}
          className={props.chosen === reason ? 'is-chosen' : ''}
          onClick={() => props.choose(reason)}
        >
          <kbd>{i + 1}</kbd> {props.word(reason)}
        </button>
      ))}
    </fieldset>
  );
}

export const digitKeys = <Reason,>(reasons: readonly Reason[], choose: (reason: Reason) => void): KeyBindings =>
  Object.fromEntries(reasons.map((reason, i) => [String(i + 1), () => choose(reason)]));

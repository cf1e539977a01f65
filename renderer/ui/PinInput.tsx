import { Input } from 'antd';
import type { ComponentRef, ReactNode, Ref } from 'react';

/**
 * Six masked boxes. `onChange` gets what is typed so far; six digits are a whole PIN. Enter is left to the desk. A click
 * into a whole PIN empties it: nobody corrects what they cannot see, and a box that still holds a digit may take the
 * new one beside the old on a slow machine.
 */
export function PinInput(props: {
  value: string;
  onChange: (pin: string) => void;
  label: string;
  disabled?: boolean;
  autoFocus?: boolean;
  /** Moves the cursor into the first box. */
  ref?: Ref<ComponentRef<typeof Input.OTP>>;
}): ReactNode {
  return (
    <fieldset
      className="ui-pin"
      data-enter="desk"
      aria-label={props.label}
      onPointerDown={() => {
        if (!props.disabled && props.value.length === 6) props.onChange('');
      }}
    >
      <Input.OTP
        ref={props.ref}
        length={6}
        mask="●"
        type="tel"
        autoComplete="off"
        autoFocus={props.autoFocus}
        disabled={props.disabled}
        value={props.value}
        formatter={(text) => text.replace(/\D/g, '')}
        onInput={(cells) => props.onChange(cells.join('').slice(0, 6))}
      />
    </fieldset>
  );
}

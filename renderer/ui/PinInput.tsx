import { Input } from 'antd';
import type { ReactNode } from 'react';

/** Six masked boxes. `onChange` gets what is typed so far; six digits are a whole PIN. Enter is left to the desk. */
export function PinInput(props: {
  value: string;
  onChange: (pin: string) => void;
  label: string;
  disabled?: boolean;
  autoFocus?: boolean;
}): ReactNode {
  return (
    <fieldset className="ui-pin" data-enter="desk" aria-label={props.label}>
      <Input.OTP
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

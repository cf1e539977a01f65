import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { useMe } from './use-me.ts';

type Person = { staffId: string; name: string };

export interface TwoPinsDraft {
  pin: string;
  setPin: (pin: string) => void;
  /** Leads and supervisors, but for whoever sits here. */
  seconds: readonly Person[];
  second: Person | undefined;
  choose: (staffId: string) => void;
  secondPin: string;
  setSecondPin: (pin: string) => void;
  /** What is sent; null while something is missing. */
  given: { pin: string; second: { staffId: string; pin: string } } | null;
  /** Both PINs are typed anew after a refusal; who is the second person stays. */
  clear: () => void;
}

/** One's own PIN, and that of a lead or supervisor who agrees. */
export function useTwoPins(): TwoPinsDraft {
  const me = useMe();
  const people = useQuery(ask.staff.names.queryOptions()).data ?? [];
  const [pin, setPin] = useState('');
  const [secondId, choose] = useState<string | null>(null);
  const [secondPin, setSecondPin] = useState('');
  const seconds = people.filter(
    (p) => p.staffId !== me?.staffId && p.roles.some((role) => role === 'supervisor' || role === 'site-lead'),
  );
  const second = seconds.find((p) => p.staffId === secondId);
  const whole = pin.length === 6 && secondPin.length === 6;
  const clear = () => {
    setPin('');
    setSecondPin('');
  };
  const given = whole && second ? { pin, second: { staffId: second.staffId, pin: secondPin } } : null;
  return { pin, setPin, seconds, second, choose, secondPin, setSecondPin, given, clear };
}

/** The fields for both PINs; that of the second person comes once they are chosen. */
export function TwoPins(props: {
  draft: TwoPinsDraft;
  words: { own: string; second: string; chooseSecond: string; secondPin: (name: string) => string };
  disabled: boolean;
  autoFocus?: boolean;
}): ReactNode {
  const { draft, words: t, disabled } = props;
  const { second } = draft;
  return (
    <>
      <b>{t.own}</b>
      <PinInput
        value={draft.pin}
        onChange={draft.setPin}
        label={t.own}
        autoFocus={props.autoFocus ?? false}
        disabled={disabled}
      />
      <b>{t.second}</b>
      <Select
        size="large"
        value={second?.staffId ?? null}
        placeholder={t.chooseSecond}
        aria-label={t.second}
        options={draft.seconds.map((p) => ({ value: p.staffId, label: p.name }))}
        onChange={draft.choose}
      />
      {second && (
        <>
          <b>{t.secondPin(second.name)}</b>
          <PinInput
            value={draft.secondPin}
            onChange={draft.setSecondPin}
            label={t.secondPin(second.name)}
            disabled={disabled}
          />
        </>
      )}
    </>
  );
}

import { type Input, Select } from 'antd';
import { type ComponentRef, type ReactNode, type Ref, useState } from 'react';
import type { Lane } from '../../../../electron/features/checkin/contract.ts';
import { roleNames } from '../../../features/staff/role-names.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useLanguage } from '../../../texts/language.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { PinInput } from '../../../ui/PinInput.tsx';

export type StaffPerson = Lane['secondPersons'][number];
export interface PersonPinDraft {
  staffId: StaffPerson['staffId'] | null;
  pin: string;
}
export const nobodyYet: PersonPinDraft = { staffId: null, pin: '' };

/** Who vouches, and their own PIN. Nobody is remembered from the last time; the only one there is stands chosen. */
export function PersonPin(props: {
  label: string;
  people: readonly StaffPerson[];
  nobody: string;
  value: PersonPinDraft;
  onChange: (value: PersonPinDraft) => void;
  /** Something else has to be done first. */
  disabled?: boolean;
  /** Moves the cursor into the PIN. */
  pinRef?: Ref<ComponentRef<typeof Input.OTP>>;
}): ReactNode {
  const t = useTexts(doorTexts);
  const { language } = useLanguage();
  const { people, value } = props;
  // Only who has just been chosen types at once; who stood chosen from the start leaves the digits to the desk.
  const [byHand, setByHand] = useState(false);
  const chosen = people.find((person) => person.staffId === value.staffId) ?? null;
  const pinLabel = chosen === null ? t.choosePerson : t.ownPin(chosen.name);
  return (
    <>
      <div className="door-manual-grid">
        <span>{props.label}</span>
        <Select<StaffPerson['staffId']>
          size="large"
          aria-label={props.label}
          placeholder={t.choosePerson}
          notFoundContent={props.nobody}
          value={value.staffId}
          onChange={(staffId) => {
            setByHand(true);
            props.onChange({ staffId, pin: '' });
          }}
          options={people.map((person) => ({
            value: person.staffId,
            label: `${person.name} · ${roleNames(person.roles, language)}`,
          }))}
        />
      </div>
      {chosen !== null && <p className="door-pin-label">{pinLabel}</p>}
      <PinInput
        key={value.staffId ?? ''}
        label={pinLabel}
        value={value.pin}
        onChange={(pin) => props.onChange({ ...value, pin })}
        disabled={chosen === null || (props.disabled ?? false)}
        autoFocus={byHand && chosen !== null}
        {...(props.pinRef !== undefined && { ref: props.pinRef })}
      />
    </>
  );
}

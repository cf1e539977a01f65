import { Input } from 'antd';
import { type ComponentRef, type ReactNode, type Ref, useEffect, useState } from 'react';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import type { Door } from '../use-door.ts';
import { nobodyYet, PersonPin, type PersonPinDraft, type StaffPerson } from './PersonPin.tsx';
import { Refusal } from './parts.tsx';

/** A person's words and who they are, whole enough to be sent. */
export interface Vouched {
  words: string;
  by: { staffId: StaffPerson['staffId']; pin: string };
}

export interface Vouching {
  words: string;
  write: (words: string) => void;
  by: PersonPinDraft;
  setBy: (by: PersonPinDraft) => void;
  /** What is still to be done, in words, in the order of the panel. */
  missing: readonly string[];
  /** null while something is missing. */
  vouched: Vouched | null;
}

/**
 * What a person with a role says, and their own PIN. A PIN that was refused is gone; the words stay.
 *
 * @param wanted  the words for what is missing
 * @param options.stands  who stands chosen as long as nobody else was
 * @param options.keepsPin  the refusal only asks back, and the same PIN answers it
 */
export function useVouching(
  refusal: unknown,
  wanted: { words: string; person: string; pin: string },
  options: { stands?: StaffPerson | undefined; keepsPin?: boolean } = {},
): Vouching {
  const { stands, keepsPin = false } = options;
  const [words, write] = useState('');
  const [typed, setBy] = useState(nobodyYet);
  const by = typed.staffId === null && stands !== undefined ? { ...typed, staffId: stands.staffId } : typed;
  useEffect(() => {
    if (refusal !== null && !keepsPin) setBy((now) => ({ ...now, pin: '' }));
  }, [refusal, keepsPin]);
  const missing = [
    ...(words.trim().length < 2 ? [wanted.words] : []),
    ...(by.staffId === null ? [wanted.person] : []),
    ...(by.pin.length < 6 ? [wanted.pin] : []),
  ];
  const vouched =
    missing.length > 0 || by.staffId === null
      ? null
      : { words: words.trim(), by: { staffId: by.staffId, pin: by.pin } };
  return { words, write, by, setBy, missing, vouched };
}

/** The people who may judge whether two faces are one person: a lead or a supervisor, and not whoever sits at this desk. */
export const judgesOf = (door: Door, ownStaffId: string | undefined): StaffPerson[] =>
  door.lane.secondPersons.filter(
    ({ staffId, roles }) => staffId !== ownStaffId && (roles.includes('site-lead') || roles.includes('supervisor')),
  );

/** The lower part of such a panel: the words, the person with their PIN, the act, and the ways out. */
export function VouchedAct(props: {
  door: Door;
  vouching: Vouching;
  /** What the words are, such as why. */
  wordsLabel: string;
  personLabel: string;
  people: readonly StaffPerson[];
  nobody: string;
  pinRef?: Ref<ComponentRef<typeof Input.OTP>>;
  /** All that is missing, the panel's own parts first. */
  missing: readonly string[];
  act: string;
  onAct: () => void;
  /** Another way out, left of the way back. */
  other?: ReactNode;
  onBack: () => void;
}): ReactNode {
  const { door, vouching, missing } = props;
  const t = useTexts(doorTexts);
  const ready = missing.length === 0 && !door.busy;
  return (
    <>
      <Input
        size="large"
        data-enter="desk"
        maxLength={200}
        aria-label={props.wordsLabel}
        placeholder={props.wordsLabel}
        value={vouching.words}
        onChange={(event) => vouching.write(event.target.value)}
      />
      <PersonPin
        label={props.personLabel}
        people={props.people}
        nobody={props.nobody}
        value={vouching.by}
        onChange={vouching.setBy}
        disabled={door.busy}
        {...(props.pinRef !== undefined && { pinRef: props.pinRef })}
      />
      <div className="door-push" />
      <Refusal error={door.refusal} />
      <BigButton
        size={64}
        blue
        disabled={!ready}
        onPress={props.onAct}
        {...(ready ? { hint: 'Enter' } : { under: t.stillMissing([...missing]) })}
      >
        {props.act}
      </BigButton>
      <div className="ui-row door-second-row">
        {props.other ?? <span />}
        <BigButton size={48} hint="Escape" onPress={props.onBack}>
          {t.back}
        </BigButton>
      </div>
    </>
  );
}

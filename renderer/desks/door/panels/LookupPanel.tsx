import { Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { CardIcon } from '../../../features/checkin/door-icons.tsx';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { Headline, Refusal } from './parts.tsx';

/** F2: one field for whatever number is at hand. It is gone as soon as it has found someone. */
export function LookupPanel({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const [typed, setTyped] = useState('');
  const field = useRef<InputRef>(null);
  const ready = typed.trim().length >= 4 && !door.busy;
  const close = () => door.setLookupOpen(false);
  const go = () => {
    if (ready) door.lookUp(typed.trim().toUpperCase());
  };
  useKeys({ Enter: go, Escape: close });
  useEffect(() => field.current?.focus(), []);
  return (
    <>
      <Headline tone="not-done" icon={<CardIcon />}>
        {t.lookupTitle}
      </Headline>
      <div className="door-lookup" data-enter="desk">
        <Input
          ref={field}
          value={typed}
          maxLength={30}
          autoComplete="off"
          aria-label={t.lookupTitle}
          onChange={(event) => setTyped(event.target.value.normalize('NFKC').replace(/[^0-9A-Za-z()-]/g, ''))}
        />
        <p>{t.lookupHelp}</p>
      </div>
      <Refusal error={door.refusal} />
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={go}>
        {t.lookupGo}
      </BigButton>
      <div className="ui-row door-second-row">
        <span />
        <BigButton size={48} hint="Escape" onPress={close}>
          {t.back}
        </BigButton>
      </div>
    </>
  );
}

import { useMutation } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ask } from '../../../api/query.ts';
import { CardIcon } from '../../../features/checkin/door-icons.tsx';
import { mayBeTail } from '../../../features/checkin/lookup-order.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { MatchList } from './MatchList.tsx';
import { Headline, Refusal } from './parts.tsx';

/**
 * F2: one field for whatever number is at hand, whole or its end. It is gone as soon as it has found someone; the end of a
 * number lists those who have it, to be chosen from.
 */
export function LookupPanel({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const [typed, setTyped] = useState('');
  const field = useRef<InputRef>(null);
  const number = typed.trim().toUpperCase();
  const tail = useMutation(
    ask.checkin.lookUp.mutationOptions({
      // Nobody's end: it may still be a whole short number, or the one refusal that says what is wrong with it.
      onSuccess: ({ total }) => {
        if (total === 0) door.lookUp(number);
      },
    }),
  );
  const found = tail.data !== undefined && tail.data.total > 0 ? tail.data : null;
  const ready = number.length >= 4 && !door.busy && !tail.isPending;
  const close = () => door.setSide(null);
  const go = () => {
    if (!ready) return;
    if (mayBeTail(number)) tail.mutate({ ...door.at, tail: number });
    else door.lookUp(number);
  };
  const open = found === null;
  const byCamera = () => door.setSide('card-camera');
  const other = door.lane.otherDocuments.length > 0 ? () => door.setSide('other-document') : undefined;
  useKeys(open ? { Enter: go, Escape: close, F6: byCamera, F8: other } : {});
  useEffect(() => {
    if (open) field.current?.focus();
  }, [open]);
  if (found !== null) return <MatchList door={door} answer={found} onBack={() => tail.reset()} />;
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
      <Refusal error={tail.error ?? door.refusal} />
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={go}>
        {t.lookupGo}
      </BigButton>
      <div className="ui-row door-second-row">
        <BigButton size={48} hint="F6" onPress={byCamera}>
          {t.cardByCamera}
        </BigButton>
        {other !== undefined && (
          <BigButton size={48} hint="F8" onPress={other}>
            {t.otherDocument}
          </BigButton>
        )}
        <BigButton size={48} hint="Escape" onPress={close}>
          {t.back}
        </BigButton>
      </div>
    </>
  );
}

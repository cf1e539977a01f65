import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import type { Panel } from '../scoring/marking-record.ts';
import { digitKeys, QuickReasons } from './QuickReasons.tsx';
import { type Ground, grounds } from './RemovalForm.tsx';
import './assignment.css';

/** An examiner takes themselves off (自行回避): ground, who it is, and their own PIN. */
export function RecuseForm({ panel, onBack }: { panel: Panel; onBack: () => void }): ReactNode {
  const t = useTexts(assignmentTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [ground, choose] = useState<Ground | null>(null);
  const [note, write] = useState('');
  const [pin, setPin] = useState('');
  const recuse = useMutation(
    ask.assignment.recuse.mutationOptions({
      onSuccess: onBack,
      onError: () => setPin(''),
      onSettled: () => queries.invalidateQueries({ queryKey: ask.scoring.key() }),
    }),
  );
  const ready = ground !== null && note.trim().length >= 2 && pin.length === 6 && !recuse.isPending;
  const send = () => {
    if (ready && ground !== null) recuse.mutate({ ...panel, ground, note: note.trim(), pin });
  };
  useKeys({ ...digitKeys(grounds, choose), Enter: send, Escape: onBack }, { modal: true });
  return (
    <div className="ui-loading">
      <div className="ui-card ui-sheet assignment-form" data-enter="desk">
        <h2>{t.recuse.title}</h2>
        <p>{t.recuse.help}</p>
        <QuickReasons
          reasons={grounds}
          word={(g) => t.grounds[g]}
          chosen={ground}
          choose={choose}
          label={t.recuse.ground}
        />
        <Input
          aria-label={t.recuse.note}
          placeholder={t.recuse.note}
          maxLength={200}
          value={note}
          onChange={(event) => write(event.target.value)}
        />
        <span>{t.recuse.pin}</span>
        <PinInput value={pin} onChange={setPin} label={t.recuse.pin} />
        {recuse.isError && <Status kind="stop">{sentenceOf(recuse.error)}</Status>}
        <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={send}>
          {t.recuse.send}
        </BigButton>
        <BigButton size={36} hint="Escape" onPress={onBack}>
          {t.recuse.back}
        </BigButton>
      </div>
    </div>
  );
}

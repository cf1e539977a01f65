import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AssignmentBoard } from '../../../electron/features/assignment/contract.ts';
import type { StaffId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { useMe } from '../staff/use-me.ts';

/** Puts the approval of a sole provider on record: number, file, and the official by their own PIN. */
export function SoleProviderForm({ board, onDone }: { board: AssignmentBoard; onDone: () => void }): ReactNode {
  const t = useTexts(assignmentTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const me = useMe();
  const staff = useQuery(ask.staff.names.queryOptions()).data ?? [];
  const [number, setNumber] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [staffId, setStaff] = useState<StaffId | null>(null);
  const [pin, setPin] = useState('');
  const approve = useMutation(
    ask.assignment.approveSoleProvider.mutationOptions({
      onSuccess: onDone,
      onError: () => setPin(''),
      onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.key() }),
    }),
  );
  const ready =
    number.trim().length >= 2 && file !== null && staffId !== null && pin.length === 6 && !approve.isPending;
  const send = () => {
    if (!ready || file === null || staffId === null) return;
    const { sessionId } = board.session;
    approve.mutate({ sessionId, number: number.trim(), file, official: { staffId, pin } });
  };
  useKeys({ Enter: send, Escape: onDone }, { modal: true });
  return (
    <div className="assignment-form" data-enter="desk">
      <h2>{t.sole.title}</h2>
      <p className="office-quiet">{t.sole.help}</p>
      <Input
        aria-label={t.sole.number}
        placeholder={t.sole.number}
        maxLength={80}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <label className="assignment-file">
        {t.sole.file}
        <input type="file" aria-label={t.sole.file} onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
      </label>
      <Select
        aria-label={t.sole.official}
        placeholder={t.sole.official}
        value={staffId}
        onChange={setStaff}
        options={staff.filter((m) => m.staffId !== me?.staffId).map((m) => ({ value: m.staffId, label: m.name }))}
      />
      <span>{t.sole.pin}</span>
      <PinInput value={pin} onChange={setPin} label={t.sole.pin} />
      {approve.isError && <Status kind="stop">{sentenceOf(approve.error)}</Status>}
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={send}>
        {t.sole.send}
      </BigButton>
      <BigButton size={36} hint="Escape" onPress={onDone}>
        {t.recuse.back}
      </BigButton>
    </div>
  );
}

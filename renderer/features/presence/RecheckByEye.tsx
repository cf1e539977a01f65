import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { Recheck } from '../../../electron/features/presence/contract.ts';
import type { StaffId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { presenceTexts } from '../../texts/presence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { roleNames } from '../staff/role-names.ts';
import { useMe } from '../staff/use-me.ts';

const verdicts = ['same', 'doubt'] as const;

/** Two persons have looked at candidate, document and pictures: what they say, and the second one's own PIN. */
export function RecheckByEye(props: { roomId: Recheck['roomId']; recheck: Recheck; onDone: () => void }): ReactNode {
  const { roomId, recheck } = props;
  const { state } = recheck;
  const t = useTexts(presenceTexts);
  const sentence = useErrorSentence();
  const { language } = useLanguage();
  const me = useMe();
  const queries = useQueryClient();
  const [verdict, choose] = useState<(typeof verdicts)[number] | null>(null);
  const [note, write] = useState('');
  const [staffId, setStaff] = useState<StaffId | null>(null);
  const [pin, setPin] = useState('');
  // The same people who may be the second at the door; asking leaves the card reader where it is.
  const lane = useQuery(ask.checkin.lane.queryOptions({ input: { roomId, lane: 1, again: true } })).data;
  const others = (lane?.secondPersons ?? []).filter((person) => person.staffId !== me?.staffId);
  const second = others.find((person) => person.staffId === staffId);
  const decide = useMutation(
    ask.presence.recheckByEye.mutationOptions({
      onSuccess: props.onDone,
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.presence.room.key() }),
    }),
  );
  const missing = [
    ...(verdict === null ? [t.missingEye.verdict] : []),
    ...(verdict === 'doubt' && note.trim().length < 2 ? [t.missingEye.note] : []),
    ...(second === undefined ? [t.missingEye.second] : []),
    ...(pin.length < 6 ? [t.missingEye.pin] : []),
  ];
  const ready = missing.length === 0 && !decide.isPending && recheck.inside;
  const confirm = () => {
    if (!ready || verdict === null || second === undefined) return;
    const { recheckId } = recheck;
    decide.mutate({ recheckId, verdict, note: note.trim(), second: { staffId: second.staffId, pin } });
  };
  useEffect(() => {
    if (decide.isError) setPin('');
  }, [decide.isError]);
  useKeys(
    { 1: () => choose('same'), 2: () => choose('doubt'), Enter: confirm },
    { verdict: `eye:${recheck.recheckId}:${verdict}` },
  );
  return (
    <>
      {state.kind === 'by-eye' && (
        <p>
          <Status kind="look">{t.byEyeWhy[state.reason]}</Status>
        </p>
      )}
      <div className="presence-choice" role="radiogroup" aria-label={t.byEye}>
        {verdicts.map((value, i) => (
          // biome-ignore lint/a11y/useSemanticElements: two large tiles, chosen by key as well
          <button key={value} type="button" role="radio" aria-checked={verdict === value} onClick={() => choose(value)}>
            <b>
              <kbd>{i + 1}</kbd> {t.verdicts[value]}
            </b>
            <span>{t.verdictHelp[value]}</span>
          </button>
        ))}
      </div>
      {verdict === 'doubt' && (
        <div data-enter="desk">
          <Input
            size="large"
            maxLength={200}
            placeholder={t.doubtNote}
            aria-label={t.doubtNote}
            value={note}
            onChange={(event) => write(event.target.value)}
          />
        </div>
      )}
      <Select<StaffId>
        size="large"
        aria-label={t.secondPerson}
        placeholder={t.chooseSecond}
        notFoundContent={t.nobodyElse}
        value={staffId}
        onChange={(chosen) => {
          setStaff(chosen);
          setPin('');
        }}
        options={others.map((person) => ({
          value: person.staffId,
          label: `${person.name} · ${roleNames(person.roles, language)}`,
        }))}
      />
      <PinInput
        key={staffId ?? ''}
        label={second === undefined ? t.chooseSecond : t.pinOf(second.name)}
        value={pin}
        onChange={setPin}
        disabled={second === undefined || decide.isPending}
        autoFocus={second !== undefined}
      />
      <div className="presence-rest">{decide.isError && <Status kind="look">{sentence(decide.error)}</Status>}</div>
      <BigButton
        size={64}
        blue
        disabled={!ready}
        onPress={confirm}
        {...(ready ? { hint: 'Enter' } : { under: t.stillMissing(missing) })}
      >
        {t.confirm}
      </BigButton>
    </>
  );
}

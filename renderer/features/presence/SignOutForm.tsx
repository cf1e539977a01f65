import { isDefinedError } from '@orpc/client';
import { useMutation } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { LeaveKind, PersonInRoom, RoomPresence } from '../../../electron/features/presence/contract.ts';
import { ask } from '../../api/query.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { presenceTexts } from '../../texts/presence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { ClauseNote } from '../../ui/ClauseNote.tsx';
import { useKeys } from '../../ui/keys.ts';
import { SignaturePad, type SignatureStrokes } from '../../ui/SignaturePad.tsx';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';

const kinds = ['break', 'finished'] as const satisfies readonly LeaveKind[];

/** One person leaves: for a break, or with the work handed in and their own signature. Early, the clause and a reason. */
export function SignOutForm(props: { room: RoomPresence; person: PersonInRoom; onClose: () => void }): ReactNode {
  const { room, person, onClose } = props;
  const t = useTexts(presenceTexts);
  const sentence = useErrorSentence();
  const nowMs = useStationClock();
  const [kind, choose] = useState<LeaveKind | null>(null);
  const [note, write] = useState('');
  const [strokes, setStrokes] = useState<SignatureStrokes>([]);
  const save = useMutation(ask.presence.signOut.mutationOptions({ onSuccess: onClose }));
  const refusedRule =
    isDefinedError(save.error) && save.error.code === 'EARLY_LEAVE' ? save.error.data.rule : undefined;
  const early = (room.leave !== null && nowMs < room.leave.fromMs) || refusedRule !== undefined;
  const rule = refusedRule ?? room.leave?.rule;
  const missing = [
    ...(kind === null ? [t.missing.kind] : []),
    ...(early && note.trim().length < 2 ? [t.missing.note] : []),
  ];
  const ready = missing.length === 0 && !save.isPending;
  const go = () => {
    if (!ready || kind === null) return;
    const signed = kind === 'finished' && strokes.length > 0;
    save.mutate({ candidateId: person.candidateId, kind, note: note.trim(), ...(signed && { strokes }) });
  };
  useKeys(
    {
      1: () => choose('break'),
      2: () => choose('finished'),
      Enter: go,
      Delete: () => setStrokes([]),
      Escape: onClose,
    },
    { verdict: `leave:${person.candidateId}:${kind}` },
  );
  return (
    <aside className="ui-card room-panel presence">
      <h2 className="presence-title">{t.leaveTitle(t.seat(person.seat))}</h2>
      <p className="presence-who">{person.name}</p>
      <div className="presence-choice" role="radiogroup" aria-label={t.signOut}>
        {kinds.map((value, i) => (
          // biome-ignore lint/a11y/useSemanticElements: two large tiles, chosen by key as well
          <button key={value} type="button" role="radio" aria-checked={kind === value} onClick={() => choose(value)}>
            <b>
              <kbd>{i + 1}</kbd> {t.kinds[value]}
            </b>
            <span>{t.kindHelp[value]}</span>
          </button>
        ))}
      </div>
      {early && rule !== undefined && (
        <>
          <p>
            <Status kind="look">{room.leave === null ? t.early : t.fromTime(minuteText(room.leave.fromMs))}</Status>
          </p>
          <ClauseNote rule={rule} tone="look" />
        </>
      )}
      <div data-enter="desk">
        <Input
          size="large"
          maxLength={200}
          placeholder={t.note}
          aria-label={t.note}
          value={note}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      {kind === 'finished' && (
        <div className="presence-sign">
          <SignaturePad
            value={strokes}
            onChange={setStrokes}
            height={window.innerHeight < 730 ? 60 : 84}
            label={t.sign}
            disabled={save.isPending}
          />
          {strokes.length === 0 ? (
            <span>{t.sign}</span>
          ) : (
            <button type="button" className="ui-plain-button" onClick={() => setStrokes([])}>
              {t.again} <kbd>Del</kbd>
            </button>
          )}
        </div>
      )}
      <div className="presence-rest">
        {save.isError && refusedRule === undefined && <Status kind="look">{sentence(save.error)}</Status>}
      </div>
      <BigButton
        size={64}
        blue
        disabled={!ready}
        verdict={`leave:${person.candidateId}:${kind}`}
        onPress={go}
        {...(ready ? { hint: 'Enter' } : { under: t.stillMissing(missing) })}
      >
        {save.isPending ? t.saving : t.save}
      </BigButton>
      <BigButton size={48} hint="Escape" onPress={onClose}>
        {t.back}
      </BigButton>
    </aside>
  );
}

import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ReaderNow } from '../../../electron/features/site/contract.ts';
import { ask } from '../../api/query.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';

const tones: Record<ReaderNow['state']['kind'], StatusKind> = {
  none: 'not-done',
  lost: 'stop',
  waiting: 'done',
  reading: 'not-done',
  'take-away': 'look',
  replace: 'look',
  rejected: 'look',
};

/** One reader: how it is, what it is, whom it works for; and the card laid to try it. */
export function ReaderRow({ reader, onEdit }: { reader: ReaderNow; onEdit: () => void }): ReactNode {
  const t = useTexts(devicesTexts);
  const { state, door, samId, label, address } = reader;
  const { readerId } = reader;
  const trial = useTrial();
  return (
    <>
      <div className="devices-reader">
        <p className="devices-reader-head">
          <b>{label}</b>
          <span role="status">
            <Status kind={tones[state.kind]}>{t.readerNow[state.kind]}</Status>
          </span>
          <span className="devices-quiet">{door ? t.worksFor(door.roomName, door.lane) : t.worksForNobody}</span>
        </p>
        <p className="devices-quiet devices-reader-facts">
          <span>{address}</span>
          {samId !== null && <span>{t.module(samId)}</span>}
        </p>
        <div className="devices-reader-acts">
          <BigButton
            size={36}
            disabled={trial.isPending || state.kind === 'lost'}
            onPress={() => trial.mutate({ readerId })}
          >
            {t.tryOut}
          </BigButton>
          <BigButton size={36} onPress={onEdit}>
            {t.change}
          </BigButton>
        </div>
      </div>
      {state.kind === 'lost' ? (
        <p className="devices-note">{t.lost[state.reason] ?? t.lostHelp}</p>
      ) : (
        <TrialNote trial={trial} label={label} />
      )}
    </>
  );
}

function TrialNote({ trial, label }: { trial: ReturnType<typeof useTrial>; label: string }): ReactNode {
  const t = useTexts(devicesTexts);
  const sentenceOf = useErrorSentence();
  if (trial.isPending) {
    return (
      <p className="devices-note" role="status">
        <Status kind="look">{t.layCard(label)}</Status>
      </p>
    );
  }
  if (trial.isError) {
    return (
      <p className="devices-note" role="alert">
        <Status kind="stop">{sentenceOf(trial.error)}</Status>
      </p>
    );
  }
  if (trial.data === undefined) return null;
  const { kind, maskedNumber, photo, decoder } = trial.data;
  const readable = kind !== 'unreadable';
  return (
    <p className="devices-note" role="status">
      <Status kind={readable ? 'done' : 'stop'}>
        {readable ? t.triedCard(t.cardKinds[kind], maskedNumber) : t.cardKinds.unreadable}
      </Status>
      <span className="devices-quiet">
        {decoder === null ? t.triedPhoto[photo] : t.undecoded(t.decodeFailures[decoder.code] ?? decoder.code)}
      </span>
    </p>
  );
}

const useTrial = () => useMutation(ask.site.tryReader.mutationOptions());

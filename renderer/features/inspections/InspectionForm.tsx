import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Inspection, InspectionResult } from '../../../electron/features/inspections/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { inspectionsTexts } from '../../texts/inspections.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { type Said, VerdictRow } from './VerdictRow.tsx';
import './inspections.css';

const nothing: Said<never> = { verdict: null, words: '' };

/** The supervisor's form, at the office or in the room: everybody drawn, the room, and their own PIN. */
export function InspectionForm({ inspection }: { inspection: Inspection }): ReactNode {
  const t = useTexts(inspectionsTexts);
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const [people, setPeople] = useState<ReadonlyMap<string, Said>>(new Map());
  const [room, setRoom] = useState<Said<'in-order' | 'finding'>>(nothing);
  const [pin, setPin] = useState('');
  const record = useMutation(
    ask.inspections.record.mutationOptions({
      onError: () => setPin(''),
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.inspections.key() }),
    }),
  );
  const { candidates, inspectorName } = inspection;
  const saidOf = (candidateId: string): Said => people.get(candidateId) ?? nothing;
  const all = [...candidates.map((c) => saidOf(c.candidateId)), room];
  const open = all.filter((s) => s.verdict === null).length;
  const silent = all.some((s) => s.verdict === 'finding' && s.words.trim().length < 2);
  const obstacle = open > 0 ? t.missing(open) : silent ? t.wordsMissing : pin.length < 6 ? t.pinMissing : null;
  const ready = obstacle === null && !record.isPending;
  const send = () => {
    if (!ready || room.verdict === null) return;
    const result: InspectionResult = {
      candidates: candidates.map(({ candidateId }) => {
        const { verdict, words } = saidOf(candidateId);
        return { candidateId, verdict: verdict!, words: verdict === 'finding' ? words.trim() : '' };
      }),
      room: { verdict: room.verdict, words: room.verdict === 'finding' ? room.words.trim() : '' },
    };
    record.mutate({ inspectionId: inspection.inspectionId, result, pin });
  };
  useKeys({ Enter: ready ? send : undefined }, { verdict: `inspection:${inspection.inspectionId}:${ready}` });
  return (
    <>
      <div className="inspection-lines">
        <h3>{t.candidates}</h3>
        {candidates.map((c) => (
          <VerdictRow
            key={c.candidateId}
            who={`${c.seat} ${c.name}`.trim()}
            detail={c.ticketNumber}
            options={['in-order', 'finding', 'not-there'] as const}
            said={saidOf(c.candidateId)}
            onSay={(said) => setPeople((before) => new Map(before).set(c.candidateId, said))}
          />
        ))}
        <VerdictRow
          who={t.room}
          detail={t.roomHelp}
          options={['in-order', 'finding'] as const}
          said={room}
          onSay={setRoom}
        />
      </div>
      <span className="inspection-pin">
        {t.pin(inspectorName)}
        <PinInput key={record.submittedAt} label={t.pin(inspectorName)} value={pin} onChange={setPin} />
      </span>
      {record.isError && <Status kind="stop">{sentence(record.error)}</Status>}
      <BigButton
        size={64}
        blue
        disabled={!ready}
        onPress={send}
        {...(ready ? { hint: 'Enter' } : { under: obstacle ?? '' })}
      >
        {t.send}
      </BigButton>
    </>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Inspection, Verdict } from '../../../electron/features/inspections/contract.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { inspectionsTexts } from '../../texts/inspections.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { minuteText } from '../../ui/time-text.ts';
import { InspectionForm } from './InspectionForm.tsx';

/** One inspection at the office: the draw and its file, the form or what was found, and the lead's signature. */
export function InspectionCard({ inspection, mayLead }: { inspection: Inspection; mayLead: boolean }): ReactNode {
  const t = useTexts(inspectionsTexts);
  const { from, result, signed } = inspection;
  const save = async () => {
    const text = await station.inspections.published({ inspectionId: inspection.inspectionId });
    saveFile(t.fileName(inspection.nth), new Blob([text], { type: 'application/json' }));
  };
  return (
    <section className="ui-card inspection-card">
      <header>
        <h2>{t.who(inspection.inspectorName, inspection.roomName)}</h2>
        <p className="office-quiet">
          {t.drawnAt(minuteText(inspection.drawnAtMs), from.rooms, from.inspectors, from.present)} ·{' '}
          {t.record(inspection.seq)}
        </p>
      </header>
      {result === null ? <InspectionForm inspection={inspection} /> : <Found inspection={inspection} />}
      {result !== null && signed === null && mayLead && <Sign inspection={inspection} />}
      {signed !== null && <Status kind="done">{t.signedBy(signed.byName, minuteText(signed.atMs))}</Status>}
      <footer className="inspection-file">
        <small>{t.saveHelp}</small>
        <BigButton size={36} onPress={() => void save()}>
          {t.save}
        </BigButton>
      </footer>
    </section>
  );
}

const tone = (verdict: Verdict) => (verdict === 'in-order' ? 'done' : verdict === 'finding' ? 'stop' : 'not-done');

function Found({ inspection }: { inspection: Inspection }): ReactNode {
  const t = useTexts(inspectionsTexts);
  const { candidates, room, atMs } = inspection.result!;
  const person = (id: string) => inspection.candidates.find((c) => c.candidateId === id);
  const lines = [
    ...candidates.map((c) => {
      const who = person(c.candidateId);
      return { key: c.candidateId as string, who: `${who?.seat ?? ''} ${who?.name ?? ''}`.trim(), ...c };
    }),
    { key: 'room', who: t.room, ...room },
  ];
  return (
    <div className="inspection-lines">
      <h3>{t.foundAt(minuteText(atMs))}</h3>
      {lines.map(({ key, who, verdict, words }) => (
        <div key={key} className="inspection-line">
          <span className="inspection-who">
            <b>{who}</b>
            <small>{words}</small>
          </span>
          <Status kind={tone(verdict)}>{t.verdicts[verdict]}</Status>
        </div>
      ))}
    </div>
  );
}

function Sign({ inspection }: { inspection: Inspection }): ReactNode {
  const t = useTexts(inspectionsTexts);
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const [pin, setPin] = useState('');
  const sign = useMutation(
    ask.inspections.sign.mutationOptions({
      onError: () => setPin(''),
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.inspections.key() }),
    }),
  );
  const ready = pin.length === 6 && !sign.isPending;
  const send = () => {
    if (ready) sign.mutate({ inspectionId: inspection.inspectionId, pin });
  };
  useKeys({ Enter: ready ? send : undefined }, { verdict: `sign:${inspection.inspectionId}` });
  return (
    <>
      <p className="office-quiet">{t.signHelp}</p>
      <span className="inspection-pin">
        {t.yourPin}
        <PinInput key={sign.submittedAt} label={t.yourPin} value={pin} onChange={setPin} />
      </span>
      {sign.isError && <Status kind="stop">{sentence(sign.error)}</Status>}
      <BigButton size={64} blue disabled={!ready} onPress={send} {...(ready && { hint: 'Enter' })}>
        {t.sign}
      </BigButton>
    </>
  );
}

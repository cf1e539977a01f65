import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { keysTexts } from '../../texts/keys.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { dateText } from '../../ui/time-text.ts';
import { useSignedPair } from '../../ui/use-signed-pair.tsx';
import { KeysForm } from './KeysForm.tsx';

const TONES: Record<'fine' | 'soon' | 'over', StatusKind> = { fine: 'done', soon: 'look', over: 'stop' };

/** How old the station's key is, when the next rotation is due, and what to do then or when it is lost. */
export function KeysCard(): ReactNode {
  const t = useTexts(keysTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const view = useQuery(ask.keys.view.queryOptions()).data;
  const [asked, setAsked] = useState<'rotate' | 'renew' | null>(null);
  const rotations = useMutation(
    ask.keys.rotations.mutationOptions({
      onSuccess: (all) => {
        for (const [i, { text, signature }] of all.entries()) {
          saveFile(`rotation-${i + 1}.json`, new Blob([text], { type: 'application/json' }));
          saveFile(`rotation-${i + 1}.json.sig`, new Blob([signature], { type: 'text/plain' }));
        }
      },
    }),
  );
  const takeOver = useMutation(
    ask.keys.takeOver.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.keys.key() }),
    }),
  );
  const { input, choose, halved } = useSignedPair(t.takeOverHelp, takeOver.mutate);
  if (!view) return null;
  const { centre } = view;
  return (
    <section className="ui-card devices-card">
      <h2>{t.title}</h2>
      <p className="devices-state">
        <Status kind={view.locked ? 'look' : TONES[view.due]}>
          {view.locked ? t.locked : t.states[view.due](view.dueMs)}
        </Status>
      </p>
      <p>
        {t.since} {dateText(view.sinceMs)} · {t.journalSize} {view.journalSize}
        <br />
        <small className="devices-quiet">{t.journalSizeHelp}</small>
      </p>
      <b>{t.centre}</b>
      {centre === null ? (
        <p className="devices-quiet">{t.noPlan}</p>
      ) : (
        <p className="devices-quiet">
          {centre.name} <small>{shortened(centre.recipient)}</small>
          <br />
          {t.next} <small>{centre.nextRecipient === null ? t.noNext : shortened(centre.nextRecipient)}</small>
        </p>
      )}
      {(view.changes.length > 0 || view.replacedAtMs !== null) && (
        <>
          <b>{t.changes}</b>
          <ul className="devices-quiet">
            {view.changes.map((c) => (
              <li key={c.fingerprint}>{t.change[c.why](c.atMs, c.journalSize, c.byName, c.secondName)}</li>
            ))}
            {view.replacedAtMs !== null && <li>{t.replaced(view.replacedAtMs)}</li>}
          </ul>
        </>
      )}
      {asked === null ? (
        <div className="devices-row">
          <BigButton size={48} onPress={() => setAsked(view.locked ? 'renew' : 'rotate')}>
            {view.locked ? t.renew : t.rotate}
          </BigButton>
          {view.changes.some((c) => c.why === 'rotated') && (
            <BigButton size={48} disabled={rotations.isPending} onPress={() => rotations.mutate({})}>
              {t.saveRotations}
            </BigButton>
          )}
          <BigButton size={48} disabled={takeOver.isPending} onPress={choose}>
            {t.takeOver}
          </BigButton>
        </div>
      ) : (
        <KeysForm act={asked} onDone={() => setAsked(null)} />
      )}
      {input}
      {(halved || takeOver.isError) && (
        <p role="alert">
          <Status kind="stop">{halved ? t.needBoth : sentenceOf(takeOver.error)}</Status>
        </p>
      )}
    </section>
  );
}

/** Enough of a recipient to compare it with the centre's paper; the whole stands in the plan. */
const shortened = (recipient: string): string => `${recipient.slice(0, 16)}…${recipient.slice(-8)}`;

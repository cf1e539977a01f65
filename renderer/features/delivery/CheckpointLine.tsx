import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CheckpointStanding } from '../../../electron/features/delivery/contract.ts';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import './delivery.css';

/** When the last checkpoint left the station, what keeps the next one, and the way to send one now. */
export function CheckpointLine({ mayLead }: { mayLead: boolean }): ReactNode {
  const t = useTexts(deliveryTexts).checkpoint;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const standing = useQuery(ask.delivery.checkpoint.queryOptions()).data;
  const send = useMutation(
    ask.delivery.sendCheckpoint.mutationOptions({
      onSettled: () => {
        void queries.invalidateQueries({ queryKey: ask.delivery.checkpoint.key() });
        void queries.invalidateQueries({ queryKey: ask.journal.key() });
      },
    }),
  );
  if (standing === undefined) return null;
  const { left, way } = standing;
  return (
    <section className="checkpoint-left" aria-label={t.title}>
      <div>
        <h3>{t.title}</h3>
        <p>
          {left ? (
            <Status kind="done">{t.left(left.atMs, left.size, left.witness)}</Status>
          ) : (
            <Status kind="not-done">{t.never}</Status>
          )}
        </p>
        <WayWords way={way} />
        {send.isError && (
          <p role="alert">
            <Status kind="stop">{sentenceOf(send.error)}</Status>
          </p>
        )}
      </div>
      {mayLead && way.kind !== 'off' && (
        <BigButton size={48} blue disabled={send.isPending} onPress={() => send.mutate({})}>
          {t.sendNow}
        </BigButton>
      )}
    </section>
  );
}

function WayWords({ way }: { way: CheckpointStanding['way'] }): ReactNode {
  const t = useTexts(deliveryTexts).checkpoint;
  switch (way.kind) {
    case 'left':
      return null;
    case 'trying-again': {
      const line = way.problem === 'CENTRE_UNREACHABLE';
      return (
        <p>
          <Status kind={line ? 'look' : 'stop'}>{t.problems[way.problem]}</Status>{' '}
          <span className="office-quiet">{t.nextTry(way.nextTryMs)}</span>
        </p>
      );
    }
    default:
      return <p className="office-quiet">{t[way.kind]}</p>;
  }
}

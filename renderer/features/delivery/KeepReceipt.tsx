import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { useSignedPair } from '../../ui/use-signed-pair.tsx';

/** For a bundle that went by disk: the centre's two files are chosen, checked by the station, and kept or refused with the reason. */
export function KeepReceipt({ bundleId }: { bundleId: string }): ReactNode {
  const t = useTexts(deliveryTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const keep = useMutation(
    ask.delivery.keepReceipt.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.delivery.key() }),
    }),
  );
  const { input, choose, halved } = useSignedPair(t.keepReceiptHelp, (pair) => keep.mutate({ bundleId, ...pair }));
  return (
    <>
      <BigButton size={48} disabled={keep.isPending} onPress={choose}>
        {t.keepReceipt}
      </BigButton>
      {input}
      {(halved || keep.isError) && (
        <p role="alert" className="upload-alert">
          <Status kind="stop">{halved ? t.needBoth : sentenceOf(keep.error)}</Status>
        </p>
      )}
    </>
  );
}

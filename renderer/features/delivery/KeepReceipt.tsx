import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, type ReactNode, useRef, useState } from 'react';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';

/** For a bundle that went by disk: the centre's two files are chosen, checked by the station, and kept or refused with the reason. */
export function KeepReceipt({ bundleId }: { bundleId: string }): ReactNode {
  const t = useTexts(deliveryTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const chooser = useRef<HTMLInputElement>(null);
  const [halved, setHalved] = useState(false);
  const keep = useMutation(
    ask.delivery.keepReceipt.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.delivery.key() }),
    }),
  );
  const chosen = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    const signature = files.find((file) => file.name.endsWith('.sig'));
    const text = files.find((file) => file !== signature);
    event.target.value = '';
    setHalved(!text || !signature || files.length !== 2);
    if (text && signature && files.length === 2) {
      keep.mutate({ bundleId, text: await text.text(), signature: await signature.text() });
    }
  };
  return (
    <>
      <BigButton size={48} disabled={keep.isPending} onPress={() => chooser.current?.click()}>
        {t.keepReceipt}
      </BigButton>
      <input
        ref={chooser}
        type="file"
        hidden
        multiple
        accept=".json,.sig"
        aria-label={t.keepReceiptHelp}
        onChange={(event) => void chosen(event)}
      />
      {(halved || keep.isError) && (
        <p role="alert" className="upload-alert">
          <Status kind="stop">{halved ? t.needBoth : sentenceOf(keep.error)}</Status>
        </p>
      )}
    </>
  );
}

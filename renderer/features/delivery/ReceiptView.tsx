import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { BundleRow } from '../../../electron/features/archive/contract.ts';
import type { ReceiptView as Receipt } from '../../../electron/features/delivery/contract.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { CheckCircleFilled } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import './delivery.css';

/** The end of the day's work: the centre has signed, and what it signed is shown beside what this machine knows. */
export function ReceiptView(props: {
  bundle: BundleRow;
  receipt: Receipt;
  /** What may be taken away from this machine, and from when. */
  keeping: ReactNode;
  onWays: () => void;
  onBack: () => void;
}): ReactNode {
  const { bundle, receipt } = props;
  const t = useTexts(deliveryTexts).receipt;
  const sentenceOf = useErrorSentence();
  const page = useMutation({
    mutationFn: () => station.delivery.receiptPage({ bundleId: bundle.bundleId }),
    onSuccess: (pdf) => {
      saveFile(`${t.fileName}-${receipt.receiptNumber}.pdf`, pdf);
      props.onBack();
    },
  });
  const files = useMutation(
    ask.delivery.receipt.mutationOptions({
      onSuccess: (kept) => {
        if (!kept) return;
        saveFile('receipt.json', new Blob([kept.text], { type: 'application/json' }));
        saveFile('receipt.json.sig', new Blob([kept.signature], { type: 'text/plain' }));
      },
    }),
  );
  const print = () => page.mutate();
  const save = () => files.mutate({ bundleId: bundle.bundleId });
  useKeys({ Enter: page.isPending ? undefined : print, Escape: props.onBack, F6: save, F2: props.onWays });
  const error = page.error ?? files.error;
  const same = receipt.sealCode === bundle.sealCode;
  return (
    <>
      <header className="closing-head sealed-head">
        <h2 className="is-done">
          <CheckCircleFilled /> {t.title}
        </h2>
      </header>
      <dl className="receipt-facts">
        <dt>{t.number}</dt>
        <dd>
          <b>{receipt.receiptNumber}</b>
        </dd>
        <dt>{t.received}</dt>
        <dd>{t.receivedAt(receipt.receivedAtMs, receipt.centre)}</dd>
        <dt>{t.sealCode}</dt>
        <dd>
          <b>{receipt.sealCode}</b> {same && <Status kind="done">{t.sameAsHere}</Status>}
        </dd>
        <dt>{t.signature}</dt>
        <dd>
          <Status kind="done">{t.valid}</Status> <small>{t.key(shortened(receipt.fingerprint))}</small>
        </dd>
        <dt>{t.claims}</dt>
        <dd>{t.claimsCount(receipt.claims.pass, receipt.claims.notPresent, receipt.opened)}</dd>
        <dt>{t.missing}</dt>
        <dd>{missingWords(t, receipt)}</dd>
      </dl>
      {error !== null && (
        <p role="alert">
          <Status kind="stop">{sentenceOf(error)}</Status>
        </p>
      )}
      <div className="receipt-last">
        {props.keeping}
        <div className="receipt-acts">
          <BigButton size={64} blue hint="Enter" disabled={page.isPending} onPress={print}>
            {t.print}
          </BigButton>
          <BigButton size={64} hint="F6" disabled={files.isPending} onPress={save}>
            {t.saveOnly}
          </BigButton>
          <BigButton size={64} hint="F2" onPress={props.onWays}>
            {t.ways}
          </BigButton>
        </div>
      </div>
    </>
  );
}

type Texts = ReturnType<typeof useTexts<(typeof deliveryTexts)['zh-CN']>>['receipt'];

function missingWords(t: Texts, { declaredMissing, ownMissing }: Receipt): string {
  if (declaredMissing === null) return t.missingUnknown;
  return declaredMissing === ownMissing ? t.missingSame(ownMissing) : t.missingOther(declaredMissing, ownMissing);
}

/** The whole fingerprint is on the printed page; here it is read for its ends. */
const shortened = (fingerprint: string): string => `${fingerprint.slice(0, 13)}…${fingerprint.slice(-5)}`;

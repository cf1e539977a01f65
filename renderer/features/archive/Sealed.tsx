import { type ReactNode, useState } from 'react';
import type { BundleRow } from '../../../electron/features/archive/contract.ts';
import type { Delivery } from '../../../electron/features/delivery/contract.ts';
import { closingTexts } from '../../texts/closing.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LockFilled, SafetyCertificateOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { sizeText } from '../../ui/size-text.ts';
import { clockText } from '../../ui/time-text.ts';
import { ReceiptView } from '../delivery/ReceiptView.tsx';
import { UploadCard } from '../delivery/UploadCard.tsx';
import { Keeping } from '../purge/Keeping.tsx';
import { ExportCard } from './ExportCard.tsx';

/** Sealed: the code to copy onto paper, the report, and the way to the centre. */
export function Sealed(props: {
  bundle: BundleRow;
  delivery: Delivery | null;
  missing: number;
  mayLead: boolean;
  onBack: () => void;
  onReport: (bundleId: string) => void;
}): ReactNode {
  const { bundle, delivery } = props;
  const t = useTexts(closingTexts);
  const words = useTexts(deliveryTexts);
  const report = () => props.onReport(bundle.bundleId);
  const delivered = bundle.exports.some((one) => one.verified);
  const receipt = delivery?.state.kind === 'delivered' ? delivery.state.receipt : null;
  const [ways, setWays] = useState(false);
  const onItsWay = delivery !== null && delivery.state.kind !== 'off' && delivery.state.kind !== 'refused';
  // Nothing is left to wait for: it is on the disk, or goes over the network by itself.
  const free = delivered || onItsWay;
  const shown = receipt === null || ways;
  useKeys(shown ? { Enter: free ? props.onBack : undefined, Escape: props.onBack, F2: report } : {});
  if (receipt !== null && !ways) {
    return (
      <ReceiptView
        bundle={bundle}
        receipt={receipt}
        keeping={<Keeping sessionId={bundle.sessionId} mayLead={props.mayLead} />}
        onWays={() => setWays(true)}
        onBack={props.onBack}
      />
    );
  }
  return (
    <>
      <header className="closing-head sealed-head">
        <h2 className="is-done">
          <LockFilled /> {t.sealed}
        </h2>
        <span className="office-quiet">
          {t.sealedAt(clockText(bundle.sealedAtMs), (bundle.tookMs / 1000).toFixed(1))}
        </span>
      </header>
      <p className="seal-code">
        {t.sealCode} <b>{bundle.sealCode}</b> {t.sealCodeHelp}
        <span>{t.files(bundle.files.toLocaleString('en-US').replaceAll(',', '\u2009'))}</span>
        <span>{sizeText(bundle.bytes)}</span>
        <span>{t.declaredMissing(props.missing)}</span>
      </p>
      <div className="sealed-cards">
        <ExportCard bundle={bundle} mayLead={props.mayLead} />
        {delivery && <UploadCard delivery={delivery} mayLead={props.mayLead} />}
      </div>
      <p className="office-quiet sealed-folder">
        {t.localCopy} <code>{bundle.folder}</code>
      </p>
      <div className="sealed-last">
        <BigButton size={64} blue={free} hint={free ? 'Enter' : 'Esc'} onPress={props.onBack}>
          {delivered ? t.backToOfficeDone : onItsWay ? words.background : t.backToOffice}
        </BigButton>
        <BigButton size={64} hint="F2" onPress={report}>
          <SafetyCertificateOutlined /> {t.verify}
        </BigButton>
      </div>
    </>
  );
}

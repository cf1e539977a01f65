import type { ReactNode } from 'react';
import type { BundleRow } from '../../../electron/features/archive/contract.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LockFilled, SafetyCertificateOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { sizeText } from '../../ui/size-text.ts';
import { clockText } from '../../ui/time-text.ts';
import { ExportCard } from './ExportCard.tsx';

/** Sealed: the code to copy onto paper, the report, and the way to the centre. */
export function Sealed(props: {
  bundle: BundleRow;
  missing: number;
  mayLead: boolean;
  onBack: () => void;
  onReport: (bundleId: string) => void;
}): ReactNode {
  const { bundle } = props;
  const t = useTexts(closingTexts);
  const report = () => props.onReport(bundle.bundleId);
  const delivered = bundle.exports.some((one) => one.verified);
  useKeys({ Enter: delivered ? props.onBack : undefined, Escape: props.onBack, F7: report });
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
        <section className="sealed-card">
          <h3>
            <SafetyCertificateOutlined /> {t.verifyTitle}
          </h3>
          <p className="office-quiet">{t.verifyHelp}</p>
          <p className="office-quiet sealed-folder">
            {t.localCopy} <code>{bundle.folder}</code>
          </p>
          <BigButton size={48} hint="F7" onPress={report}>
            {t.verify}
          </BigButton>
        </section>
      </div>
      <BigButton size={64} blue={delivered} hint={delivered ? 'Enter' : 'Esc'} onPress={props.onBack}>
        {delivered ? t.backToOfficeDone : t.backToOffice}
      </BigButton>
    </>
  );
}

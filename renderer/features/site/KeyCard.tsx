import './site.css';
import type { ReactNode } from 'react';
import type { SiteCard } from '../../../electron/features/site/contract.ts';
import { siteTexts } from '../../texts/site.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';

/** The station's public card: read the fingerprint out to the centre, send it the two lines. */
export function KeyCard({ site, onNext }: { site: SiteCard; onNext: () => void }): ReactNode {
  const t = useTexts(siteTexts);
  useKeys({ Enter: onNext });
  return (
    <main className="ui-page">
      <div className="ui-page-inner site-first">
        <h1>
          <Status kind="done">{t.created(site.siteName)}</Status>
        </h1>
        <p className="site-lead">{t.createdHelp}</p>
        <section className="ui-card site-box">
          <h2>{t.fingerprint}</h2>
          <p className="site-fingerprint">{site.fingerprint}</p>
          <h2>{t.signingKey}</h2>
          <code>{site.signingKey}</code>
          <h2>{t.recipient}</h2>
          <code>{site.recipient}</code>
        </section>
        <div className="site-foot">
          <p />
          <BigButton size={64} blue hint="Enter" onPress={onNext}>
            {t.enter}
          </BigButton>
        </div>
      </div>
    </main>
  );
}

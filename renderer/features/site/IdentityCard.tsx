import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CopyText } from '../../ui/CopyText.tsx';

/** What the centre knows this station by: the fingerprint is read out, the recipient is sent. */
export function IdentityCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const site = useQuery(ask.site.state.queryOptions()).data;
  if (site === undefined || site.kind === 'new') return null;
  const { fingerprint, recipient } = site.site;
  return (
    <section className="ui-card devices-card">
      <h2>{t.identity}</h2>
      <p className="devices-quiet">{t.identityHelp}</p>
      <b>{t.fingerprint}</b>
      <CopyText className="devices-fingerprint" text={fingerprint} />
      <b>{t.recipient}</b>
      <CopyText text={recipient} />
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { saveFile } from '../../ui/save-file.ts';

/** What the centre knows this station by: the fingerprint is read out, the recipient is sent. */
export function IdentityCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const words = useTexts(deliveryTexts).setting;
  const site = useQuery(ask.site.state.queryOptions()).data;
  if (site === undefined || site.kind === 'new') return null;
  const { fingerprint, recipient } = site.site;
  const save = () =>
    saveFile('station-card.json', new Blob([JSON.stringify(site.site, null, 2)], { type: 'application/json' }));
  return (
    <section className="ui-card devices-card">
      <h2>{t.identity}</h2>
      <p className="devices-quiet">{t.identityHelp}</p>
      <b>{t.fingerprint}</b>
      <CopyText className="devices-fingerprint" text={fingerprint} />
      <b>{t.recipient}</b>
      <CopyText text={recipient} />
      <BigButton size={36} onPress={save}>
        {words.card}
      </BigButton>
      <small className="devices-quiet">{words.cardHelp}</small>
    </section>
  );
}

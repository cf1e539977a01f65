import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Spin } from 'antd';
import { type ReactNode, useState } from 'react';
import type { BundleRow } from '../../../electron/features/archive/contract.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { UsbOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { clockText } from '../../ui/time-text.ts';

/** Delivery to a disk: written whole, then every file read back. "Done" is said only after the comparison. */
export function ExportCard({ bundle, mayLead }: { bundle: BundleRow; mayLead: boolean }): ReactNode {
  const t = useTexts(closingTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const targets = useQuery({ ...ask.archive.exportTargets.queryOptions(), enabled: mayLead, staleTime: 0 });
  const [typed, setTyped] = useState<string | null>(null);
  const [listOpen, setListOpen] = useState(false);
  const [marked, setMarked] = useState<string | null>(null);
  const fitting = targets.data?.find((target) => target.freeBytes > bundle.bytes);
  const folder = typed ?? fitting?.folder ?? '';
  const write = useMutation(
    ask.archive.exportTo.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.archive.key() }),
    }),
  );
  // Writing goes on at the station when this page is left; coming back, it must not be offered a second time.
  const writing = useIsMutating({ mutationKey: ask.archive.exportTo.mutationKey() }) > 0;
  const last = bundle.exports.at(-1);
  const ready = mayLead && folder !== '' && !writing;
  const press = () => write.mutate({ bundleId: bundle.bundleId, folder });
  // A second copy is a choice, not the next step.
  const next = ready && !bundle.exports.some((one) => one.verified);
  // In the open list Enter chooses what the arrows stand on; otherwise it is the blue block's, also with the cursor here.
  const choosing = listOpen && marked !== null && marked !== folder;
  useKeys({ Enter: next ? press : undefined }, { verdict: bundle.bundleId });
  return (
    <section className="sealed-card">
      <h3>
        <UsbOutlined /> {t.exportTitle}
        {last !== undefined && !writing && (
          <Status kind={last.verified ? 'done' : 'stop'}>{last.verified ? t.exported : t.exportedUnverified}</Status>
        )}
      </h3>
      <p className="sealed-size">{sizeText(bundle.bytes)}</p>
      {bundle.exports.length > 0 ? (
        bundle.exports.map((one) => (
          <p key={`${one.folder}/${one.atMs}`} className="office-quiet">
            {t.exportedAt(clockText(one.atMs), one.folder)}
          </p>
        ))
      ) : (
        <p className="office-quiet">{t.exportHelp}</p>
      )}
      {mayLead && (
        <>
          {targets.data?.length === 0 && last === undefined && (
            <p>
              <Status kind="look">{t.exportNone}</Status>
            </p>
          )}
          <div className="export-row" data-enter={next && !choosing ? 'desk' : undefined}>
            <AutoComplete
              value={folder}
              disabled={writing}
              aria-label={t.exportFolder}
              placeholder={t.exportFolder}
              onChange={setTyped}
              open={listOpen}
              onOpenChange={setListOpen}
              onActive={setMarked}
              options={targets.data?.map((target) => ({
                value: target.folder,
                disabled: target.freeBytes <= bundle.bytes,
                label: `${target.label} · ${t.roomLeft(sizeText(target.freeBytes))}${target.freeBytes <= bundle.bytes ? ` · ${t.tooSmall}` : ''}`,
              }))}
            />
            <BigButton size={36} disabled={writing} onPress={() => void targets.refetch()}>
              {t.exportLook}
            </BigButton>
          </div>
          {write.isError && (
            <p role="alert">
              <Status kind="stop">{sentenceOf(write.error)}</Status>
            </p>
          )}
          {writing && (
            <div role="status">
              <Spin size="small" /> {t.exporting}
            </div>
          )}
          <BigButton size={48} blue={next} hint={next ? 'Enter' : undefined} disabled={!ready} onPress={press}>
            {t.exportNow}
          </BigButton>
        </>
      )}
    </section>
  );
}

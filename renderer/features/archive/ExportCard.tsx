import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { AutoComplete } from 'antd';
import { type ReactNode, useState } from 'react';
import type { BundleRow, ExportTarget } from '../../../electron/features/archive/contract.ts';
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
import { ExportJobs, isRunning } from './ExportJobs.tsx';

const LOOK_EVERY_MS = 1_000;

/** Delivery to disks: written whole, over several where one is too small, then every file read back before "done" is said. */
export function ExportCard({ bundle, mayLead }: { bundle: BundleRow; mayLead: boolean }): ReactNode {
  const t = useTexts(closingTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const { bundleId, openExport } = bundle;
  const targets = useQuery({ ...ask.archive.exportTargets.queryOptions(), enabled: mayLead, staleTime: 0 });
  const jobs =
    useQuery({
      ...ask.archive.exportJobs.queryOptions({ input: { bundleId } }),
      refetchInterval: (query) => (query.state.data?.some(isRunning) ? LOOK_EVERY_MS : false),
    }).data ?? [];
  const [typed, setTyped] = useState<string | null>(null);
  const [listOpen, setListOpen] = useState(false);
  const [marked, setMarked] = useState<string | null>(null);
  const needed = openExport?.leftBytes ?? bundle.bytes;
  const used = new Set(jobs.filter(isRunning).map((job) => job.folder));
  const held = new Set((openExport?.media ?? bundle.exports).map(({ folder }) => folder));
  const isFresh = (target: ExportTarget) =>
    !target.readOnly && !used.has(target.folder) && ![...held].some((at) => at.startsWith(target.folder));
  const fitting =
    targets.data?.find((target) => isFresh(target) && target.freeBytes > needed) ?? targets.data?.find(isFresh);
  const folder = typed ?? fitting?.folder ?? '';
  const begin = useMutation(
    ask.archive.beginExport.mutationOptions({
      onSuccess: () => setTyped(null),
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.archive.key() }),
    }),
  );
  const ended = jobs.findLast((job) => !isRunning(job));
  const tooSmall = ended?.state.kind === 'failed' && ended.state.failure.code === 'NOT_ENOUGH_ROOM';
  const last = bundle.exports.at(-1);
  const running = used.size > 0;
  const ready = mayLead && folder !== '' && !used.has(folder) && !begin.isPending;
  const divide = openExport !== null || (tooSmall && ended?.folder === folder);
  const press = () => begin.mutate({ bundleId, folder, divide, continues: openExport?.exportId ?? null });
  // A second copy is a choice, not the next step.
  const next = ready && !running && (openExport !== null || !bundle.exports.some((one) => one.verified));
  // In the open list Enter chooses what the arrows stand on; otherwise it is the blue block's, also with the cursor here.
  const choosing = listOpen && marked !== null && marked !== folder;
  useKeys({ Enter: next ? press : undefined }, { verdict: bundleId });
  return (
    <section className="sealed-card">
      <h3>
        <UsbOutlined /> {t.exportTitle}
        {last !== undefined && !running && openExport === null && (
          <Status kind={last.verified ? 'done' : 'stop'}>{last.verified ? t.exported : t.exportedUnverified}</Status>
        )}
      </h3>
      <p className="sealed-size">{sizeText(bundle.bytes)}</p>
      {bundle.exports.map((one) => (
        <p key={`${one.folder}/${one.atMs}`} className="office-quiet">
          {t.exportedAt(clockText(one.atMs), one.folder)} {one.media > 1 && t.exportedOver(one.media)}
        </p>
      ))}
      {bundle.exports.length === 0 && jobs.length === 0 && <p className="office-quiet">{t.exportHelp}</p>}
      {openExport !== null && (
        <p>
          <Status kind="look">{t.exportNextDisk(openExport.media.length, sizeText(openExport.leftBytes))}</Status>
        </p>
      )}
      <ExportJobs jobs={jobs} mayLead={mayLead} />
      {mayLead && (
        <>
          {targets.data?.length === 0 && last === undefined && !running && (
            <p>
              <Status kind="look">{t.exportNone}</Status>
            </p>
          )}
          <div className="export-row" data-enter={next && !choosing ? 'desk' : undefined}>
            <AutoComplete
              value={folder}
              aria-label={t.exportFolder}
              placeholder={t.exportFolder}
              onChange={setTyped}
              open={listOpen}
              onOpenChange={setListOpen}
              onActive={setMarked}
              options={targets.data?.map((target) => ({
                value: target.folder,
                disabled: target.readOnly || used.has(target.folder),
                label: [target.label, ...factsOf(t, target, needed)].join(' · '),
              }))}
            />
            <BigButton size={36} onPress={() => void targets.refetch()}>
              {t.exportLook}
            </BigButton>
          </div>
          {begin.isError && (
            <p role="alert">
              <Status kind="stop">{sentenceOf(begin.error)}</Status>
            </p>
          )}
          <BigButton size={48} blue={next} hint={next ? 'Enter' : undefined} disabled={!ready} onPress={press}>
            {openExport !== null
              ? t.exportNext(openExport.media.length + 1)
              : divide
                ? t.exportDivided
                : last?.verified
                  ? t.exportAgain
                  : t.exportNow}
          </BigButton>
        </>
      )}
    </section>
  );
}

type Texts = ReturnType<typeof useTexts<(typeof closingTexts)['zh-CN']>>;

function factsOf(t: Texts, target: ExportTarget, needed: number): string[] {
  return [
    t.roomLeft(sizeText(target.freeBytes)),
    ...(target.fileSystem === null ? [] : [target.fileSystem]),
    ...(target.readOnly ? [t.readOnly] : target.freeBytes <= needed ? [t.tooSmall] : []),
  ];
}

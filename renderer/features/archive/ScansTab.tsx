import { safe } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Modal, Select, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PaperView, Scan, VolumeNumber } from '../../../electron/features/paper/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { InboxOutlined } from '../../ui/icons.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { sizeText } from '../../ui/size-text.ts';
import { minuteText } from '../../ui/time-text.ts';
import { useBlobAddress } from '../checkin/use-attempt-image.ts';
import { SheetCamera } from './SheetCamera.tsx';

const volumes = [1, 2, 3, 4, 5] as const;

/** Sheets of paper as pictures: from the scanner's files, or by the camera; each with its volume and title. */
export function ScansTab({ view }: { view: PaperView }): ReactNode {
  const t = useTexts(volumesTexts);
  const c = useTexts(closingTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [volume, setVolume] = useState<VolumeNumber>(3);
  const [title, setTitle] = useState('');
  const [camera, setCamera] = useState(false);
  const [looking, look] = useState<Scan | null>(null);
  const [taking, take] = useState<Scan | null>(null);
  const { sessionId, scans } = view;
  const options = {
    onSuccess: (data: PaperView) => {
      queries.setQueryData(ask.paper.view.queryKey({ input: { sessionId } }), data);
      void queries.invalidateQueries({ queryKey: ask.archive.key() });
      take(null);
    },
  };
  const add = useMutation(ask.paper.addScan.mutationOptions(options));
  const remove = useMutation(ask.paper.removeScan.mutationOptions(options));
  const named = title.trim() !== '';
  const keep = (file: File, source: Scan['source']) =>
    add.mutate({ sessionId, volume, title: title.trim(), source, file }, { onSuccess: () => setTitle('') });
  const error = add.error ?? remove.error;
  return (
    <>
      <p className={error ? 'is-stop' : 'office-quiet'} role={error ? 'alert' : undefined}>
        {error ? sentenceOf(error) : t.scansHelp}
      </p>
      <div className="scan-add">
        <Select<VolumeNumber>
          size="large"
          aria-label={t.volume}
          value={volume}
          onChange={setVolume}
          options={volumes.map((n) => ({ value: n, label: c.volumes[n - 1] }))}
        />
        <Input
          size="large"
          aria-label={t.scanTitle}
          placeholder={t.scanTitleHint}
          maxLength={80}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
        <BigButton size={48} disabled={!named} onPress={() => setCamera(true)}>
          {t.camera}
        </BigButton>
      </div>
      <Upload.Dragger
        accept=".pdf,.jpg,.jpeg,.png,.tif,.tiff"
        disabled={!named || add.isPending}
        showUploadList={false}
        maxCount={1}
        beforeUpload={(file) => {
          keep(file, 'file');
          return false;
        }}
      >
        <InboxOutlined /> {named ? t.drop : t.needTitle}
      </Upload.Dragger>
      <div className="office-scroll">
        {scans.length === 0 && <p className="office-quiet">{t.scansNone}</p>}
        {scans.map((scan) => (
          <div key={scan.scanId} className="scan-row">
            <b>{scan.title}</b>
            <span className="office-quiet">
              {c.volumes[scan.volume - 1]} · {t.pages(scan.pages)} · {sizeText(scan.sizeBytes)} · {scan.byName}{' '}
              {minuteText(scan.atMs)}
            </span>
            <BigButton size={36} onPress={() => look(scan)}>
              {t.look}
            </BigButton>
            <BigButton size={36} onPress={() => take(scan)}>
              {t.take}
            </BigButton>
          </div>
        ))}
      </div>
      {camera && (
        <SheetCamera
          title={title.trim()}
          onClose={() => setCamera(false)}
          onKeep={(picture) => {
            setCamera(false);
            keep(new File([picture], 'sheet.jpg', { type: 'image/jpeg' }), 'camera');
          }}
        />
      )}
      {looking && <ScanPicture sessionId={sessionId} scan={looking} onClose={() => look(null)} />}
      {taking && (
        <TakeOut
          scan={taking}
          onClose={() => take(null)}
          onTake={(reason) => remove.mutate({ sessionId, scanId: taking.scanId, reason })}
        />
      )}
    </>
  );
}

function ScanPicture(props: { sessionId: SessionId; scan: Scan; onClose: () => void }): ReactNode {
  const { sessionId, scan } = props;
  const t = useTexts(volumesTexts);
  const isPicture = scan.mediaType === 'image/jpeg' || scan.mediaType === 'image/png';
  const { data } = useQuery(
    ask.paper.scan.queryOptions({ input: { sessionId, scanId: scan.scanId }, enabled: isPicture, gcTime: 10_000 }),
  );
  const address = useBlobAddress(data);
  const save = async () => {
    const copy = await safe(station.paper.scan({ sessionId, scanId: scan.scanId }));
    if (copy.data !== undefined) saveFile(`${scan.title}.${scan.mediaType.split('/')[1]}`, copy.data);
  };
  return (
    <Modal open title={scan.title} width={900} footer={null} onCancel={props.onClose}>
      {isPicture ? (
        address && <img className="scan-picture" src={address} alt={scan.title} />
      ) : (
        <>
          <p>{t.notAPicture}</p>
          <BigButton size={48} onPress={() => void save()}>
            {t.saveCopy}
          </BigButton>
        </>
      )}
    </Modal>
  );
}

function TakeOut(props: { scan: Scan; onClose: () => void; onTake: (reason: string) => void }): ReactNode {
  const t = useTexts(volumesTexts);
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={`${t.take}：${props.scan.title}`}
      okText={t.takeNow}
      cancelText={t.cancel}
      okButtonProps={{ disabled: reason.trim().length < 2 }}
      onOk={() => props.onTake(reason.trim())}
      onCancel={props.onClose}
    >
      <Input
        size="large"
        autoFocus
        aria-label={t.takeReason}
        placeholder={t.takeReason}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}

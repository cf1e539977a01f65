import { useMutation } from '@tanstack/react-query';
import { Input, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import type { KeptPiece, RoomTimeline } from '../../../electron/features/timeline/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { DownloadOutlined } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { sizeText } from '../../ui/size-text.ts';
import { clockText } from '../../ui/time-text.ts';
import { Dialog } from './Dialog.tsx';

/** Cuts the stretch between the two marks out of one camera, and lists what was kept of this room. */
export function ClipDialog(props: {
  room: RoomTimeline;
  cameraId: string;
  marked: { fromMs: number | null; toMs: number | null };
  onChanged: () => void;
  onBack: () => void;
}): ReactNode {
  const { room, marked } = props;
  const t = useTexts(timelineTexts);
  const sentence = useErrorSentence();
  const [cameraId, choose] = useState(props.cameraId);
  const [note, write] = useState('');
  const cut = useMutation(ask.timeline.cutClip.mutationOptions({ onSuccess: props.onChanged }));
  const take = useMutation(ask.timeline.takePiece.mutationOptions());
  const { lookUpId } = room.lookUp;
  const [beginMs, endMs] = [marked.fromMs, marked.toMs];
  const ready = beginMs !== null && endMs !== null && endMs > beginMs && !cut.isPending;
  const camera = room.cameras.find((c) => c.cameraId === cameraId);
  const go = () => {
    if (ready && camera) cut.mutate({ lookUpId, cameraId: camera.cameraId, beginMs, endMs, note: note.trim() });
  };
  const save = (piece: KeptPiece) =>
    take.mutate({ lookUpId, pieceId: piece.pieceId }, { onSuccess: (bytes) => saveFile(fileName(room, piece), bytes) });
  const failed = cut.error ?? take.error;
  return (
    <Dialog title={t.clipTitle} onBack={props.onBack} onEnter={go}>
      <p>{t.clipHelp}</p>
      <div className="tl-fields">
        <span>{t.camera}</span>
        <Segmented
          value={cameraId}
          onChange={choose}
          options={room.cameras.map((c, i) => ({ value: c.cameraId as string, label: `${i + 1} ${c.label}` }))}
        />
        <span>{t.stretch}</span>
        <b>{ready ? `${clockText(beginMs)}–${clockText(endMs)}` : t.noStretch}</b>
        <label htmlFor="tl-note">{t.note}</label>
        <Input
          id="tl-note"
          data-enter="desk"
          maxLength={200}
          value={note}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      <p role="alert">{failed !== null && <Status kind="stop">{sentence(failed)}</Status>}</p>
      <h3>{t.keptTitle}</h3>
      <ul className="tl-kept">
        {room.kept.length === 0 && <li>{t.noKept}</li>}
        {room.kept.toReversed().map((piece) => (
          <li key={piece.pieceId}>
            <span>
              <b>
                {t.kinds[piece.kind]} {clockText(piece.beginMs)}
                {piece.kind === 'clip' && `–${clockText(piece.endMs)}`}
              </b>{' '}
              {room.cameras.find((c) => c.cameraId === piece.cameraId)?.label} · {sizeText(piece.bytes)} ·{' '}
              {piece.byName}
              {piece.note !== '' && ` · ${piece.note}`}
              <small className="tl-hash">{t.hash(piece.sha256)}</small>
            </span>
            <BigButton size={36} icon={<DownloadOutlined />} disabled={take.isPending} onPress={() => save(piece)}>
              {t.save}
            </BigButton>
          </li>
        ))}
      </ul>
      <div className="ui-row">
        <BigButton size={48} hint="Escape" onPress={props.onBack}>
          {t.cancel}
        </BigButton>
        <BigButton size={48} blue hint="Enter" disabled={!ready} onPress={go}>
          {cut.isPending ? t.cutting : t.cut}
        </BigButton>
      </div>
    </Dialog>
  );
}

const fileName = (room: RoomTimeline, { kind, cameraId, beginMs }: KeptPiece): string =>
  `${room.sessionId}-${cameraId}-${clockText(beginMs).replaceAll(':', '')}.${kind === 'clip' ? 'mp4' : 'jpg'}`;

import { useMutation } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CameraId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { clockText } from '../../ui/time-text.ts';
import { Dialog } from './Dialog.tsx';

/** A few words to find a moment by. */
export function MarkDialog(props: {
  lookUpId: string;
  cameraId: CameraId | null;
  atMs: number;
  onDone: () => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(timelineTexts);
  const sentence = useErrorSentence();
  const [note, write] = useState('');
  const mark = useMutation(ask.timeline.bookmark.mutationOptions({ onSuccess: props.onDone }));
  const ready = note.trim() !== '' && !mark.isPending;
  const go = () => {
    const { lookUpId, cameraId, atMs } = props;
    if (ready) mark.mutate({ lookUpId, cameraId, atMs, note: note.trim() });
  };
  return (
    <Dialog title={t.markTitle(clockText(props.atMs))} onBack={props.onBack} onEnter={go}>
      <Input
        size="large"
        autoFocus
        data-enter="desk"
        maxLength={200}
        aria-label={t.markHint}
        placeholder={t.markHint}
        value={note}
        onChange={(event) => write(event.target.value)}
      />
      <p role="alert">{mark.isError && <Status kind="stop">{sentence(mark.error)}</Status>}</p>
      <div className="ui-row">
        <BigButton size={48} hint="Escape" onPress={props.onBack}>
          {t.cancel}
        </BigButton>
        <BigButton size={48} blue hint="Enter" disabled={!ready} onPress={go}>
          {t.done}
        </BigButton>
      </div>
    </Dialog>
  );
}

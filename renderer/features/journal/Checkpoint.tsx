import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { journalTexts } from '../../texts/journal.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { clockText } from '../../ui/time-text.ts';
import { CheckpointLine } from '../delivery/CheckpointLine.tsx';

/** The newest signed checkpoint as the text that leaves the station: selected, saved, sent. */
export function Checkpoint({ mayLead, onClose }: { mayLead: boolean; onClose: () => void }): ReactNode {
  const t = useTexts(journalTexts);
  const sentenceOf = useErrorSentence();
  const checkpoint = useQuery({ ...ask.journal.checkpoint.queryOptions(), staleTime: 0 });
  useKeys({ Escape: onClose }, { modal: true });
  return (
    <Modal open width={820} title={t.checkpoint} footer={null} closable={{ 'aria-label': t.close }} onCancel={onClose}>
      <p className="office-quiet">{t.checkpointHelp}</p>
      <CheckpointLine mayLead={mayLead} />
      {checkpoint.isPending && <Loading />}
      {checkpoint.isError && <Status kind="look">{sentenceOf(checkpoint.error)}</Status>}
      {checkpoint.data && (
        <>
          <p>
            <b>{t.checkpointAt(checkpoint.data.size, clockText(checkpoint.data.atMs))}</b>
          </p>
          <pre className="journal-data journal-note">{checkpoint.data.note}</pre>
          <BigButton
            size={48}
            onPress={() =>
              saveFile(
                `checkpoint-${checkpoint.data.size}.txt`,
                new Blob([checkpoint.data.note], { type: 'text/plain' }),
              )
            }
          >
            {t.save}
          </BigButton>
        </>
      )}
    </Modal>
  );
}

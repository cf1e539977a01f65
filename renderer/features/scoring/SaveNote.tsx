import type { ReactNode } from 'react';
import { unreachable } from '../../../electron/lib/result.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { SaveOutlined, SyncOutlined } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { clockText } from '../../ui/time-text.ts';
import type { SaveState } from './open-marking.ts';

/** Whether the marks on the screen are on record: the word changes only once the station has answered. */
export function SaveNote({ saving }: { saving: SaveState }): ReactNode {
  const t = useTexts(examinerTexts);
  switch (saving.kind) {
    case 'saved':
      return (
        <span className="save-note" role="status">
          {saving.atMs === null ? (
            t.nothingYet
          ) : (
            <>
              <SaveOutlined /> {t.savedAt(clockText(saving.atMs))}
            </>
          )}
        </span>
      );
    case 'saving':
      return (
        <span className="save-note" role="status">
          <SyncOutlined /> {t.saving}
        </span>
      );
    case 'not-saved':
      return (
        <span className="save-note" role="alert" title={t.notSavedHelp}>
          <Status kind="stop">{t.notSaved(saving.waiting)}</Status>
        </span>
      );
    default:
      return unreachable(saving);
  }
}

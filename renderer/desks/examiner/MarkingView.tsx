import { type ReactNode, useRef, useState } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { type Draft, finishedRows, missingMarks } from '../../features/scoring/draft.ts';
import { LockBlock } from '../../features/scoring/LockBlock.tsx';
import { MarkingGrid } from '../../features/scoring/MarkingGrid.tsx';
import { formatMark } from '../../features/scoring/mark-text.ts';
import type { Panel } from '../../features/scoring/marking-record.ts';
import { NoteField } from '../../features/scoring/NoteField.tsx';
import type { Refusal } from '../../features/scoring/open-marking.ts';
import { RubricPanel } from '../../features/scoring/RubricPanel.tsx';
import { SaveNote } from '../../features/scoring/SaveNote.tsx';
import { useMarking } from '../../features/scoring/use-marking.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { BlindTags } from './LockedTag.tsx';

/** The sheet being marked: grid left, the rubric of the cell and the lock right. */
export function MarkingView(props: { panel: Panel; sheet: MarkingSheet; where: string; foot: ReactNode }): ReactNode {
  const { panel, sheet } = props;
  const t = useTexts(examinerTexts);
  const marking = useMarking(panel, sheet);
  const draft = marking.draft.use();
  const saving = marking.saving.use();
  const refusal = marking.refusal.use();
  const grid = useRef<HTMLTableElement>(null);
  const [noteOf, setNoteOf] = useState<string | null>(null);
  const row = sheet.rows[draft.cursor.row];
  const noteRow = sheet.rows.find((r) => r.anonymousNumber === noteOf);
  const closeNote = () => {
    setNoteOf(null);
    grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  };
  return (
    <DeskFrame
      desk={t.desk}
      where={props.where}
      notes={<BlindTags />}
      foot={
        <>
          {props.foot}
          <span>{t.panelAlone(sheet.panelSize)}</span>
          <span>{t.everyChangeKept}</span>
        </>
      }
      keys={[
        { key: '0–9', does: t.keys.digits },
        { key: '.', does: t.keys.half },
        { key: 'Enter', does: t.keys.nextItem },
        { key: 'Tab', does: t.keys.nextSheet },
        { key: '↑ ↓ ← →', does: t.keys.move },
        { key: 'Q W E R T', does: t.keys.deductions },
        { key: 'Del', does: t.keys.clear },
        { key: 'N', does: t.keys.note },
        { key: 'Ctrl Z', does: t.keys.undo },
        { key: 'Ctrl Y', does: t.keys.redo },
        ...(draft.vetoes.length > 0 ? [{ key: 'Z X C V B', does: t.keys.veto }] : []),
        { key: 'Ctrl Enter', does: t.keys.lock },
      ]}
    >
      <div className="marking">
        <section className="ui-card marking-sheet">
          <div className="marking-scroll">
            <MarkingGrid
              draft={draft}
              notes={new Set(sheet.rows.filter((r) => r.note !== '').map((r) => r.anonymousNumber))}
              act={marking.act}
              openNote={() => setNoteOf(row?.anonymousNumber ?? null)}
              gridRef={grid}
            />
            {draft.rows.length === 0 && (
              <div className="ui-loading marking-empty">
                <h2 className="is-not-done">{t.noRows}</h2>
                <p className="rubric-max">{t.noRowsHelp}</p>
              </div>
            )}
          </div>
          <GridKeys />
        </section>
        <section className="ui-card marking-side">
          {noteRow !== undefined ? (
            <NoteField
              key={noteRow.anonymousNumber}
              panel={panel}
              anonymousNumber={noteRow.anonymousNumber}
              note={noteRow.note}
              version={noteRow.noteVersion}
              onDone={closeNote}
            />
          ) : draft.rows.length === 0 ? (
            <div className="rubric" />
          ) : (
            <RubricPanel draft={draft} seat={row?.seat ?? ''} act={marking.act} />
          )}
          <div className="marking-foot">
            {refusal !== null && (
              <p className="is-stop" role="alert">
                {refusalWords(t, draft, refusal)}
              </p>
            )}
            <p className="marking-progress">
              <b>{t.finished(finishedRows(draft), draft.rows.length)}</b>
              <SaveNote saving={saving} />
            </p>
            <LockBlock
              panel={panel}
              marking={marking}
              missing={missingMarks(draft)}
              openSheets={draft.rows.length - finishedRows(draft)}
              sheets={draft.rows.length}
            />
          </div>
        </section>
      </div>
    </DeskFrame>
  );
}

/** Which cell it was and what stands there now, where another desk was first. */
function refusalWords(t: (typeof examinerTexts)['zh-CN'], draft: Draft, refusal: Refusal): string {
  if (refusal.code !== 'CHANGED_ELSEWHERE') return t.refusals[refusal.code];
  const [number = '', cellId = ''] = refusal.key.split('/');
  const item = draft.items.find((i) => i.itemId === cellId)?.title ?? t.veto;
  const now = draft.marks.get(refusal.key);
  return t.changedElsewhere({ number, item, now: now === undefined ? t.noMark : formatMark(now), desk: refusal.desk });
}

function GridKeys(): ReactNode {
  const t = useTexts(examinerTexts);
  const keys: [string, string][] = [
    ['0–9', t.keys.digits],
    ['.', t.keys.halfShort],
    ['Enter', t.keys.nextItem],
    ['↑ ↓ ← →', t.keys.move],
    ['Tab', t.keys.nextSheet],
    ['Del', t.keys.clear],
    ['N', t.keys.note],
    ['Ctrl Z', t.keys.undo],
  ];
  return (
    <p className="marking-keys">
      {keys.map(([name, does]) => (
        <span key={name}>
          <KeyHint name={name} /> {does}
        </span>
      ))}
    </p>
  );
}

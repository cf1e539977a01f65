import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EditOutlined, FileTextOutlined } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { type Cell, type Draft, markAt, missingMarks, rowTotal } from './draft.ts';
import type { DraftAct } from './draft-acts.ts';
import { formatMark } from './mark-text.ts';
import { intentOfKey } from './marking-keys.ts';

export interface MarkingGridProps {
  draft: Draft;
  notes: ReadonlySet<string>;
  act: (act: DraftAct) => void;
  openNote: () => void;
  gridRef: RefObject<HTMLTableElement | null>;
}

/**
 * The sheet of one examiner: anonymous numbers down, items across. It has one focus, which stands on the cell being
 * marked and moves with it; there is no input in any cell, so nothing but the keys of marking-keys.ts can change a mark.
 */
export function MarkingGrid({ draft, notes, act, openNote, gridRef }: MarkingGridProps): ReactNode {
  const t = useTexts(examinerTexts);
  const onKeyDown = (event: KeyboardEvent) => {
    const intent = intentOfKey(event.nativeEvent, draft);
    if (intent === null) return;
    event.preventDefault();
    if (intent.kind === 'open-note') openNote();
    else act(intent);
  };
  const fullMark = draft.items.reduce((sum, item) => sum + item.maxTenths, 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is what an interactive table is
    <table className="mark-grid" role="grid" aria-label={t.gridLabel} ref={gridRef} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <th scope="col" className="mark-number">
            {t.anonymousNumber}
          </th>
          {draft.items.map((item, i) => (
            <th key={item.itemId} scope="col" className={i === draft.cursor.item ? 'is-here' : ''} title={item.title}>
              <span className="mark-title">{item.title}</span>
              <small>{t.maximum(formatMark(item.maxTenths))}</small>
            </th>
          ))}
          <th scope="col" className="mark-total">
            {t.total}
            <small>{formatMark(fullMark)}</small>
          </th>
          <th scope="col" className="mark-state">
            {t.status}
          </th>
        </tr>
      </thead>
      <tbody>
        {draft.rows.map((anonymousNumber, row) => (
          <SheetRow
            key={anonymousNumber}
            draft={draft}
            row={row}
            hasNote={notes.has(anonymousNumber)}
            act={act}
            gridRef={gridRef}
          />
        ))}
      </tbody>
    </table>
  );
}

function SheetRow(props: {
  draft: Draft;
  row: number;
  hasNote: boolean;
  act: (act: DraftAct) => void;
  gridRef: RefObject<HTMLTableElement | null>;
}): ReactNode {
  const { draft, row, act, gridRef } = props;
  const t = useTexts(examinerTexts);
  const { tenths, missing } = rowTotal(draft, row);
  const here = draft.cursor.row === row && missingMarks(draft) > 0;
  return (
    <tr className={draft.cursor.row === row ? 'is-here' : ''}>
      <th scope="row" className="mark-number">
        {draft.rows[row]}
        {props.hasNote && <FileTextOutlined className="mark-note-sign" aria-label={t.hasNote} />}
      </th>
      {draft.items.map((item, i) => (
        <MarkCell key={item.itemId} draft={draft} cell={{ row, item: i }} act={act} gridRef={gridRef} />
      ))}
      <td className={missing === 0 ? 'mark-total' : 'mark-total is-partial'}>
        {missing === draft.items.length ? '' : formatMark(tenths)}
      </td>
      <td className="mark-state">
        <RowState missing={missing} items={draft.items.length} here={here} t={t} />
      </td>
    </tr>
  );
}

function RowState(props: { missing: number; items: number; here: boolean; t: (typeof examinerTexts)['zh-CN'] }) {
  const { missing, items, here, t } = props;
  if (missing === 0) return <Status kind="done">{t.rowDone}</Status>;
  if (here) {
    return (
      <span className="ui-status mark-here">
        <EditOutlined /> {t.rowNow}
      </span>
    );
  }
  return <Status kind="not-done">{missing === items ? t.rowOpen : t.rowPart(missing)}</Status>;
}

function MarkCell(props: {
  draft: Draft;
  cell: Cell;
  act: (act: DraftAct) => void;
  gridRef: RefObject<HTMLTableElement | null>;
}): ReactNode {
  const { draft, cell, act, gridRef } = props;
  const t = useTexts(examinerTexts);
  const here = draft.cursor.row === cell.row && draft.cursor.item === cell.item;
  const place = useRef<HTMLTableCellElement>(null);
  useEffect(() => {
    // Elsewhere (a note, a button) the focus stays where the person put it.
    if (!here || !(gridRef.current?.contains(document.activeElement) || document.activeElement === document.body))
      return;
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [here, gridRef]);
  const mark = markAt(draft, cell);
  const typing = here ? draft.typing : null;
  const refused = here && draft.overMaximum;
  const classes = [here ? 'is-cursor' : '', refused ? 'is-refused' : '', mark === null ? 'is-empty' : ''];
  return (
    <td
      ref={place}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid takes the focus
      role="gridcell"
      tabIndex={here ? 0 : -1}
      aria-invalid={refused || undefined}
      aria-label={mark === null && typing === null ? t.noMark : undefined}
      className={`mark-cell ${classes.join(' ')}`}
      onPointerDown={(event) => {
        event.preventDefault();
        act({ kind: 'go', cell });
        event.currentTarget.focus({ preventScroll: true });
      }}
    >
      {typing === null ? (
        mark === null ? (
          ''
        ) : (
          formatMark(mark)
        )
      ) : (
        <>
          {typing.text}
          {typing.text.endsWith('.') && <span className="mark-half">5</span>}
          <i className="mark-caret" />
        </>
      )}
    </td>
  );
}

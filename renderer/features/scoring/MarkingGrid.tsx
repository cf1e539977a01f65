import { type KeyboardEvent, memo, type ReactNode, type RefObject, useCallback, useEffect, useRef } from 'react';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EditOutlined, FileTextOutlined, StopOutlined } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { type Draft, markAt, vetoesAt } from './draft.ts';
import type { DraftAct } from './draft-acts.ts';
import { formatMark } from './mark-text.ts';
import { intentOfKey } from './marking-keys.ts';

type Items = Draft['items'];
type Words = (typeof examinerTexts)['zh-CN'];

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
 * A key redraws the rows it concerns and no other: a hundred of them lie under the hand.
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
  const { cursor, items, typing } = draft;
  const isRefused = draft.overMaximum || draft.offStep;
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is what an interactive table is
    <table className="mark-grid" role="grid" aria-label={t.gridLabel} ref={gridRef} onKeyDown={onKeyDown}>
      <GridHead items={items} here={cursor.item} />
      <tbody>
        {draft.rows.map((anonymousNumber, row) => {
          const here = cursor.row === row;
          return (
            <SheetRow
              key={anonymousNumber}
              anonymousNumber={anonymousNumber}
              row={row}
              items={items}
              marks={items.map((_, item) => markAt(draft, { row, item }))}
              cursorItem={here ? cursor.item : -1}
              typing={here ? (typing?.text ?? null) : null}
              isRefused={here && isRefused}
              hasNote={notes.has(anonymousNumber)}
              isVetoed={vetoesAt(draft, row).length > 0}
              act={act}
              gridRef={gridRef}
            />
          );
        })}
      </tbody>
    </table>
  );
}

/** The heads of the columns, and above them the section an item stands in, where the rubric has sections. */
const GridHead = memo(function GridHead({ items, here }: { items: Items; here: number }): ReactNode {
  const t = useTexts(examinerTexts);
  const fullMark = items.reduce((sum, item) => sum + item.maxTenths, 0);
  const begins = (i: number) => items[i]?.section !== undefined && items[i]?.section !== items[i - 1]?.section;
  return (
    <thead>
      <tr>
        <th scope="col" className="mark-number">
          {t.anonymousNumber}
        </th>
        {items.map((item, i) => (
          <th key={item.itemId} scope="col" className={i === here ? 'is-here' : ''} title={item.title}>
            {begins(i) && <em className="mark-section">{item.section}</em>}
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
  );
});

interface SheetRowProps {
  anonymousNumber: string;
  row: number;
  items: Items;
  marks: readonly (number | null)[];
  /** Where the cursor stands in this row; -1 where it does not. */
  cursorItem: number;
  typing: string | null;
  isRefused: boolean;
  hasNote: boolean;
  isVetoed: boolean;
  act: (act: DraftAct) => void;
  gridRef: RefObject<HTMLTableElement | null>;
}

const sameRow = (a: SheetRowProps, b: SheetRowProps): boolean =>
  (Object.keys(a) as (keyof SheetRowProps)[]).every((k) => k === 'marks' || a[k] === b[k]) &&
  a.marks.every((mark, i) => mark === b.marks[i]);

const SheetRow = memo(function SheetRow(props: SheetRowProps): ReactNode {
  const { items, marks, cursorItem, row, act } = props;
  const t = useTexts(examinerTexts);
  const missing = marks.filter((mark) => mark === null).length;
  const tenths = marks.reduce<number>((sum, mark) => sum + (mark ?? 0), 0);
  const go = useCallback((item: number) => act({ kind: 'go', cell: { row, item } }), [act, row]);
  return (
    <tr className={cursorItem >= 0 ? 'is-here' : ''}>
      <th scope="row" className="mark-number">
        {props.anonymousNumber}
        {props.hasNote && <FileTextOutlined className="mark-note-sign" aria-label={t.hasNote} />}
      </th>
      {items.map((item, i) => (
        <MarkCell
          key={item.itemId}
          item={i}
          mark={marks[i] ?? null}
          typing={i === cursorItem ? props.typing : null}
          here={i === cursorItem}
          isRefused={i === cursorItem && props.isRefused}
          go={go}
          gridRef={props.gridRef}
        />
      ))}
      <td className={missing === 0 ? 'mark-total' : 'mark-total is-partial'}>
        {missing === items.length ? '' : formatMark(tenths)}
      </td>
      <td className="mark-state">
        <RowState missing={missing} items={items.length} here={cursorItem >= 0} isVetoed={props.isVetoed} t={t} />
      </td>
    </tr>
  );
}, sameRow);

function RowState(props: { missing: number; items: number; here: boolean; isVetoed: boolean; t: Words }) {
  const { missing, items, here, t } = props;
  if (props.isVetoed) {
    return (
      <span className="ui-status is-stop">
        <StopOutlined /> {t.vetoFound}
      </span>
    );
  }
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

const MarkCell = memo(function MarkCell(props: {
  item: number;
  mark: number | null;
  typing: string | null;
  here: boolean;
  isRefused: boolean;
  go: (item: number) => void;
  gridRef: RefObject<HTMLTableElement | null>;
}): ReactNode {
  const { item, mark, typing, here, isRefused, go, gridRef } = props;
  const t = useTexts(examinerTexts);
  const place = useRef<HTMLTableCellElement>(null);
  useEffect(() => {
    // Elsewhere (a note, a button) the focus stays where the person put it.
    if (!here || !(gridRef.current?.contains(document.activeElement) || document.activeElement === document.body))
      return;
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [here, gridRef]);
  const classes = [here ? 'is-cursor' : '', isRefused ? 'is-refused' : '', mark === null ? 'is-empty' : ''];
  return (
    <td
      ref={place}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid takes the focus
      role="gridcell"
      tabIndex={here ? 0 : -1}
      aria-invalid={isRefused || undefined}
      aria-label={mark === null && typing === null ? t.noMark : undefined}
      className={`mark-cell ${classes.join(' ')}`}
      onPointerDown={(event) => {
        event.preventDefault();
        go(item);
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
          {typing}
          {typing.endsWith('.') && <span className="mark-half">5</span>}
          <i className="mark-caret" />
        </>
      )}
    </td>
  );
});

import type { ReactNode } from 'react';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CheckOutlined } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { type Draft, markByDeductions, ticksAt } from './draft.ts';
import type { DraftAct } from './draft-acts.ts';
import { formatMark } from './mark-text.ts';
import { deductionKeys } from './marking-keys.ts';

/** What the cell under the cursor asks for: the item, its maximum, its customary deductions with their keys. */
export function RubricPanel(props: { draft: Draft; seat: string; act: (act: DraftAct) => void }): ReactNode {
  const { draft, act } = props;
  const t = useTexts(examinerTexts);
  const { row, item: i } = draft.cursor;
  const item = draft.items[i];
  if (item === undefined) return null;
  const ticks = ticksAt(draft, draft.cursor);
  const max = formatMark(item.maxTenths);
  return (
    <section className="rubric" aria-live="polite">
      <p className="rubric-who">
        <b>{draft.rows[row]}</b> {t.seatItem(props.seat, i + 1)}
      </p>
      <h2>{item.title}</h2>
      <p className="rubric-max">{t.downToZero(max)}</p>
      {draft.overMaximum && (
        <p className="rubric-refused is-stop" role="alert">
          {t.overMaximum(draft.typing?.text ?? '', max)}
        </p>
      )}
      {item.deductions.length === 0 && <p className="rubric-max">{t.noDeductions}</p>}
      <div className="rubric-list">
        {item.deductions.map((deduction, d) => (
          <button
            type="button"
            // biome-ignore lint/suspicious/noArrayIndexKey: the deductions of an item never move
            key={d}
            aria-pressed={ticks.includes(d)}
            className={ticks.includes(d) ? 'rubric-line is-ticked' : 'rubric-line'}
            // The grid keeps the focus: the next digit belongs to the cell.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => act({ kind: 'tick', deduction: d })}
          >
            <span className="rubric-key">{deductionKeys[d] !== undefined && <KeyHint name={deductionKeys[d]} />}</span>
            <span className="rubric-text">{deduction.text}</span>
            {ticks.includes(d) && <CheckOutlined />}
            <b>−{formatMark(deduction.tenths)}</b>
          </button>
        ))}
      </div>
      {item.deductions.length > 0 && (
        <p className="rubric-sum">
          {t.byDeductions}
          <b>{ticks.length === 0 ? '–' : formatMark(markByDeductions(item, ticks))}</b>
          <small>{t.typedCounts}</small>
        </p>
      )}
    </section>
  );
}

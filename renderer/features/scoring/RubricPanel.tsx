import type { ReactNode } from 'react';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CheckOutlined, StopOutlined } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { type Draft, markByDeductions, ticksAt, vetoesAt } from './draft.ts';
import type { DraftAct } from './draft-acts.ts';
import { formatMark } from './mark-text.ts';
import { deductionKeys, vetoKeys } from './marking-keys.ts';

/** What the cell under the cursor asks for: the item, its maximum, steps and time, its customary deductions with their keys. */
export function RubricPanel(props: { draft: Draft; seat: string; act: (act: DraftAct) => void }): ReactNode {
  const { draft, act } = props;
  const t = useTexts(examinerTexts);
  const { row, item: i } = draft.cursor;
  const item = draft.items[i];
  if (item === undefined) return null;
  const ticks = ticksAt(draft, draft.cursor);
  const max = formatMark(item.maxTenths);
  const step = item.stepTenths ?? 1;
  const facts = [
    t.downToZero(max),
    ...(step > 1 ? [t.step(formatMark(step))] : []),
    ...(item.minutes === undefined ? [] : [t.minutes(item.minutes)]),
  ];
  return (
    <section className="rubric" aria-live="polite">
      <p className="rubric-who">
        <b>{draft.rows[row]}</b> {t.seatItem(props.seat, i + 1)}
      </p>
      <h2>{item.title}</h2>
      <p className="rubric-max">{facts.join(' · ')}</p>
      {(draft.overMaximum || draft.offStep) && (
        <p className="rubric-refused is-stop" role="alert">
          {draft.offStep
            ? t.offStep(draft.typing?.text ?? '', formatMark(step))
            : t.overMaximum(draft.typing?.text ?? '', max)}
        </p>
      )}
      {item.deductions.length === 0 && <p className="rubric-max">{t.noDeductions}</p>}
      <div className="rubric-list">
        {item.deductions.map((deduction, d) => (
          <RubricLine
            key={deductionKeys[d] ?? deduction.text}
            keyName={deductionKeys[d]}
            text={deduction.text}
            isTicked={ticks.includes(d)}
            onPress={() => act({ kind: 'tick', deduction: d })}
          >
            <b>−{formatMark(deduction.tenths)}</b>
          </RubricLine>
        ))}
      </div>
      {item.deductions.length > 0 && (
        <p className="rubric-sum">
          {t.byDeductions}
          <b>{ticks.length === 0 ? '–' : formatMark(markByDeductions(item, ticks))}</b>
          <small>{t.typedCounts}</small>
        </p>
      )}
      <Vetoes draft={draft} act={act} />
    </section>
  );
}

/** What fails this candidate outright, whatever the marks: the same keys on every item. */
function Vetoes({ draft, act }: { draft: Draft; act: (act: DraftAct) => void }): ReactNode {
  const t = useTexts(examinerTexts);
  const found = vetoesAt(draft, draft.cursor.row);
  if (draft.vetoes.length === 0) return null;
  return (
    <div className={found.length > 0 ? 'rubric-vetoes is-found' : 'rubric-vetoes'}>
      <h3>
        <StopOutlined /> {t.vetoes}
      </h3>
      {draft.vetoes.map((veto, v) => (
        <RubricLine
          key={veto.vetoId}
          keyName={vetoKeys[v]}
          text={veto.text}
          isTicked={found.includes(veto.vetoId)}
          onPress={() => act({ kind: 'veto', veto: v })}
        />
      ))}
    </div>
  );
}

function RubricLine(props: {
  keyName: string | undefined;
  text: string;
  isTicked: boolean;
  onPress: () => void;
  children?: ReactNode;
}): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={props.isTicked}
      className={props.isTicked ? 'rubric-line is-ticked' : 'rubric-line'}
      // The grid keeps the focus: the next digit belongs to the cell.
      onPointerDown={(event) => event.preventDefault()}
      onClick={props.onPress}
    >
      <span className="rubric-key">{props.keyName !== undefined && <KeyHint name={props.keyName} />}</span>
      <span className="rubric-text">{props.text}</span>
      {props.isTicked && <CheckOutlined />}
      {props.children}
    </button>
  );
}

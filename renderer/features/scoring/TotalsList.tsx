import type { ReactNode } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { formatMark } from './mark-text.ts';

/** The examiner's own totals and their check code: what a card of class `totals` holds, also beside a signature. */
export function TotalsList({ sheet, title }: { sheet: MarkingSheet; title: string }): ReactNode {
  const t = useTexts(examinerTexts);
  const marks = sheet.rows.length * sheet.rubric.items.length;
  return (
    <>
      <h2>{title}</h2>
      <div className="totals-list">
        {sheet.rows.map((row) => (
          <p key={row.anonymousNumber}>
            <b>{row.anonymousNumber}</b> <span>{formatMark(row.totalTenths)}</span>
          </p>
        ))}
      </div>
      <dl className="totals-facts">
        <dt>{t.marksCount}</dt>
        <dd>{t.marksAll(marks)}</dd>
        {sheet.state.kind !== 'draft' && (
          <>
            <dt>{t.checkCode}</dt>
            <dd className="check-code">{sheet.state.checkCode}</dd>
          </>
        )}
      </dl>
    </>
  );
}

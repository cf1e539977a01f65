import type { ReactNode } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { TotalsList } from '../../features/scoring/TotalsList.tsx';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { LockFilled } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { LockedTag } from './LockedTag.tsx';

/** Locked, while others still mark: one's own totals, and for how many one waits. It goes on by itself. */
export function WaitingView(props: {
  sheet: MarkingSheet;
  state: Extract<MarkingSheet['state'], { kind: 'locked' }>;
  where: string;
  foot: ReactNode;
}): ReactNode {
  const t = useTexts(examinerTexts);
  const { sheet, state } = props;
  const lockedCount = sheet.panelSize - state.waitingFor;
  return (
    <DeskFrame desk={t.desk} where={props.where} notes={<LockedTag atMs={state.atMs} />} foot={props.foot}>
      <div className="sign">
        <section className="ui-card totals">
          <TotalsList sheet={sheet} title={t.myTotals(sheet.rows.length)} />
        </section>
        <section className="ui-card waiting" aria-live="polite">
          <LockFilled className="waiting-sign is-done" />
          <h2>{t.waitingHeadline(state.waitingFor)}</h2>
          <p>{t.waitingHelp}</p>
          <p className="waiting-panel">
            {Array.from({ length: sheet.panelSize }, (_, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: places of a panel have no other name here
              <Status key={i} kind={i < lockedCount ? 'done' : 'not-done'}>
                {i < lockedCount ? t.placeLocked : t.placeMarking}
              </Status>
            ))}
          </p>
          <p className="rubric-max">{t.checkCodeHelp}</p>
        </section>
      </div>
    </DeskFrame>
  );
}

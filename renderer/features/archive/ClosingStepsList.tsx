import { Steps } from 'antd';
import type { ReactNode } from 'react';
import type { Closing } from '../../../electron/features/archive/contract.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { RightCircleFilled } from '../../ui/icons.tsx';
import { Status, statusIcon } from '../../ui/Status.tsx';
import { type ClosingStepState, closingSteps, type Sent } from './closing-steps.ts';

const icons: Record<ClosingStepState, ReactNode> = {
  done: <span className="is-done">{statusIcon('done')}</span>,
  look: <span className="is-look">{statusIcon('look')}</span>,
  now: <RightCircleFilled className="step-here" />,
  'to-come': <span className="is-not-done">{statusIcon('not-done')}</span>,
};

const stepStatus = { done: 'finish', look: 'finish', now: 'process', 'to-come': 'wait' } as const;

/** The eight steps, downwards, with the deadline below: everything has to reach the centre by then. */
export function ClosingStepsList({ closing, sent }: { closing: Closing; sent: Sent }): ReactNode {
  const t = useTexts(closingTexts);
  const nowMs = useStationClock();
  const deadline = new Date(closing.deliverByMs);
  const side = (step: string, missing: number): string => {
    if (missing > 0) return t.missingCount(missing);
    if (step === 'people')
      return t.people(
        closing.people.admitted + closing.people.absent + closing.people.setAside,
        closing.people.expected,
      );
    if (step === 'marks') return t.people(closing.marks.signed, closing.marks.rooms);
    if (step === 'deliver' && sent && sent.share > 0) return `${Math.floor(sent.share * 100)} %`;
    if (step === 'receipt') return sent?.receipt ? t.receiptHere : '';
    if (step === 'missing' && closing.missing.length > 0) return t.itemsCount(closing.missing.length);
    return '';
  };
  return (
    <aside className="ui-card closing-steps">
      <Steps
        orientation="vertical"
        size="small"
        items={closingSteps(closing, sent).map(({ step, state, missing }) => ({
          title: (
            <span className={`closing-step is-${state}`}>
              {t.steps[step]}
              <small>{state === 'to-come' ? '' : side(step, missing)}</small>
            </span>
          ),
          status: stepStatus[state],
          icon: icons[state],
        }))}
      />
      <p className="closing-deadline">
        {t.deadline} <b>{t.date(deadline.getMonth() + 1, deadline.getDate())}</b>
        {nowMs > closing.deliverByMs && <Status kind="stop">{t.overdue}</Status>}
        <small>{t.leave}</small>
      </p>
    </aside>
  );
}

import { Steps } from 'antd';
import type { ReactNode } from 'react';
import type { Closing } from '../../../electron/features/archive/contract.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { RightCircleFilled } from '../../ui/icons.tsx';
import { Status, statusIcon } from '../../ui/Status.tsx';
import { type ClosingStep, type ClosingStepState, closingSteps, mayGoBackTo, type Sent } from './closing-steps.ts';

const icons: Record<ClosingStepState, ReactNode> = {
  done: <span className="is-done">{statusIcon('done')}</span>,
  look: <span className="is-look">{statusIcon('look')}</span>,
  now: <RightCircleFilled className="step-here" />,
  'to-come': <span className="is-not-done">{statusIcon('not-done')}</span>,
};

const stepStatus = { done: 'finish', look: 'finish', now: 'process', 'to-come': 'wait' } as const;

/** The steps, downwards, with the deadline below: everything has to reach the centre by then. */
export function ClosingStepsList(props: {
  closing: Closing;
  sent: Sent;
  /** The step that is looked at, where that is another than the one that is due. */
  shown: ClosingStep | null;
  onGo: (step: ClosingStep) => void;
}): ReactNode {
  const { closing, sent } = props;
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
    if (step === 'paper') return closing.paper.scans > 0 ? t.scansCount(closing.paper.scans) : '';
    if (step === 'supervisor') return closing.supervisor.records > 0 ? t.sheetsCount(closing.supervisor.records) : '';
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
            <StepName
              shown={props.shown === step}
              state={state}
              onGo={state !== 'to-come' && mayGoBackTo(step, closing) ? () => props.onGo(step) : null}
            >
              {t.steps[step]}
              <small>{state === 'to-come' ? '' : side(step, missing)}</small>
            </StepName>
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

/** A step that was done can be gone back to before the seal. */
function StepName(props: {
  shown: boolean;
  state: ClosingStepState;
  onGo: (() => void) | null;
  children: ReactNode;
}): ReactNode {
  const className = `closing-step is-${props.state}${props.shown ? ' is-shown' : ''}`;
  if (props.onGo === null) return <span className={className}>{props.children}</span>;
  return (
    <button type="button" className={className} onClick={props.onGo}>
      {props.children}
    </button>
  );
}

import { Steps } from 'antd';
import type { ReactNode } from 'react';
import type { SessionOverview } from '../../../electron/features/session/contract.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { RightCircleFilled } from '../../ui/icons.tsx';
import { statusIcon } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { examSteps, type StepState } from './exam-steps.ts';

const icon = (state: StepState): ReactNode => {
  if (state === 'done') return <span className="is-done">{statusIcon('done')}</span>;
  if (state === 'now') return <RightCircleFilled className="step-here" />;
  return <span className="is-not-done">{statusIcon('not-done')}</span>;
};

/** The day in six boxes; the icons are ours, since Ant Design's ticks are blue, and blue means "press" or "you are here". */
export function StepsBar({ overview }: { overview: SessionOverview }): ReactNode {
  const t = useTexts(officeTexts);
  const steps = examSteps(overview);
  return (
    <Steps
      className="ui-card steps-bar"
      size="small"
      current={steps.findIndex((s) => s.state === 'now')}
      items={steps.map((s) => ({
        title: (
          <span className={`steps-title is-${s.state}`}>
            {t.steps[s.step]} {s.atMs !== null && <small>{minuteText(s.atMs)}</small>}
          </span>
        ),
        status: s.state === 'done' ? 'finish' : s.state === 'now' ? 'process' : 'wait',
        icon: icon(s.state),
      }))}
    />
  );
}

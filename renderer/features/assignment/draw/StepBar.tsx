import type { ReactNode } from 'react';
import type { DrawStage } from '../../../../electron/features/assignment/contract.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { CheckCircleFilled, MinusCircleOutlined, RightCircleFilled } from '../../../ui/icons.tsx';

/** How many steps are done at each stage; the next one is where the ceremony stands. */
const DONE: Record<DrawStage, number> = { prepared: 1, committed: 2, opened: 3, drawn: 3, applied: 4, cancelled: 0 };

/** The four steps: done, here, to come. */
export function StepBar({ stage }: { stage: DrawStage | null }): ReactNode {
  const t = useTexts(assignmentTexts).draw;
  const done = stage === null ? 0 : DONE[stage];
  return (
    <ol className="ceremony-steps">
      {t.steps.map((word, i) => {
        const state = i < done ? 'is-done' : i === done ? 'is-here' : 'is-to-come';
        return (
          <li key={word} className={state} aria-current={i === done ? 'step' : undefined}>
            {i < done ? <CheckCircleFilled /> : i === done ? <RightCircleFilled /> : <MinusCircleOutlined />}
            {word}
          </li>
        );
      })}
    </ol>
  );
}

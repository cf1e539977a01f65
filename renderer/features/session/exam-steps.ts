import type { RoomRow, SessionOverview, SessionState } from '../../../electron/features/session/contract.ts';

export type ExamStep = 'preparing' | 'entering' | 'running' | 'collecting' | 'marking' | 'closing';
export type StepState = 'done' | 'now' | 'to-come';

/** One box of the office's bar: 考务准备, 入场, 考试中, 收卷, 评分, 收尾封存. `atMs`: when it was reached, where known. */
export interface StepView {
  step: ExamStep;
  state: StepState;
  atMs: number | null;
}

const order: readonly ExamStep[] = ['preparing', 'entering', 'running', 'collecting', 'marking', 'closing'];

/**
 * Where the day stands. The station knows five states; marking lies inside `closed`, and lasts until every panel has
 * signed. A session without panels (theory) goes straight to closing.
 */
export function examSteps(overview: Pick<SessionOverview, 'session' | 'rooms' | 'steps'>): StepView[] {
  const state = overview.session.state;
  const now = order.indexOf(currentStep(state, overview.rooms));
  return order.map((step, i) => ({
    step,
    state: state === 'sealed' || i < now ? 'done' : i === now ? 'now' : 'to-come',
    atMs: reachedAt(step, overview.steps),
  }));
}

function currentStep(state: SessionState, rooms: readonly RoomRow[]): ExamStep {
  switch (state) {
    case 'preparing':
      return 'preparing';
    case 'open':
      return 'entering';
    case 'running':
      return 'running';
    case 'closed':
      return rooms.every((r) => r.marking.signed >= r.marking.panel) ? 'closing' : 'marking';
    case 'sealed':
      return 'closing';
  }
}

function reachedAt(step: ExamStep, steps: SessionOverview['steps']): number | null {
  const recorded: Partial<Record<ExamStep, SessionState>> = {
    entering: 'open',
    running: 'running',
    collecting: 'closed',
    closing: 'sealed',
  };
  return steps.find((s) => s.state === recorded[step])?.atMs ?? null;
}

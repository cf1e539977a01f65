import { comeIn } from '../arrival.ts';
import { candidateOf } from '../day.ts';
import type { Step } from '../step.ts';

const ordinary = (id: string): Step => ({
  id: `door-${id}`,
  title: { zh: `${id} 入场`, en: `${id} comes in` },
  async play(day) {
    const attempt = await comeIn(day, candidateOf(day, id));
    return { zh: attempt?.outcome ?? '已在记录中', en: attempt?.outcome ?? 'on record already' };
  },
});
export const doorSteps: Step[] = ['C01', 'C02', 'C03', 'C04', 'C05', 'C07', 'C08', 'C10'].map(ordinary);

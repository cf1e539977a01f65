import type { Rubric } from '../plan/plan-schema.ts';
import type { TheoryFacts } from './theory-file.ts';

// For tests only.

/** A theory session S9: its ticket numbers and whether each was admitted, and numbers of other sessions by label. */
export const theoryFactsOf = (here: Record<string, boolean>, elsewhere: Record<string, string>): TheoryFacts => ({
  sessionId: 'S9',
  here: new Map(Object.entries(here).map(([n, admitted]) => [n, { candidateId: `C-${n}`, admitted }])),
  elsewhere: new Map(Object.entries(elsewhere)),
});

export const samplePlanRubric: Rubric = {
  rubricId: 'R9' as Rubric['rubricId'],
  title: '电工四级技能（样本）',
  passTenths: 600,
  occupation: '电工',
  level: '4',
  part: 'skills',
  minutes: 60,
  items: [
    {
      itemId: '1',
      title: '安全',
      maxTenths: 400,
      section: '安全文明',
      stepTenths: 5,
      minutes: 20,
      deductions: [{ text: '未验电', tenths: 50 }],
    },
    { itemId: '2', title: '接线', maxTenths: 600, section: '操作', minutes: 40, deductions: [] },
  ],
  vetoes: [{ vetoId: 'V1', text: '带电作业' }],
};

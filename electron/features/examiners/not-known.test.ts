import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRulePack } from '../rules/load-rule-pack.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { ruleValues } from '../rules/rule-values.ts';
import { AssignmentFacts, type Dossier, DossierList } from './assignment-facts.ts';
import { evaluatePanel, examinerLimits } from './evaluate.ts';
import { lawfulPanel } from './panel-fixture.ts';
import type { Violation } from './violation.ts';

let pack: RulePack;
beforeAll(async () => {
  const loaded = await loadRulePack(join(import.meta.dirname, '../../../resources/rule-packs'), 'childcare');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  pack = loaded.value;
});

const evaluate = (facts: AssignmentFacts, by = pack): Violation[] =>
  evaluatePanel(facts, examinerLimits({ ...ruleValues(by), 'examiners.training': 24 }), by);
const file = (f: AssignmentFacts, id: string): Dossier => f.dossiers.find((d) => d.examinerId === id)!;
const lacking = (...lists: DossierList[]) => ({ incomplete: lists });

/** For each rule the smallest thing that nobody knows, and what is said then. */
describe.each<[string, (f: AssignmentFacts) => void, string[]]>([
  [
    'grade, where the level asks for the higher one',
    (f) => {
      f.session.level = '2';
      file(f, 'E1').grade = null;
    },
    ['examiners.grade E1 grade'],
  ],
  [
    'levels of the occupation',
    (f) => Object.assign(file(f, 'E1').scope[0]!, { levels: null }),
    ['examiners.scope E1 levels'],
  ],
  [
    'occupations',
    (f) => Object.assign(file(f, 'E1'), { scope: [], ...lacking('scope') }),
    ['examiners.scope E1 scope'],
  ],
  [
    'first day of the card',
    (f) => Object.assign(file(f, 'E1').card, { validFrom: null }),
    ['examiners.card-valid E1 card'],
  ],
  [
    'last day of the card',
    (f) => Object.assign(file(f, 'E1').card, { validUntil: null }),
    ['examiners.card-valid E1 card'],
  ],
  ['pool', (f) => Object.assign(file(f, 'E1'), { pool: null }), ['examiners.pool E1 pool']],
  [
    'appraisal of last year',
    (f) => Object.assign(file(f, 'E1'), { appraisals: [{ year: 2024, result: 'unfit' }], ...lacking('appraisals') }),
    ['examiners.appraisal E1 appraisals'],
  ],
  [
    'training of last year',
    (f) => Object.assign(file(f, 'E1'), { trainingHours: [], ...lacking('trainingHours') }),
    ['examiners.training E1 trainingHours'],
  ],
  ['employers', (f) => Object.assign(file(f, 'E1'), lacking('employers')), ['recusal.employer E1 employers']],
  [
    'employers, at an enterprise that assesses its own staff',
    (f) => {
      f.site.ownStaff = true;
      Object.assign(file(f, 'E1'), lacking('employers'));
    },
    ['recusal.employer-own-staff E1 employers'],
  ],
  [
    'training posts',
    (f) => Object.assign(file(f, 'E1'), lacking('trainingPosts')),
    ['examiners.separation E1 trainingPosts'],
  ],
  ['classes taught', (f) => Object.assign(file(f, 'E1'), lacking('taught')), ['examiners.taught-class E1 taught']],
  [
    'ties',
    (f) => Object.assign(file(f, 'E1'), lacking('ties')),
    ['recusal.kin E1 ties', 'recusal.master-apprentice E1 ties', 'recusal.declared E1 ties'],
  ],
  ['sessions served', (f) => Object.assign(file(f, 'E1'), lacking('served')), ['examiners.max-consecutive E1 served']],
  [
    "a candidate's employer",
    (f) => Object.assign(f.room.candidates[1]!, { employer: null, notKnown: ['employer'] }),
    ['E1', 'E2', 'E3'].map((id) => `recusal.employer ${id} employer C2`),
  ],
  [
    "a candidate's class, where the examiner taught any",
    (f) => {
      Object.assign(f.room.candidates[1]!, { classId: null, notKnown: ['classId'] });
      file(f, 'E2').taught = [{ classId: 'K-9', from: null, until: null }];
    },
    ['examiners.taught-class E2 classId C2'],
  ],
  [
    "a candidate's trainer, where the examiner has a post in training",
    (f) => {
      Object.assign(f.room.candidates[1]!, { trainedBy: null, notKnown: ['trainedBy'] });
      file(f, 'E2').trainingPosts = [{ institution: '别的机构（样本）', from: null, until: null }];
    },
    ['examiners.separation E2 trainedBy C2'],
  ],
  [
    "the supervisor's term",
    (f) => {
      f.supervisors[0]!.termFrom = null;
    },
    ['supervision.term E7 term'],
  ],
  [
    "the supervisor's dossier",
    (f) => {
      f.dossiers = f.dossiers.filter((d) => d.examinerId !== 'E7');
    },
    ['supervision.no-training-post E7 dossier', 'supervision.no-colleague E7 dossier'],
  ],
  [
    "the supervisor's posts and employers",
    (f) => Object.assign(file(f, 'E7'), { employers: [], ...lacking('employers', 'trainingPosts') }),
    ['supervision.no-training-post E7 trainingPosts', 'supervision.no-colleague E7 employers'],
  ],
  [
    'where an examiner works now, which the supervisor must not',
    (f) => Object.assign(file(f, 'E2'), { employers: [], ...lacking('employers') }),
    ['supervision.no-colleague E7 employers', 'recusal.employer E2 employers'],
  ],
])('not known: %s', (_, forget, expected) => {
  test('is named, and only warns', () => {
    const facts = lawfulPanel();
    for (const d of facts.dossiers) d.trainingHours = [{ year: 2025, hours: 24 }];
    forget(facts);
    const found = evaluate(AssignmentFacts.parse(facts));
    expect(found.map((v) => [v.ruleId, v.examinerId, ...Object.values(v.facts)].join(' '))).toEqual(expected);
    expect(found.every((v) => v.severity === 'warn' && v.outcome === 'not-known')).toBe(true);
  });
});

test('who has no employer, no class and no trainer is known to have none', () => {
  const facts = lawfulPanel();
  Object.assign(facts.room.candidates[0]!, { employer: null, classId: null, trainedBy: null });
  expect(evaluate(facts)).toEqual([]);
});

test('a pack may say that what is not known blocks', () => {
  const strict: RulePack = {
    ...pack,
    clauses: pack.clauses.map((c) => (c.id === 'examiners.pool' ? { ...c, whenUnknown: 'block' } : c)),
  };
  const facts = lawfulPanel();
  file(facts, 'E1').pool = null;
  file(facts, 'E2').card.validUntil = null;
  expect(evaluate(facts, strict).map((v) => [v.ruleId, v.severity])).toEqual([
    ['examiners.pool', 'block'],
    ['examiners.card-valid', 'warn'],
  ]);
});

test('to forget something never makes a panel look more lawful', () => {
  const bad = lawfulPanel();
  bad.session.level = '2';
  Object.assign(file(bad, 'E1'), {
    grade: 'examiner',
    scope: [{ occupation: '保育师', levels: ['4'] }],
    card: { number: 'K', validFrom: '2020-01-01', validUntil: '2023-01-01' },
    pool: 'suspended',
    appraisals: [{ year: 2025, result: 'unfit' }],
    trainingHours: [{ year: 2025, hours: 1 }],
    employers: [{ name: 'C1 的单位（样本）', from: null, until: null }],
    trainingPosts: [{ institution: '某培训中心（样本）', from: null, until: null }],
    taught: [{ classId: 'K-1', from: null, until: null }],
    ties: ['kin', 'master-apprentice', 'declared'].map((kind) => ({ kind, to: { who: 'candidate', id: 'C2' } })),
    served: Array.from({ length: 4 }, (_, i) => ({
      sessionId: `P${i}`,
      siteId: 'SITE-1',
      roomId: 'R1',
      startsAtMs: i,
    })),
  });
  const rulesAgainst = (f: AssignmentFacts) =>
    new Set(evaluate(f).flatMap((v) => (v.examinerId === 'E1' ? v.ruleId : [])));
  const before = rulesAgainst(AssignmentFacts.parse(bad));
  expect(before.size).toBe(13);
  const scalars = ['grade', 'card', 'pool'] as const;
  fc.assert(
    fc.property(fc.subarray([...DossierList.options]), fc.subarray([...scalars]), (lists, nulls) => {
      const facts = AssignmentFacts.parse(bad);
      const dossier = file(facts, 'E1');
      for (const list of lists) Object.assign(dossier, { [list]: [] });
      dossier.incomplete = lists;
      for (const part of nulls) {
        Object.assign(dossier, { [part]: part === 'card' ? { number: 'K', validFrom: null, validUntil: null } : null });
      }
      expect(rulesAgainst(facts)).toEqual(before);
    }),
  );
});

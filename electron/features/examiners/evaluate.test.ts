import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadRulePack } from '../rules/load-rule-pack.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { ruleValues } from '../rules/rule-values.ts';
import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import { evaluatePanel, examinerLimits } from './evaluate.ts';
import { candidate, dossier, HOUR_MS, lawfulPanel } from './panel-fixture.ts';

const PACKS = join(import.meta.dirname, '../../../resources/rule-packs');
let packs: Record<string, RulePack>;
beforeAll(async () => {
  const load = async (id: string) => {
    const pack = await loadRulePack(PACKS, id);
    if (!pack.ok) throw new Error(JSON.stringify(pack.error));
    return [id, pack.value] as const;
  };
  packs = Object.fromEntries(await Promise.all(['national', 'shanghai', 'childcare', 'cook'].map(load)));
});

/** What speaks against a panel, as `rule severity whom`. */
function against(change: (f: AssignmentFacts) => void, packId = 'childcare'): string[] {
  const facts = structuredClone(lawfulPanel());
  change(facts);
  const pack = packs[packId]!;
  return evaluatePanel(facts, examinerLimits(ruleValues(pack)), pack).map((v) =>
    [v.ruleId, v.severity, v.examinerId].filter(Boolean).join(' '),
  );
}
const file = (f: AssignmentFacts, id: string): Dossier => f.dossiers.find((d) => d.examinerId === id)!;
const served = (n: number, siteId = 'SITE-1') =>
  Array.from({ length: n }, (_, i) => ({ sessionId: `P${i}`, siteId, roomId: 'R1', startsAtMs: i }) as never);

test('nothing speaks against a lawful panel, by any pack', () => {
  for (const id of Object.keys(packs)) expect(against(() => undefined, id)).toEqual([]);
});

/** For each clause the case just inside and the case just outside. */
describe.each<[string, (f: AssignmentFacts) => void, (f: AssignmentFacts) => void, string[]]>([
  [
    'examiners.grade',
    (f) => {
      file(f, 'E1').grade = 'examiner';
      f.session.level = '3';
    },
    (f) => {
      file(f, 'E1').grade = 'examiner';
      f.session.level = '2';
    },
    ['examiners.grade block E1'],
  ],
  [
    'examiners.scope: level',
    (f) => {
      file(f, 'E2').scope = [{ occupation: '保育师', levels: ['4'] }];
    },
    (f) => {
      file(f, 'E2').scope = [{ occupation: '保育师', levels: ['5', '3'] }];
    },
    ['examiners.scope block E2'],
  ],
  [
    'examiners.scope: occupation',
    (f) => {
      file(f, 'E2').scope.unshift({ occupation: '中式烹调师', levels: ['4'] });
    },
    (f) => {
      file(f, 'E2').scope = [{ occupation: '中式烹调师', levels: ['4'] }];
    },
    ['examiners.scope block E2'],
  ],
  [
    'examiners.card-valid: last day',
    (f) => {
      file(f, 'E1').card.validUntil = '2026-06-20';
    },
    (f) => {
      file(f, 'E1').card.validUntil = '2026-06-19';
    },
    ['examiners.card-valid block E1'],
  ],
  [
    'examiners.card-valid: first day',
    (f) => {
      file(f, 'E1').card.validFrom = '2026-06-20';
    },
    (f) => {
      file(f, 'E1').card.validFrom = '2026-06-21';
    },
    ['examiners.card-valid block E1'],
  ],
  [
    'examiners.pool',
    () => undefined,
    (f) => {
      file(f, 'E3').pool = 'excluded';
    },
    ['examiners.pool block E3'],
  ],
  [
    'examiners.appraisal: the latest counts',
    (f) => {
      file(f, 'E3').appraisals = [
        { year: 2024, result: 'unfit' },
        { year: 2025, result: 'fit' },
      ];
    },
    (f) => {
      file(f, 'E3').appraisals = [
        { year: 2025, result: 'unfit' },
        { year: 2024, result: 'fit' },
      ];
    },
    ['examiners.appraisal block E3'],
  ],
  [
    'examiners.dossier',
    () => undefined,
    (f) => {
      f.dossiers = f.dossiers.filter((d) => d.examinerId !== 'E2');
    },
    ['examiners.dossier block E2'],
  ],
  [
    'examiners.taught-class',
    (f) => {
      file(f, 'E1').taught = [{ classId: 'K-2', from: '2026-01-01', until: null }];
    },
    (f) => {
      file(f, 'E1').taught = [{ classId: 'K-1', from: '2020-01-01', until: '2020-02-01' }];
    },
    ['examiners.taught-class block E1'],
  ],
  [
    'recusal.self',
    (f) => {
      file(f, 'E1').recusedFrom = ['S2' as never];
    },
    (f) => {
      file(f, 'E1').recusedFrom = ['S1' as never];
    },
    ['recusal.self block E1'],
  ],
  [
    'recusal.kin: a candidate of this room',
    (f) => {
      file(f, 'E1').ties = [{ kind: 'kin', to: { who: 'candidate', id: 'C9' as never } }];
    },
    (f) => {
      file(f, 'E1').ties = [{ kind: 'kin', to: { who: 'candidate', id: 'C5' as never } }];
    },
    ['recusal.kin block E1'],
  ],
  [
    'recusal.master-apprentice: declared by one, it binds both',
    (f) => {
      file(f, 'E1').ties = [{ kind: 'master-apprentice', to: { who: 'examiner', id: 'E9' as never } }];
    },
    (f) => {
      file(f, 'E1').ties = [{ kind: 'master-apprentice', to: { who: 'examiner', id: 'E2' as never } }];
    },
    ['recusal.master-apprentice block E1', 'recusal.master-apprentice block E2'],
  ],
  [
    'recusal.declared',
    (f) => {
      file(f, 'E2').ties = [{ kind: 'declared', to: { who: 'candidate', id: 'C8' as never } }];
    },
    (f) => {
      file(f, 'E2').ties = [{ kind: 'declared', to: { who: 'candidate', id: 'C1' as never } }];
    },
    ['recusal.declared block E2'],
  ],
  [
    'recusal.employer: found from data, also a former one',
    (f) => {
      f.room.candidates[0]!.employer = null;
    },
    (f) => {
      file(f, 'E1').employers.unshift({ name: 'C1 的单位（样本）', from: '2001-01-01', until: '2002-01-01' });
    },
    ['recusal.employer block E1'],
  ],
  [
    'recusal.employer-own-staff: an enterprise is only reminded',
    (f) => {
      f.site.ownStaff = true;
    },
    (f) => {
      f.site.ownStaff = true;
      f.room.candidates[0]!.employer = 'E1 的单位（样本）';
    },
    ['recusal.employer-own-staff warn E1'],
  ],
  [
    'examiners.separation: a post at the institution that trained them',
    (f) => {
      file(f, 'E1').trainingPosts = [{ institution: '某培训中心（样本）', from: '2020-01-01', until: '2026-06-19' }];
    },
    (f) => {
      file(f, 'E1').trainingPosts = [{ institution: '某培训中心（样本）', from: '2020-01-01', until: '2026-06-20' }];
    },
    ['examiners.separation block E1'],
  ],
  [
    'separation.sole-provider: only with the official signed on',
    (f) => {
      sole(f, true);
    },
    (f) => {
      sole(f, false);
    },
    ['examiners.separation block E1'],
  ],
  [
    'examiners.max-consecutive',
    (f) => {
      file(f, 'E1').served = served(2);
    },
    (f) => {
      file(f, 'E1').served = served(3);
    },
    ['examiners.max-consecutive block E1'],
  ],
  [
    'examiners.max-consecutive: one elsewhere begins anew',
    (f) => {
      file(f, 'E1').served = [
        ...served(9),
        { sessionId: 'X', siteId: 'SITE-2', roomId: 'R1', startsAtMs: 99 } as never,
      ];
    },
    (f) => {
      file(f, 'E1').served = [
        { sessionId: 'X', siteId: 'SITE-2', roomId: 'R1', startsAtMs: -1 } as never,
        ...served(3),
      ];
    },
    ['examiners.max-consecutive block E1'],
  ],
  [
    'panel.turnover: a third is new',
    (f) => {
      f.room.before = ['E2', 'E3', 'E9'] as never;
    },
    (f) => {
      f.room.before = ['E1', 'E2', 'E3'] as never;
    },
    ['panel.turnover block'],
  ],
  [
    'panel.size: one for five',
    (f) => {
      f.room.candidates = many(15);
    },
    (f) => {
      f.room.candidates = many(16);
    },
    ['panel.size block'],
  ],
  [
    'panel.odd',
    () => undefined,
    (f) => {
      join4(f, 'member');
    },
    ['panel.odd block'],
  ],
  [
    'panel.lead',
    (f) => {
      join4(f, 'reserve');
    },
    (f) => {
      f.panel[0]!.duty = 'member';
    },
    ['panel.lead block'],
  ],
  [
    'panel.double-booking',
    (f) => {
      elsewhere(f, 2 * HOUR_MS);
    },
    (f) => {
      elsewhere(f, 2 * HOUR_MS - 1);
    },
    ['panel.double-booking block E1'],
  ],
  [
    'panel.role-clash',
    () => undefined,
    (f) => {
      f.panel[1]!.otherDuties = ['score-keeper'];
    },
    ['panel.role-clash block E2'],
  ],
  [
    'supervision.present',
    () => undefined,
    (f) => {
      f.supervisors = [];
    },
    ['supervision.present warn'],
  ],
  [
    'supervision.term: three years',
    (f) => {
      f.supervisors[0]!.termFrom = '2023-06-21';
    },
    (f) => {
      f.supervisors[0]!.termFrom = '2023-06-20';
    },
    ['supervision.term warn E7'],
  ],
  [
    'supervision.no-training-post',
    (f) => {
      file(f, 'E7').trainingPosts = [{ institution: '甲（样本）', from: '2020-01-01', until: '2026-06-19' }];
    },
    (f) => {
      file(f, 'E7').trainingPosts = [{ institution: '甲（样本）', from: '2020-01-01', until: null }];
    },
    ['supervision.no-training-post block E7'],
  ],
  [
    'supervision.no-colleague',
    (f) => {
      file(f, 'E7').employers = [{ name: 'E1 的单位（样本）', from: '2020-01-01', until: '2026-06-19' }];
    },
    (f) => {
      file(f, 'E7').employers = [{ name: 'E1 的单位（样本）', from: '2020-01-01', until: null }];
    },
    ['supervision.no-colleague block E7'],
  ],
])('%s', (name, inside, outside, expected) => {
  test('just inside', () => {
    const only = name.startsWith('separation.sole-provider') ? ['separation.sole-provider warn E1'] : [];
    expect(against(inside)).toEqual(only);
  });
  test('just outside', () => expect(against(outside)).toEqual(expected));
});

test('a supervisor who is on the panel is named as such, whatever else that breaks', () => {
  expect(
    against((f) => {
      f.supervisors[0]!.examinerId = 'E1' as never;
    }),
  ).toContain('supervision.not-on-panel block E1');
});

test('one rule pack asks for three in odd numbers, another is content with two', () => {
  const two = (f: AssignmentFacts) => {
    f.panel.pop();
    f.room.before = [];
  };
  expect(against(two, 'childcare')).toEqual(['panel.size block', 'panel.odd block']);
  expect(against(two, 'cook')).toEqual([]);
});

test('every reason is listed, however many there are', () => {
  const found = against((f) => {
    Object.assign(file(f, 'E1'), { grade: 'examiner', pool: 'suspended', recusedFrom: ['S1'] });
    f.session.level = '1';
    f.supervisors = [];
  });
  expect(found.sort()).toEqual([
    'examiners.grade block E1',
    'examiners.pool block E1',
    'recusal.self block E1',
    'supervision.present warn',
  ]);
});

test('the order in which people and candidates stand in the facts changes nothing', () => {
  const facts = lawfulPanel();
  file(facts, 'E2').pool = 'excluded';
  file(facts, 'E3').served = served(5);
  const pack = packs.childcare!;
  const of = (f: AssignmentFacts) =>
    evaluatePanel(f, examinerLimits(ruleValues(pack)), pack)
      .map((v) => JSON.stringify(v))
      .sort();
  fc.assert(
    fc.property(
      fc.shuffledSubarray(facts.dossiers, { minLength: 4 }),
      fc.shuffledSubarray(facts.room.candidates, { minLength: 5 }),
      (dossiers, candidates) => {
        expect(of({ ...facts, dossiers, room: { ...facts.room, candidates } })).toEqual(of(facts));
      },
    ),
  );
});

function sole(f: AssignmentFacts, signedOn: boolean): void {
  file(f, 'E1').trainingPosts = [{ institution: '某培训中心（样本）', from: '2020-01-01', until: null }];
  f.site.soleProvider = { approval: '样批〔2026〕1号', official: '某督办（样本）', signedOn };
}
function many(n: number): AssignmentFacts['room']['candidates'] {
  return Array.from({ length: n }, (_, i) => candidate(`C${i + 1}`)) as never;
}
function join4(f: AssignmentFacts, duty: 'member' | 'reserve'): void {
  f.dossiers.push(dossier('E4'));
  f.panel.push({ examinerId: 'E4' as never, duty, otherDuties: [] });
}
function elsewhere(f: AssignmentFacts, afterStartMs: number): void {
  const startsAtMs = f.session.startsAtMs + afterStartMs;
  f.elsewhere = [
    { examinerId: 'E1', sessionId: 'S2', roomId: 'R5', startsAtMs, endsAtMs: startsAtMs + HOUR_MS },
  ] as never;
}

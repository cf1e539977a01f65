import type { AssignmentFacts, Dossier } from './assignment-facts.ts';
import { candidate, dossier, HOUR_MS } from './panel-fixture.ts';

type Change = (facts: AssignmentFacts) => void;

/**
 * For tests: of every clause the evaluation judges by, the case just inside and the case just outside, as changes of the lawful
 * panel, and what is found outside. The name begins with the clause. By the childcare pack, with 24 hours of training asked for.
 */
export const GOLDEN_CASES: readonly [name: string, inside: Change, outside: Change, found: string[]][] = [
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
  [
    'examiners.training: hours in the year before',
    (f) => {
      file(f, 'E1').trainingHours = [{ year: 2025, hours: 24 }];
    },
    (f) => {
      file(f, 'E1').trainingHours = [
        { year: 2025, hours: 23 },
        { year: 2024, hours: 90 },
      ];
    },
    ['examiners.training warn E1'],
  ],
  [
    'supervision.not-on-panel',
    () => undefined,
    (f) => {
      // Nobody is their own colleague: an employer of the past leaves this rule alone to speak.
      file(f, 'E1').employers = [{ name: 'E1 的单位（样本）', from: '2015-01-01', until: '2020-01-01' }];
      f.supervisors[0]!.examinerId = 'E1' as never;
    },
    ['supervision.not-on-panel block E1'],
  ],
  [
    'panel.candidates-each: each more five ask for one more',
    (f) => {
      join4(f, 'member');
      f.dossiers.push(dossier('E5'));
      f.panel.push({ examinerId: 'E5' as never, duty: 'member', otherDuties: [] });
      f.room.candidates = many(25);
    },
    (f) => {
      join4(f, 'member');
      f.dossiers.push(dossier('E5'));
      f.panel.push({ examinerId: 'E5' as never, duty: 'member', otherDuties: [] });
      f.room.candidates = many(26);
    },
    ['panel.size block'],
  ],
];

const file = (f: AssignmentFacts, id: string): Dossier => f.dossiers.find((d) => d.examinerId === id)!;
const served = (n: number, siteId = 'SITE-1') =>
  Array.from({ length: n }, (_, i) => ({ sessionId: `P${i}`, siteId, roomId: 'R1', startsAtMs: i }) as never);

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

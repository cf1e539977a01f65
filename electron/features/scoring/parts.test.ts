import { expect, test } from 'vitest';
import type { PartPass } from '../plan/plan-schema.ts';
import { lastValidDay, type PartFacts, partStandings } from './parts.ts';

test.each([
  ['2024-03-01', 24, '2026-03-01'],
  ['2024-02-29', 24, '2026-02-28'],
  ['2025-08-31', 6, '2026-02-28'],
  ['2025-12-31', 2, '2026-02-28'],
  ['2025-10-15', 0, '2025-10-15'],
])('passed on %s, valid %i months: until %s', (day, months, until) => {
  expect(lastValidDay(day, months)).toBe(until);
});

const theoryOf = (passedOn: string): PartPass => ({
  documentNumber: '11010119900307001X',
  occupation: '电工',
  level: '4',
  part: 'theory',
  scoreTenths: 700,
  passedOn,
  source: '样本公布〔2025〕3号',
});
const sat: PartFacts = {
  level: '4',
  results: [{ part: 'skills', result: 'passed' }],
  passes: [theoryOf('2024-03-01')],
  onDay: '2026-03-01',
  carryMonths: 24,
};

test.each<[string, Partial<PartFacts>, string[], boolean]>([
  ['on the last valid day', {}, ['carried', 'passed'], true],
  ['a day later', { onDay: '2026-03-02' }, ['expired', 'passed'], false],
  ['a pack that keeps nothing', { carryMonths: 0 }, ['expired', 'passed'], false],
  ['passed on the day itself is no earlier pass', { passes: [theoryOf('2026-03-01')] }, ['expired', 'passed'], false],
  ['nothing known of theory', { passes: [] }, ['none', 'passed'], false],
  [
    'failed now, passed before',
    { results: [...sat.results, { part: 'theory', result: 'failed' }] },
    ['carried', 'passed'],
    true,
  ],
  [
    'failed now, the earlier pass expired',
    { onDay: '2026-03-02', results: [...sat.results, { part: 'theory', result: 'failed' }] },
    ['failed', 'passed'],
    false,
  ],
  [
    'the session has no result yet',
    { results: [{ part: 'skills', result: 'not-confirmed' }] },
    ['carried', 'open'],
    false,
  ],
  ['absent is nothing known', { results: [{ part: 'skills', result: 'absent' }] }, ['carried', 'none'], false],
  ['irregular counts as failed', { results: [{ part: 'skills', result: 'irregular' }] }, ['carried', 'failed'], false],
  ['technicians are reviewed too', { level: '2' }, ['carried', 'passed', 'none'], false],
])('%s', (_name, over, standings, qualified) => {
  const found = partStandings({ ...sat, ...over });
  expect([found.parts.map((p) => p.standing), found.qualified]).toEqual([standings, qualified]);
});

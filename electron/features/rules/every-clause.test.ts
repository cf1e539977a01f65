import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GOLDEN_CASES } from '../examiners/golden-cases.ts';
import { RulePackFile } from './rule-pack.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FEATURES = 'electron/features';

/** Names of the cases just inside and just outside in a feature's own test; one name where one test holds both. */
type Cases = { file: string; inside: string; outside: string };
const cases = (file: string, inside: string, outside = inside): Cases => ({
  file: `${FEATURES}/${file}`,
  inside,
  outside,
});

const DOOR = 'checkin/rules.test.ts';
const MARKS = 'scoring/rules.test.ts';

/** Where the clauses are tested that other features than the examiners' judge by. */
const ELSEWHERE: Record<string, Cases> = {
  'admission.enter-before-minutes': cases(DOOR, 'at the moment the door opens', 'a moment before the door opens'),
  'admission.late-after-minutes': cases(DOOR, 'at the very late limit', 'a moment past the late limit'),
  'admission.ticket-required': cases(DOOR, 'no ticket where none is needed', 'no ticket yet'),
  'admission.face-threshold-fmr': cases(DOOR, 'everything agrees', 'a near miss'),
  'admission.face-not-only-way': cases(DOOR, 'declines the comparison: two persons, and no face is asked for'),
  'admission.consent': cases(DOOR, 'nothing to sign at this door', 'nothing signed yet: before any doubt and any face'),
  'admission.liveness': cases(DOOR, 'the pack asks for no turn', 'the head has not turned yet'),
  'admission.camera-card-second-person': cases(
    DOOR,
    'a card by camera where the pack trusts one person',
    'a card by camera',
  ),
  'admission.other-documents': cases(
    'checkin/other-document.test.ts',
    'is typed with its picture, and always ends at two persons',
    'of a kind that the pack does not take is refused by its clause',
  ),
  'admission.rechecks-per-hundred': cases('presence/rules.test.ts', 'five in a hundred, rounded up'),
  'admission.rechecks-least': cases('presence/rules.test.ts', 'at least five'),
  'admission.draw-workstation': cases(
    'seating/seating.test.ts',
    'the draw at admission',
    'no plan without such candidates has a seed',
  ),
  'admission.leave-after-minutes': cases(
    'presence/leave.test.ts',
    'before the earliest leave it shows the clause and needs a note; at that minute it does not',
  ),
  'admission.break-minutes': cases('presence/rules.test.ts', 'on a break'),
  'scoring.pass-tenths': cases(MARKS, 'just passed', 'just failed'),
  'scoring.min-examiners': cases(MARKS, 'just passed', 'one examiner alone'),
  'scoring.spread-limit-tenths': cases(MARKS, 'spread at the limit', 'spread over the limit'),
  'scoring.item-spread-percent': cases(MARKS, 'item limits are whole marks: 10 gives 3, 15 gives 4'),
  'scoring.veto': cases(MARKS, 'just passed', 'what one found is disputed'),
  'scoring.combine': cases(MARKS, 'a combined score lies between the lowest and the highest'),
  'scoring.correction': cases(MARKS, 'a correction leaves the mark that was given where it was'),
  'scoring.signed': cases(MARKS, 'just passed', 'not-signed'),
  'scoring.two-typists': cases('scoring/theory.test.ts', 'neither sees the other’s; where they differ both settle it'),
  'scoring.keeper-independent': cases('scoring/theory.test.ts', 'a score keeper who has declared to be independent'),
  'scoring.carry-over-months': cases(
    'scoring/theory.test.ts',
    'a part passed before counts with what is passed now, within its validity',
  ),
  'recording.every-room': cases(
    'scoring/coverage-results.test.ts',
    'covered, and what two persons accepted, is confirmed',
    'a score that video does not cover is not confirmed',
  ),
  'recording.gap-limit-seconds': cases('archive/missing.test.ts', 'a gap at the limit', 'a gap over the limit'),
  'recording.coverage-least-percent': cases(
    'coverage/rules.test.ts',
    'many gaps under the limit are short by the share',
  ),
  'recording.cameraless-rooms': cases('coverage/standing.test.ts', 'a room without cameras'),
  'supervision.inspection-candidates': cases(
    'inspections/inspections.test.ts',
    'as many of those inside as the pack says, all where there are fewer',
  ),
  'purge.video-after-days': cases('purge/purge.test.ts', 'not before its day', 'PURGE_TOO_EARLY'),
  'purge.photographs-after-days': cases('purge/purge.test.ts', 'not before its day', 'PURGE_TOO_EARLY'),
  'archive.deliver-within-working-days': cases('archive/missing.test.ts', "describe('delivery'"),
  'archive.second-count-by-other': cases('paper/paper.test.ts', 'another person types the second entry'),
  'forms.forbidden-words': cases(
    'forms/forbidden-words.test.ts',
    'a state body prints what its office requires',
    'wherever a word stands, it is found',
  ),
  'forms.own-hand': cases('forms/print-form.test.ts', 'what is not signed stays an empty line'),
};

/** Duties that the station serves as a whole, or a value it only shows: nothing computes whether they are kept. */
const STATED = new Set([
  'admission.identity-check',
  'admission.face-recognition',
  'recording.min-height',
  'recording.audio',
  'recording.monitoring',
  'examiners.assignment-rules',
  'session.report-plan',
  'archive.keep',
  'misconduct.blacklist',
]);

const folder = join(ROOT, 'resources/rule-packs');
const shipped = readdirSync(folder).flatMap((name) =>
  RulePackFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).clauses.map(
    (c) => [c.id, name.replace('.json', '')] as const,
  ),
);
const evaluated = new Set(GOLDEN_CASES.map(([name]) => name.split(':')[0]!));

test.each(shipped)('%s of the %s pack has a case just inside and one just outside', (clauseId) => {
  if (evaluated.has(clauseId) || STATED.has(clauseId)) return;
  const found = ELSEWHERE[clauseId];
  expect(found, `nobody has written down where ${clauseId} is tested`).toBeDefined();
  const { file, inside, outside } = found!;
  expect(existsSync(join(ROOT, file)), file).toBe(true);
  const text = readFileSync(join(ROOT, file), 'utf8');
  expect([inside, outside].filter((name) => !text.includes(name))).toEqual([]);
});

test('no list names a clause that no pack has', () => {
  const ids = new Set(shipped.map(([id]) => id));
  const named = [...evaluated, ...Object.keys(ELSEWHERE), ...STATED];
  expect(named.filter((id) => !ids.has(id as never))).toEqual([]);
});

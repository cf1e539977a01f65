import { describe, expect, test } from 'vitest';
import { admit, MINUTE, openDoor, S1, STROKES, sessionOf } from '../../../test/harness/exam-day.ts';
import { shortnessAccepted } from '../../../test/harness/on-video.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { inTransaction } from '../../db/database.ts';
import { aRecord } from '../examiners/dossier-fixture.ts';
import { insertDossier } from '../examiners/store.ts';
import type { Plan } from '../plan/plan-schema.ts';

const hands = { pin: PIN, strokes: STROKES };
const session = { sessionId: S1 };
/** The sample day as a theory session: no rubric, no panel. */
const asTheory = (plan: Plan): Plan => ({
  ...plan,
  sessions: plan.sessions.map((s) => (s.sessionId === S1 ? { ...s, part: 'theory', rubricId: null } : s)),
  panels: plan.panels.filter((p) => p.sessionId !== S1),
});
const keeper = (st: TestStation, name = 'score-keeper') => st.as('score-keeper', name).scoring;

/** C01 and C02 sat it, the session is over, its want of video accepted, both keepers have declared. */
const sat = async (over = true) => {
  const st = await openTestStation({ plan: asTheory });
  await openDoor(st);
  await admit(st, 'C01');
  await admit(st, 'C02');
  if (over) {
    st.clock.advance(sessionOf(st).endsAtMs + MINUTE - st.clock.wallMs());
    await st.as('site-lead').session.close(session);
    await shortnessAccepted(st);
  }
  for (const name of ['score-keeper', 'second-keeper']) await keeper(st, name).declareKeeper({ ...session, pin: PIN });
  st.journalEvents();
  return st;
};
const ticket = (st: TestStation, id: string) => st.candidate(id).ticketNumber;
const fileOf = (...rows: string[]) => new File([['准考证号,成绩', ...rows].join('\n')], '理论.csv');
const outcome = async (st: TestStation, id: string) =>
  (await keeper(st).scoreBoard(session)).rows.find((r) => r.ticketNumber === ticket(st, id))!;

describe('who may', () => {
  test('a score keeper who has declared to be independent, once the session is over, and nobody else', async () => {
    const st = await sat(false);
    expect(await refusalOf(keeper(st).checkTheoryFile({ ...session, file: fileOf() }))).toMatchObject({
      code: 'WRONG_STATE',
    });
    const fresh = keeper(st, 'third-keeper');
    expect(await codeOf(fresh.theory(session))).toBe('NOT_DECLARED');
    expect(await codeOf(fresh.declareKeeper({ ...session, pin: '000000' }))).toBe('WRONG_PIN');
    expect(await fresh.keeper(session)).toEqual({ declaredAtMs: null });
    for (const role of ['site-lead', 'door', 'invigilator', 'examiner', 'supervisor'] as const) {
      expect(await codeOf(st.as(role).scoring.theory(session))).toBe('FORBIDDEN');
    }
    await fresh.declareKeeper({ ...session, pin: PIN });
    expect(await codeOf(fresh.theory(session))).toBe('ok');
  });
});

test('whoever trains somewhere by the dossiers keeps no scores, whatever they declare', async () => {
  const st = await sat();
  const { name } = st.member('score-keeper', 'trainer');
  const post = { institution: '样本培训中心', from: '2020-01-01', until: null };
  inTransaction(st.station.db, (w) =>
    insertDossier(w, {
      dossierId: 'D-T',
      replaces: null,
      record: aRecord({ cardNumber: 'KP-T', name, trainingPosts: [post] }),
      atMs: st.clock.wallMs(),
      byStaffId: 'S-site-lead',
      source: 'form',
      reason: '样本',
    }),
  );
  const refused = { code: 'KEEPER_NOT_INDEPENDENT', data: { posts: ['样本培训中心'] } };
  expect(await refusalOf(keeper(st, 'trainer').declareKeeper({ ...session, pin: PIN }))).toEqual(refused);
  expect(await refusalOf(keeper(st, 'trainer').theory(session))).toEqual(refused);
});

describe('a machine-marked file', () => {
  test('becomes the marks once it is signed; it is kept whole, by its hash, and not taken twice', async () => {
    const st = await sat();
    const file = fileOf(`${ticket(st, 'C01')},78.5`, `${ticket(st, 'C02')},59.9`);
    const check = await keeper(st).checkTheoryFile({ ...session, file });
    if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
    expect(check).toMatchObject({ marks: 2, passed: 1, absent: 0 });
    expect(await outcome(st, 'C01')).toMatchObject({ result: 'not-confirmed', obstacles: [{ code: 'no-marks' }] });
    const wish = { checkId: check.checkId, checkCode: check.checkCode, ...hands };
    expect(await codeOf(keeper(st).acceptTheoryFile({ ...wish, checkCode: '0000 0000' }))).toBe('CHECK_CODE_DIFFERS');
    expect(await codeOf(keeper(st).acceptTheoryFile({ ...wish, pin: '000000' }))).toBe('WRONG_PIN');
    const view = await keeper(st).acceptTheoryFile(wish);
    expect(view).toMatchObject({
      state: 'accepted',
      accepted: { source: 'machine', fileSha256: check.sha256, fileName: '理论.csv' },
    });
    expect(await codeOf(keeper(st).checkTheoryFile({ ...session, file }))).toBe('ALREADY_ACCEPTED');
    expect(await outcome(st, 'C01')).toMatchObject({ result: 'passed', scoreTenths: 785 });
    expect(await outcome(st, 'C02')).toMatchObject({ result: 'failed', scoreTenths: 599 });
    expect(await outcome(st, 'C03')).toMatchObject({ result: 'absent' });
    const accepted = st.journal().find((e) => e.event === 'scoring.theory-accepted')!;
    expect(accepted.data).toMatchObject({ fileSha256: check.sha256, marks: 2, checkCode: check.checkCode });
  });

  test('with a fault gives nothing, and what was wrong is on record by code alone', async () => {
    const st = await sat();
    const check = await keeper(st).checkTheoryFile({ ...session, file: fileOf(`${ticket(st, 'C01')},101`) });
    expect(check).toMatchObject({
      kind: 'problems',
      problems: [{ code: 'number-missing' }, { code: 'over-maximum', row: 2, column: 'B' }],
    });
    const refused = st.journal().find((e) => e.event === 'scoring.file-refused')!;
    expect(refused.data).toMatchObject({ what: 'theory', codes: ['number-missing', 'over-maximum'] });
  });

  test('a mark that was read wrong is corrected by a new entry that a second keeper signs', async () => {
    const st = await sat();
    const check = await keeper(st).checkTheoryFile({
      ...session,
      file: fileOf(`${ticket(st, 'C01')},59`, `${ticket(st, 'C02')},60`),
    });
    if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
    await keeper(st).acceptTheoryFile({ checkId: check.checkId, checkCode: check.checkCode, ...hands });
    const wish = {
      ...session,
      candidateId: st.candidate('C01').candidateId,
      tenths: 690,
      reason: '答题卡第二页漏扫',
      ...hands,
    };
    expect(await codeOf(keeper(st).correctTheory({ ...wish, tenths: 590 }))).toBe('NOTHING_CHANGES');
    const { decisionId, checkCode } = await keeper(st).correctTheory(wish);
    const recheck = { decisionId, checkCode, agrees: true, note: '', ...hands };
    expect(await codeOf(keeper(st).recheck(recheck))).toBe('SAME_PERSON');
    expect(await codeOf(st.as('supervisor').scoring.recheck(recheck))).toBe('NOT_THE_RECHECKER');
    await keeper(st, 'second-keeper').recheck(recheck);
    expect(await outcome(st, 'C01')).toMatchObject({
      result: 'passed',
      scoreTenths: 690,
      totals: [{ totalTenths: 590, correctedTenths: 690 }],
    });
  });
});

describe('papers typed twice', () => {
  const type = (st: TestStation, name: string, id: string, tenths: number, version = 0) =>
    keeper(st, name).typeTheory({ ...session, candidateId: st.candidate(id).candidateId, tenths, version });
  const SECOND = 'second-keeper';

  test('neither sees the other’s; where they differ both settle it; then both make it the marks', async () => {
    const st = await sat();
    const second = { staffId: st.member('score-keeper', SECOND).staffId, pin: PIN };
    await type(st, 'score-keeper', 'C01', 785);
    expect(await refusalOf(keeper(st).finishTyping(session))).toEqual({ code: 'INCOMPLETE', data: { missing: 1 } });
    await type(st, 'score-keeper', 'C02', 600);
    expect(await codeOf(type(st, 'score-keeper', 'C02', 610))).toBe('CHANGED_ELSEWHERE');
    expect(await codeOf(type(st, 'score-keeper', 'C03', 600))).toBe('NOT_ADMITTED');
    expect(await codeOf(type(st, 'score-keeper', 'C02', 1001, 1))).toBe('OVER_MAXIMUM');
    await type(st, SECOND, 'C01', 758);
    await keeper(st).finishTyping(session);
    expect(await codeOf(type(st, 'score-keeper', 'C02', 610, 1))).toBe('TYPING_FINISHED');
    const mine = await keeper(st).theory(session);
    expect(mine.state).toBe('waiting-for-second');
    expect(JSON.stringify(mine)).not.toContain('758');
    expect(mine.rows.every((r) => r.differs === null)).toBe(true);
    expect(JSON.stringify(st.journal().filter((e) => e.event === 'scoring.theory-typed'))).not.toContain('758');
    await keeper(st, 'third-keeper').declareKeeper({ ...session, pin: PIN });
    expect(await codeOf(type(st, 'third-keeper', 'C01', 1))).toBe('TWO_HAVE_TYPED');
    await type(st, SECOND, 'C02', 600);
    const both = await keeper(st, SECOND).finishTyping(session);
    expect(both.state).toBe('differences');
    expect(both.rows.filter((r) => r.differs)).toMatchObject([{ differs: [785, 758] }]);
    const accept = { ...session, ...hands, checkCode: both.checkCode, second };
    expect(await codeOf(keeper(st).acceptTyped(accept))).toBe('NOT_AGREED');
    const settle = {
      ...session,
      candidateId: st.candidate('C01').candidateId,
      tenths: 785,
      reason: '原卷为 78.5',
      second,
    };
    expect(await codeOf(keeper(st, SECOND).settleDifference(settle))).toBe('SAME_PERSON');
    expect(await codeOf(keeper(st, 'third-keeper').settleDifference(settle))).toBe('NOT_THE_TYPISTS');
    expect(await codeOf(keeper(st).settleDifference({ ...settle, second: { ...second, pin: '000000' } }))).toBe(
      'WRONG_PIN',
    );
    const settled = await keeper(st).settleDifference(settle);
    expect(settled).toMatchObject({ state: 'agreed' });
    const accepted = await keeper(st).acceptTyped({ ...accept, checkCode: settled.checkCode });
    expect(accepted).toMatchObject({
      state: 'accepted',
      accepted: { source: 'typed-twice', second: 'second-keeper（样本）' },
    });
    expect(await outcome(st, 'C01')).toMatchObject({ result: 'passed', scoreTenths: 785 });
  });
});

test('a part passed before counts with what is passed now, within its validity', async () => {
  const st = await openTestStation({ plan: asTheory });
  const { occupation, level } = sessionOf(st);
  const { documentNumber } = st.candidate('C01');
  const rows = (day: string) =>
    `证件号码,职业,等级,科目,成绩,合格日期,依据\n${documentNumber},${occupation},${level},技能,70,${day},样本公布`;
  const adopt = async (day: string) => {
    const check = await keeper(st).checkPartPasses({ file: new File([rows(day)], 'p.csv') });
    if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
    return keeper(st).adoptPartPasses({ checkId: check.checkId, pin: PIN });
  };
  expect(await adopt('2020-01-01')).toEqual({ added: 1 });
  expect(await adopt('2020-01-01')).toEqual({ added: 0 });
  await openDoor(st);
  expect((await outcome(st, 'C01')).parts.find((p) => p.part === 'skills')).toMatchObject({
    standing: 'expired',
    validUntil: '2022-01-01',
  });
  await adopt('2025-06-01');
  expect((await outcome(st, 'C01')).parts.find((p) => p.part === 'skills')).toMatchObject({
    standing: 'carried',
    validUntil: '2027-06-01',
  });
});

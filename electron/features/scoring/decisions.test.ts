import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  admit,
  examinersOf,
  MINUTE,
  markAll,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
} from '../../../test/harness/exam-day.ts';
import { filmed } from '../../../test/harness/on-video.ts';
import {
  CENTRE,
  codeOf,
  openTestStation,
  PIN,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import type { ExaminerId } from '../../lib/ids.ts';
import { decrypt } from '../../vault/age/age.ts';

const where = { sessionId: S1, roomId: ROOM };
const hands = { pin: PIN, strokes: STROKES };
const of = (st: TestStation, examinerId = 'E01') => st.examiner(examinerId).scoring;

const sign = async (st: TestStation, examinerId: string) => {
  const { state } = await of(st, examinerId).sheet(where);
  return of(st, examinerId).sign({ ...where, ...hands, checkCode: 'checkCode' in state ? state.checkCode : '' });
};

/** C01 and C02 are in, on video; E03 gives C01 fifteen marks less than the others on item 5. All have locked, and signed unless told otherwise. */
const spreadOnItem5 = async (signed = true) => {
  const st = await openTestStation();
  await openDoor(st);
  await admit(st, 'C01');
  await admit(st, 'C02');
  st.clock.advance(sessionOf(st).startsAtMs + 31 * MINUTE - st.clock.wallMs());
  await filmed(st);
  for (const examinerId of examinersOf(st)) await markAll(st, examinerId);
  const [row] = (await of(st, 'E03').sheet(where)).rows;
  const number = row!.anonymousNumber;
  const cell = { ...where, anonymousNumber: number, itemId: '5', tenths: 100, version: row!.versions['5']! };
  await of(st, 'E03').mark(cell);
  for (const examinerId of examinersOf(st)) await of(st, examinerId).lock(where);
  if (signed) for (const examinerId of examinersOf(st)) await sign(st, examinerId);
  st.journalEvents();
  return { st, number };
};
const resultOf = async (st: TestStation, number: string) =>
  (await of(st).revealed(where)).results.find((r) => r.anonymousNumber === number)!;

describe('a spread over the limit', () => {
  test('is decided by the lead on the items over it alone, signed by both, and all marks stay', async () => {
    const { st, number } = await spreadOnItem5();
    const view = await of(st).conference(where);
    expect(view).toMatchObject({ duty: 'lead', unsigned: 0, spreadLimitTenths: 100 });
    expect(view.candidates.filter((c) => c.toDecide.length > 0)).toMatchObject([
      { number, toDecide: ['5'], vetoesToDecide: [], spreadTenths: 150 },
    ]);
    const wish = { ...where, number, items: { 5: 220 }, vetoes: {}, reason: '录像 14:21 起有包扎', ...hands };
    expect(await refusalOf(of(st).decide({ ...wish, items: { 5: 220, 4: 10 } }))).toEqual({
      code: 'NOT_THESE_ITEMS',
      data: { toDecide: ['5'] },
    });
    expect(await codeOf(of(st).decide({ ...wish, items: { 5: 999 } }))).toBe('OVER_MAXIMUM');
    expect(await codeOf(of(st, 'E02').decide(wish))).toBe('NOT_THE_PANEL_LEAD');
    expect(await codeOf(of(st).decide({ ...wish, pin: '000000' }))).toBe('WRONG_PIN');
    expect(await codeOf(of(st).decide({ ...wish, reason: ' ' }))).toBe('BAD_REQUEST');
    const made = await of(st).decide(wish);
    expect(made.check).toBeNull();
    expect(await codeOf(of(st).decide(wish))).toBe('DECISION_OPEN');
    expect(await resultOf(st, number)).toMatchObject({ result: 'not-confirmed', scoreTenths: null });

    const recheck = { decisionId: made.decisionId, checkCode: made.checkCode, agrees: true, note: '', ...hands };
    expect(await codeOf(of(st).recheck(recheck))).toBe('SAME_PERSON');
    expect(await codeOf(of(st, 'E04').recheck(recheck))).toBe('NOT_THE_RECHECKER');
    expect(await codeOf(st.as('supervisor').scoring.recheck(recheck))).toBe('NOT_THE_RECHECKER');
    expect(await codeOf(of(st, 'E02').recheck({ ...recheck, checkCode: '0000 0000' }))).toBe('CHECK_CODE_DIFFERS');
    await of(st, 'E02').recheck(recheck);
    expect(await codeOf(of(st, 'E03').recheck(recheck))).toBe('ALREADY_CHECKED');
    const result = await resultOf(st, number);
    expect(result).toMatchObject({ result: 'passed', scoreTenths: 970, spreadTenths: 150, decidedItems: ['5'] });
    expect(result.totals.map((t) => [t.totalTenths, t.correctedTenths])).toEqual([
      [1000, null],
      [1000, null],
      [850, null],
    ]);
    const after = await of(st).conference(where);
    expect(after.candidates.every((c) => c.toDecide.length === 0)).toBe(true);
    expect(after.candidates.find((c) => c.number === number)!.locked[2]!['5']).toBe(100);
    const events = st.journalEvents().filter((e) => e.startsWith('scoring.') && e !== 'scoring.refused');
    expect(events).toEqual(['scoring.decision-made', 'scoring.decision-checked']);
    const checked = st.journal().find((e) => e.event === 'scoring.decision-checked')!.data as { evidenceId: string };
    const opened = decrypt(readFileSync(join(st.dataDir, 'vault/S1', `${checked.evidenceId}.age`)), [CENTRE.identity]);
    expect(opened.ok && JSON.parse(Buffer.from(opened.value).toString())).toMatchObject({
      decisionId: made.decisionId,
      signs: 'recheck',
      checkCode: made.checkCode,
      strokes: STROKES,
    });
  });

  test('is not decided before all have signed; whoever does not agree says why, and the lead decides anew', async () => {
    const { st, number } = await spreadOnItem5(false);
    const wish = { ...where, number, items: { 5: 220 }, vetoes: {}, reason: '录像核对', ...hands };
    expect(await refusalOf(of(st).decide(wish))).toEqual({ code: 'NOT_ALL_SIGNED', data: { missing: 3 } });
    for (const examinerId of examinersOf(st)) await sign(st, examinerId);
    const { decisionId, checkCode } = await of(st).decide(wish);
    const no = { decisionId, checkCode, agrees: false, ...hands };
    expect(await codeOf(of(st, 'E02').recheck({ ...no, note: ' ' }))).toBe('NOTE_NEEDED');
    await of(st, 'E02').recheck({ ...no, note: '录像里没有包扎' });
    expect(await resultOf(st, number)).toMatchObject({ result: 'not-confirmed' });
    const again = await of(st).decide({ ...wish, items: { 5: 105 } });
    await of(st, 'E03').recheck({
      ...no,
      decisionId: again.decisionId,
      checkCode: again.checkCode,
      agrees: true,
      note: '',
    });
    expect(await resultOf(st, number)).toMatchObject({ result: 'passed', scoreTenths: 855 });
    expect((await of(st).conference(where)).decisions.map((d) => d.check?.agrees)).toEqual([false, true]);
  });
});

describe('a correction', () => {
  test('stands beside the mark it corrects, which stays on the sheet, its code and its signature', async () => {
    const { st, number } = await spreadOnItem5();
    const before = await of(st, 'E03').sheet(where);
    const wish = {
      ...where,
      number,
      examinerId: 'E03' as ExaminerId,
      cellId: '5',
      tenths: 230,
      reason: '漏看后半段',
      ...hands,
    };
    expect(await codeOf(of(st, 'E03').correct(wish))).toBe('NOT_THE_PANEL_LEAD');
    expect(await codeOf(of(st).correct({ ...wish, tenths: 100 }))).toBe('NOTHING_CHANGES');
    expect(await codeOf(of(st).correct({ ...wish, tenths: null }))).toBe('NO_SUCH_CELL');
    expect(await codeOf(of(st).correct({ ...wish, number: 'A99' }))).toBe('NO_SUCH_CANDIDATE');
    const { decisionId, checkCode, body } = await of(st).correct(wish);
    expect(body).toMatchObject({ kind: 'correction', before: 100, tenths: 230 });
    await of(st, 'E03').recheck({ decisionId, checkCode, agrees: true, note: '', ...hands });
    expect(await of(st, 'E03').sheet(where)).toEqual(before);
    const result = await resultOf(st, number);
    expect(result).toMatchObject({ result: 'passed', spreadTenths: 20, scoreTenths: 993 });
    expect(result.totals[2]).toMatchObject({ totalTenths: 850, correctedTenths: 980 });
  });
});

describe('a code', () => {
  test('is set by the lead with its decision and evidence, and holds once a supervisor has signed; it can be lifted', async () => {
    const { st, number } = await spreadOnItem5();
    const [found] = (await st.as('score-keeper').scoring.scoreBoard({ sessionId: S1 })).rows.filter(
      (r) => r.anonymousNumber === number,
    );
    const { candidateId } = found!;
    const evidence = [new File(['样本：违纪记录'], '违纪记录.txt', { type: 'text/plain' })];
    const wish = {
      candidateId,
      code: 'irregular' as const,
      severity: 'serious' as const,
      document: '样本违字〔2026〕1号',
      reason: '携带手机',
      evidence,
      ...hands,
    };
    const lead = st.as('site-lead').scoring;
    expect(await codeOf(lead.setCode({ ...wish, code: 'lifted' }))).toBe('NOTHING_CHANGES');
    expect(await codeOf(of(st).setCode(wish))).toBe('FORBIDDEN');
    const { decisionId, checkCode, body } = await lead.setCode(wish);
    expect(body).toMatchObject({ kind: 'code', severity: 'serious', evidence: [{ name: '违纪记录.txt' }] });
    expect(await resultOf(st, number)).toMatchObject({ result: 'not-confirmed' });
    const check = { decisionId, checkCode, agrees: true, note: '', ...hands };
    expect(await codeOf(of(st, 'E02').recheck(check))).toBe('NOT_THE_RECHECKER');
    await st.as('supervisor').scoring.recheck(check);
    expect(await resultOf(st, number)).toMatchObject({ result: 'irregular', scoreTenths: null, obstacles: [] });
    const lifted = await lead.setCode({ ...wish, code: 'lifted', severity: null, evidence: [], reason: '申诉成立' });
    await st.as('supervisor').scoring.recheck({ ...check, decisionId: lifted.decisionId, checkCode: lifted.checkCode });
    expect((await resultOf(st, number)).obstacles.map((o) => o.code)).toEqual(['spread-over-limit']);
  });
});

test('two desks of one examiner: what one wrote the other does not write over, and is told what stands', async () => {
  const st = await openTestStation();
  await openDoor(st);
  await admit(st, 'C01');
  const [row] = (await of(st).sheet(where)).rows;
  const cell = { ...where, anonymousNumber: row!.anonymousNumber, itemId: '1', version: 0 };
  expect(await of(st).mark({ ...cell, tenths: 40 })).toMatchObject({ version: 1 });
  expect(await refusalOf(of(st).mark({ ...cell, tenths: 30 }))).toEqual({
    code: 'CHANGED_ELSEWHERE',
    data: { now: 40, version: 1, desk: 'test', savedAtMs: st.clock.wallMs() },
  });
  expect(await of(st).mark({ ...cell, tenths: 30, version: 1 })).toMatchObject({ version: 2 });
  const note = { ...where, anonymousNumber: row!.anonymousNumber, note: '样本', version: 0 };
  await of(st).note(note);
  expect(await codeOf(of(st).note({ ...note, note: '另一块屏' }))).toBe('CHANGED_ELSEWHERE');
  expect((await of(st).sheet(where)).rows[0]).toMatchObject({ marks: { 1: 30 }, note: '样本', noteVersion: 1 });
});

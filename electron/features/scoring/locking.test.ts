import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  admit,
  examinersOf,
  identify,
  MINUTE,
  markAll,
  markAndSign,
  OTHER_ROOM,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
  showFace,
  signedOffSession,
} from '../../../test/harness/exam-day.ts';
import { filmed } from '../../../test/harness/on-video.ts';
import { CENTRE, codeOf, openTestStation, PIN, refusalOf } from '../../../test/harness/open-station.ts';
import { decrypt } from '../../vault/age/age.ts';
import { holding, marking, of, put, sign, where } from './marking-fixture.ts';

describe('locking', () => {
  test('not while somebody can still come in, not with a mark missing, and once', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    await markAll(st, 'E01');
    const { startsAtMs } = sessionOf(st);
    expect(await refusalOf(of(st).lock(where))).toEqual({
      code: 'TOO_EARLY',
      data: { endsAtMs: startsAtMs + 30 * MINUTE },
    });
    await admit(st, 'C02');
    st.clock.advance(startsAtMs + 31 * MINUTE - st.clock.wallMs());
    expect(await refusalOf(of(st).lock(where))).toEqual({ code: 'INCOMPLETE', data: { missing: 1 } });
    await markAll(st, 'E01');
    const locked = await of(st).lock(where);
    expect(locked.state).toMatchObject({ kind: 'locked', waitingFor: 2 });
    expect(await codeOf(of(st).lock(where))).toBe('LOCKED');
    const cell = { ...where, anonymousNumber: locked.rows[0]!.anonymousNumber, itemId: '1', tenths: 0 };
    expect(await codeOf(put(st, cell))).toBe('LOCKED');
    expect(await codeOf(of(st).note({ ...cell, note: '样本', version: 0 }))).toBe('LOCKED');
  });

  test('waits for who came in time and is set aside or at the door, so that they find a whole panel', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    const { attemptId } = await identify(st, 'C02');
    await st.as('door').checkin.setAside({ attemptId });
    st.clock.advance(sessionOf(st).startsAtMs + 29 * MINUTE - st.clock.wallMs());
    const standing = await identify(st, 'C03');
    st.clock.advance(2 * MINUTE);
    await markAll(st, 'E01');
    const waiting = (n: number) => ({ code: 'SOMEBODY_WAITS', data: { waiting: n } });
    st.journalEvents();
    expect(await refusalOf(of(st).lock(where))).toEqual(waiting(2));
    expect(st.journalEvents()).toEqual(['scoring.refused']);
    await st.as('door').checkin.dismiss({ attemptId: standing.attemptId });
    expect(await refusalOf(of(st).lock(where))).toEqual(waiting(1));
    const again = await showFace(st, await identify(st, 'C02'), 'C02');
    expect(await refusalOf(of(st).lock(where))).toEqual(waiting(1));
    await st.as('door').checkin.admit({ attemptId: again.attemptId });
    await filmed(st);
    await markAndSign(st);
    const results = (await of(st).revealed(where)).results.filter((r) => r.result !== 'absent');
    expect(results.map((r) => r.result)).toEqual(['passed', 'passed']);
  });

  test('waits neither for who came too late, nor for another room, nor after the session has closed', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    await admit(st, 'C07');
    const aside = async (candidateId: string) => {
      const { attemptId } = await identify(st, candidateId);
      await st.as('door').checkin.setAside({ attemptId });
    };
    await aside('C08');
    st.clock.advance(60 * MINUTE);
    await aside('C02');
    await markAll(st, 'E01');
    expect(await codeOf(of(st).lock(where))).toBe('ok');
    const other = { ...where, roomId: OTHER_ROOM };
    await markAll(st, 'E04', OTHER_ROOM);
    expect(await codeOf(of(st, 'E04').lock(other))).toBe('SOMEBODY_WAITS');
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    expect(await codeOf(of(st, 'E04').lock(other))).toBe('ok');
  });
});

describe('after the reveal', () => {
  test('nobody signs before it, with a wrong PIN, for other totals, or twice', async () => {
    const st = await marking();
    for (const examinerId of ['E01', 'E02']) {
      await markAll(st, examinerId);
      await of(st, examinerId).lock(where);
    }
    expect(await refusalOf(sign(st, 'E01'))).toEqual({ code: 'NOT_REVEALED', data: { waitingFor: 1 } });
    await markAll(st, 'E03');
    await of(st, 'E03').lock(where);
    st.journalEvents();
    expect(await codeOf(sign(st, 'E01', { pin: '000000' }))).toBe('WRONG_PIN');
    expect(await codeOf(sign(st, 'E01', { checkCode: '0000 0000' }))).toBe('CHECK_CODE_DIFFERS');
    const signed = await sign(st, 'E01');
    expect(signed.state).toMatchObject({ kind: 'signed', waitingFor: 2 });
    expect(await codeOf(sign(st, 'E01'))).toBe('ALREADY_SIGNED');
    expect(st.journalEvents()).toEqual(['staff.wrong-pin', 'scoring.refused', 'scoring.signed', 'scoring.refused']);

    const { evidenceId } = st.journal().find((e) => e.event === 'scoring.signed')!.data as { evidenceId: string };
    const opened = decrypt(readFileSync(join(st.dataDir, 'vault/S1', `${evidenceId}.age`)), [CENTRE.identity]);
    expect(opened.ok && JSON.parse(Buffer.from(opened.value).toString())).toMatchObject({
      examinerId: 'E01',
      strokes: STROKES,
      checkCode: 'checkCode' in signed.state && signed.state.checkCode,
    });
  });

  test('two signatures at once are one', async () => {
    const st = await marking();
    for (const examinerId of examinersOf(st)) {
      await markAll(st, examinerId);
      await of(st, examinerId).lock(where);
    }
    const codes = await Promise.all([codeOf(sign(st, 'E01')), codeOf(sign(st, 'E01'))]);
    expect(codes.sort()).toEqual(['ALREADY_SIGNED', 'ok']);
  });

  test('the result stands when all have signed; before, no score is stated', async () => {
    const st = await marking();
    const results = async () => (await of(st).revealed(where)).results;
    for (const [i, examinerId] of examinersOf(st).entries()) {
      await markAll(st, examinerId, ROOM, i * 10);
      await of(st, examinerId).lock(where);
    }
    const open = (await results()).find((r) => r.result !== 'absent');
    expect(open).toMatchObject({ result: 'not-confirmed', scoreTenths: null, spreadTenths: 20 });
    expect(open!.obstacles).toEqual([{ code: 'not-signed', ruleId: 'scoring.signed', facts: { missing: '3' } }]);
    for (const examinerId of examinersOf(st)) await sign(st, examinerId);
    const final = await results();
    expect(final.map((r) => r.result).sort()).toEqual(['absent', 'absent', 'absent', 'absent', 'passed', 'passed']);
    expect(final.find((r) => r.result === 'passed')).toMatchObject({ scoreTenths: 990, obstacles: [] });
    expect(JSON.stringify(final)).not.toContain('candidateId');
  });

  test('a spread over the limit is an obstacle, and no score is stated', async () => {
    const st = await marking();
    const [row] = (await of(st).sheet(where)).rows;
    for (const examinerId of examinersOf(st)) await markAll(st, examinerId);
    const item = { ...where, anonymousNumber: row!.anonymousNumber, itemId: '5', tenths: 100 };
    await put(st, item, 'E03');
    for (const examinerId of examinersOf(st)) await of(st, examinerId).lock(where);
    for (const examinerId of examinersOf(st)) await sign(st, examinerId);
    const result = (await of(st).revealed(where)).results.find((r) => r.anonymousNumber === row!.anonymousNumber)!;
    expect(result).toMatchObject({ result: 'not-confirmed', scoreTenths: null, spreadTenths: 150 });
    expect(result.obstacles.map((o) => o.code)).toEqual(['spread-over-limit']);
  });

  test('another room’s examiner sees nothing of it', async () => {
    const st = await marking();
    await markAndSign(st);
    st.journalEvents();
    expect(await codeOf(of(st, 'E04').revealed(where))).toBe('NOT_ON_PANEL');
    const atDoor = holding(st, ['examiner', 'door', 'invigilator'], 'E05');
    expect(await codeOf(atDoor.scoring.revealed(where))).toBe('NOT_ON_PANEL');
    expect(st.journalEvents()).toEqual(['scoring.refused', 'scoring.refused']);
    expect(await codeOf(st.as('score-keeper').scoring.revealed(where))).toBe('ok');
  });
});

test('after sealing a sheet can be read, and nothing of it changed or drawn', async () => {
  const st = await openTestStation();
  await signedOffSession(st);
  await of(st)
    .sheet(where)
    .catch(() => undefined);
  await st.as('site-lead').archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
  await st.as('site-lead').archive.seal({ sessionId: S1 });
  const sheet = await of(st).sheet(where);
  const cell = { ...where, anonymousNumber: sheet.rows[0]!.anonymousNumber, itemId: '1', tenths: 1 };
  expect(await codeOf(put(st, cell))).toBe('SESSION_SEALED');
  expect(await codeOf(of(st).lock(where))).toBe('SESSION_SEALED');
  expect(await codeOf(sign(st, 'E01'))).toBe('SESSION_SEALED');
  st.journalEvents();
  expect((await st.examiner('E04').scoring.sheet({ ...where, roomId: OTHER_ROOM })).rows).toEqual([]);
  expect(st.journalEvents()).toEqual([]);
});

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  admit,
  closedSession,
  declareAll,
  identify,
  markAndSign,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
  signedOffSession,
} from '../../../test/harness/exam-day.ts';
import { shortnessAccepted } from '../../../test/harness/on-video.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  PIN,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import type { StationClient } from '../../contract/index.ts';
import { inTransaction } from '../../db/database.ts';
import { insertAdmission } from '../checkin/store.ts';
import type { StaffMember } from '../staff/contract.ts';
import { archive, closing, seal, signOff } from './closing-calls.ts';

const HOUR = 3600_000;
const signInAt = (window: StationClient, { staffId }: Pick<StaffMember, 'staffId'>) =>
  window.staff.signIn({ staffId, pin: PIN, desk: 'supervisor' });
describe('what is missing', () => {
  test('is listed, declared with a reason by the lead, and the last reason counts', async () => {
    const st = await openTestStation();
    await closedSession(st);
    const before = await closing(st);
    expect(before.people).toEqual({ expected: 12, admitted: 1, absent: 11, setAside: 0 });
    expect(before.missing.map((m) => m.itemId)).toEqual([
      'no-recording:201-A',
      'marks-not-locked:201',
      'no-recording:202-A',
      'marks-not-locked:202',
      'no-supervisor:session',
      'paper-not-counted:session',
    ]);
    const declare = (itemId: string, reason: string) => archive(st).declare({ sessionId: S1, itemId, reason });
    await declare('no-recording:201-A', '摄像机没有到货');
    const after = await declare('no-recording:201-A', '摄像机损坏');
    expect(after.missing[0]?.declared).toMatchObject({ reason: '摄像机损坏', byName: '负责人（样本）' });
    expect(await codeOf(declare('gap:none', '没有这一项'))).toBe('NO_SUCH_ITEM');
    expect(await codeOf(declare('no-recording:202-A', ' '))).toBe('BAD_REQUEST');
    expect(st.journalEvents().slice(-3)).toEqual(['archive.declared', 'archive.declared', 'archive.declare-refused']);
  });

  test('a supervisor who was there during the session and has gone home is not missing', async () => {
    const st = await openTestStation();
    await openDoor(st);
    const supervisor = st.member('supervisor');
    const window = st.stranger();
    await window.staff.signIn({ staffId: supervisor.staffId, pin: PIN, desk: 'supervisor' });
    await admit(st, 'C01');
    await st.as('supervisor').staff.signOut();
    await window.staff.signOut();
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    const missing = async () => (await closing(st)).missing.map((m) => m.code);
    expect(await missing()).not.toContain('no-supervisor');
    await window.staff.signIn({ staffId: supervisor.staffId, pin: PIN, desk: 'supervisor' });
    expect(await missing()).not.toContain('no-supervisor');
  });

  test('who was set aside and never settled is no plain absence', async () => {
    const st = await openTestStation();
    await openDoor(st);
    const { attemptId } = await identify(st, 'C02');
    await st.as('door').checkin.setAside({ attemptId, note: '等候' });
    await admit(st, 'C01');
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    const { people, missing } = await closing(st);
    expect(people).toEqual({ expected: 12, admitted: 1, absent: 10, setAside: 1 });
    expect(missing.at(-1)).toMatchObject({ itemId: 'set-aside:session', facts: { count: '1' }, declared: null });
  });

  test('an admitted candidate without a result is named, whatever the reason', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    await shortnessAccepted(st);
    await markAndSign(st);
    // As a station of an earlier version left them, that let people in after the sheets were locked.
    inTransaction(st.station.db, (w) => {
      const { attempt_id: attemptId } = w.prepare('SELECT attempt_id FROM standing_admissions').get() as {
        attempt_id: string;
      };
      insertAdmission(w, S1, { candidateId: 'C02', roomId: ROOM, attemptId, atMs: 0, byName: '样本' });
    });
    const codes = (await closing(st)).missing.filter((m) => m.facts.room === '201 考场');
    expect(codes.map((m) => [m.itemId, m.facts.count])).toEqual([
      ['no-recording:201-A', undefined],
      ['not-confirmed:201', '1'],
    ]);
  });

  test.each<[string, boolean, (st: TestStation, window: StationClient) => Promise<unknown>]>([
    ['still signed in from the evening before was there', true, async () => undefined],
    ['out again before the start was not', false, (_st, window) => window.staff.signOut()],
    ['whose window another has taken over was not', false, (st, window) => signInAt(window, st.member('door'))],
  ])('a supervisor %s', async (_what, there, before) => {
    const st = await openTestStation();
    const { staffId } = await st.as('site-lead').staff.add({ name: '督导（样本）', roles: ['supervisor'], pin: PIN });
    st.clock.setWall(st.clock.wallMs() - 12 * HOUR);
    const window = st.stranger();
    await signInAt(window, { staffId });
    await before(st, window);
    st.clock.setWall(st.clock.wallMs() + 12 * HOUR);
    await closedSession(st);
    expect((await closing(st)).missing.every((m) => m.code !== 'no-supervisor')).toBe(there);
  });

  test('nothing can be closed up before the session has ended', async () => {
    const st = await openTestStation();
    await openDoor(st);
    expect(await refusalOf(seal(st))).toEqual({ code: 'WRONG_STATE', data: { state: 'open' } });
    expect(await codeOf(signOff(st))).toBe('WRONG_STATE');
    expect(await codeOf(archive(st).declare({ sessionId: S1, itemId: 'x', reason: '样本' }))).toBe('WRONG_STATE');
    const refused = ['archive.seal-refused', 'archive.sign-off-refused', 'archive.declare-refused'];
    expect(st.journalEvents().slice(-3)).toEqual(refused);
    expect(await codeOf(archive(st).seal({ sessionId: 'S9' as never }))).toBe('NO_SUCH_SESSION');
    expect(await codeOf(archive(st).closing({ sessionId: 'S9' as never }))).toBe('NO_SUCH_SESSION');
  });
});

describe('the signature under the reasons', () => {
  test('needs a reason for everything, PIN and pen, and stands until a reason is added', async () => {
    const st = await openTestStation();
    await closedSession(st);
    const sign = (pin = PIN) => archive(st).signDeclarations({ sessionId: S1, pin, strokes: STROKES });
    expect(await codeOf(sign())).toBe('UNDECLARED');
    for (const { itemId } of (await closing(st)).missing) {
      await archive(st).declare({ sessionId: S1, itemId, reason: '样本：未录像' });
    }
    expect(await codeOf(signOff(st))).toBe('DECLARATIONS_NOT_SIGNED');
    expect(await codeOf(sign('000000'))).toBe('WRONG_PIN');
    expect((await sign()).declarationsSignedBy).toEqual({ name: '负责人（样本）', atMs: st.clock.wallMs() });
    await st.restart(PASSPHRASE);
    expect((await closing(st)).declarationsSignedBy).not.toBeNull();
    await archive(st).declare({ sessionId: S1, itemId: 'no-supervisor:session', reason: '另一个原因' });
    expect((await closing(st)).declarationsSignedBy).toBeNull();
  });
});

describe("the lead's signature", () => {
  test('needs every missing item declared, the PIN, and a stroke of the pen', async () => {
    const st = await openTestStation();
    await closedSession(st);
    expect(await refusalOf(signOff(st))).toMatchObject({ code: 'UNDECLARED' });
    await declareAll(st);
    expect(await codeOf(signOff(st, '000000'))).toBe('WRONG_PIN');
    for (const strokes of [[], [[]]]) {
      expect(await codeOf(archive(st).signOff({ sessionId: S1, pin: PIN, strokes: strokes as never }))).toBe(
        'BAD_REQUEST',
      );
    }
    expect(await codeOf(seal(st))).toBe('NOT_SIGNED_OFF');
    expect((await signOff(st)).signedOffBy).toEqual({ name: '负责人（样本）', atMs: st.clock.wallMs() });
  });

  test('is undone by whatever changes afterwards', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    await archive(st).declare({ sessionId: S1, itemId: 'no-recording:201-A', reason: '另一个原因' });
    expect(await closing(st)).toMatchObject({ signedOffBy: null, declarationsSignedBy: null });
    st.journalEvents();
    expect(await codeOf(seal(st))).toBe('NOT_SIGNED_OFF');
    expect(st.journalEvents()).toEqual(['archive.seal-refused']);
    expect((await closing(st)).state).toBe('closed');
    expect(existsSync(join(st.dataDir, 'bundles/KD-TEST-1-S1-1'))).toBe(false);
    expect(await codeOf(signOff(st))).toBe('DECLARATIONS_NOT_SIGNED');
    await archive(st).signDeclarations({ sessionId: S1, pin: PIN, strokes: STROKES });
    await signOff(st);
    expect(await codeOf(seal(st))).toBe('ok');
  });
});

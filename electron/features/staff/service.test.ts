import { describe, expect, test } from 'vitest';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';

const SECOND = 1000;
const WRONG = '000000';

async function doorAt() {
  const st = await openTestStation();
  const { staffId } = st.member('door');
  const sign = (pin: string) => refusalOf(st.stranger().staff.signIn({ staffId, pin, desk: '201' }));
  return { st, staffId, sign };
}
const code = async (reply: Promise<{ code: string } | 'ok'>) => {
  const r = await reply;
  return r === 'ok' ? 'ok' : r.code;
};

describe('the PIN', () => {
  test('signs in, and out again', async () => {
    const { st, sign } = await doorAt();
    expect(await sign(PIN)).toBe('ok');
    expect((await st.stranger().staff.me())?.name).toBe('door（样本）');
    await st.stranger().staff.signOut();
    expect(await st.stranger().staff.me()).toBeNull();
    expect(st.journalEvents()).toEqual(['staff.signed-in', 'staff.signed-out']);
  });

  test('two mistakes are free, then each try waits longer, up to half an hour', async () => {
    const { st, sign } = await doorAt();
    const waits: number[] = [];
    for (let i = 0; i < 11; i += 1) {
      const refused = (await sign(WRONG)) as { code: string; data: { failures: number; retryAtMs: number } };
      expect(refused).toMatchObject({ code: 'WRONG_PIN', data: { failures: i + 1 } });
      const waitMs = refused.data.retryAtMs - st.clock.wallMs();
      waits.push(waitMs / SECOND);
      if (waitMs > 0) {
        st.clock.advance(waitMs - 1);
        expect(await code(sign(PIN))).toBe('PIN_LOCKED');
        st.clock.advance(1);
      }
    }
    expect(waits).toEqual([0, 0, 30, 60, 120, 240, 480, 960, 1800, 1800, 1800]);
    expect(await sign(PIN)).toBe('ok');
    expect(await sign(WRONG)).toMatchObject({ data: { failures: 1 } });
  });

  test('setting the clock forward does not shorten the wait, and setting it back does not lengthen it', async () => {
    const { st, sign } = await doorAt();
    for (let i = 0; i < 3; i += 1) await sign(WRONG);
    st.clock.setWall(st.clock.wallMs() + 3600 * SECOND);
    expect(await code(sign(PIN))).toBe('PIN_LOCKED');
    st.clock.setWall(st.clock.wallMs() - 100 * 24 * 3600 * SECOND);
    expect(await code(sign(PIN))).toBe('PIN_LOCKED');
    st.clock.advance(30 * SECOND);
    expect(await sign(PIN)).toBe('ok');
  });

  test('a restart of the station takes no wait away', async () => {
    const { st, sign } = await doorAt();
    for (let i = 0; i < 3; i += 1) await sign(WRONG);
    await st.restart();
    expect(await code(sign(PIN))).toBe('PIN_LOCKED');
  });

  test('guesses sent at once count each: twenty windows have three tries, the right PIN among the rest is not looked at', async () => {
    const { sign } = await doorAt();
    const codes = await Promise.all([...Array<string>(19).fill(WRONG), PIN].map((pin) => code(sign(pin))));
    expect(codes.filter((c) => c === 'WRONG_PIN')).toHaveLength(3);
    expect(codes.filter((c) => c === 'PIN_LOCKED')).toHaveLength(17);
  });

  test('somebody unknown is answered like a wrong PIN', async () => {
    const { st } = await doorAt();
    const reply = st.stranger().staff.signIn({ staffId: 'S-NOBODY' as never, pin: PIN, desk: '' });
    expect(await refusalOf(reply)).toMatchObject({ code: 'WRONG_PIN', data: { failures: 1 } });
    expect(st.journalEvents()).toEqual(['staff.wrong-pin']);
  });
});

describe('changing the PIN', () => {
  const NEXT = '135791';

  test('takes the old one, and from then on the new one alone', async () => {
    const { st, sign } = await doorAt();
    const { staff } = st.as('door');
    expect(await codeOf(staff.changePin({ old: WRONG, next: NEXT }))).toBe('WRONG_PIN');
    expect(await codeOf(staff.changePin({ old: PIN, next: PIN }))).toBe('SAME_PIN');
    expect(await codeOf(staff.changePin({ old: PIN, next: NEXT }))).toBe('ok');
    expect(st.journalEvents()).toEqual(['staff.wrong-pin', 'staff.pin-changed']);
    expect(JSON.stringify(st.journal())).not.toContain(NEXT);
    expect(await code(sign(PIN))).toBe('WRONG_PIN');
    expect(await sign(NEXT)).toBe('ok');
  });

  test('nobody changes it without having signed in', async () => {
    const { st } = await doorAt();
    expect(await codeOf(st.stranger().staff.changePin({ old: PIN, next: NEXT }))).toBe('UNAUTHORIZED');
  });
});

describe('adding staff', () => {
  const add = (st: TestStation, wish: object) =>
    st.as('site-lead').staff.add({ name: '甲（样本）', roles: ['door'], pin: PIN, ...wish } as never);

  test.each([
    ['a supervisor who is anything else', { roles: ['supervisor', 'door'] }, 'ROLES_CLASH'],
    ['a score-keeper who examines', { roles: ['score-keeper', 'examiner'] }, 'ROLES_CLASH'],
    ['an examiner who checks documents at the door', { roles: ['examiner', 'door'] }, 'ROLES_CLASH'],
    ['an examiner who invigilates', { roles: ['invigilator', 'examiner'] }, 'ROLES_CLASH'],
    ['an examiner who leads the site', { roles: ['site-lead', 'examiner'] }, 'ROLES_CLASH'],
    ['an examiner the plan does not have', { roles: ['examiner'], examinerId: 'E99' }, 'UNKNOWN_EXAMINER'],
    ['a PIN of five digits', { pin: '12345' }, 'BAD_REQUEST'],
    ['no role at all', { roles: [] }, 'BAD_REQUEST'],
  ])('%s is refused', async (_what, wish, expected) => {
    const st = await openTestStation();
    expect(await codeOf(add(st, wish))).toBe(expected);
    expect(await st.stranger().staff.names()).toHaveLength(1);
    expect(st.journalEvents()).toEqual(expected === 'BAD_REQUEST' ? [] : ['staff.add-refused']);
  });

  test('a name or an examiner that somebody has already is refused', async () => {
    const st = await openTestStation();
    await add(st, { roles: ['examiner'], examinerId: 'E01' });
    expect(await codeOf(add(st, {}))).toBe('NAME_TAKEN');
    expect(await codeOf(add(st, { name: '乙（样本）', roles: ['examiner'], examinerId: 'E01' }))).toBe(
      'EXAMINER_TAKEN',
    );
    expect(st.journalEvents()).toEqual(['staff.added', 'staff.add-refused', 'staff.add-refused']);
  });
});

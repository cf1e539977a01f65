import { describe, expect, test } from 'vitest';
import { pinOf } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { ed25519PrivateKey, sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { CENTRE_KEY, OTHER_KEY } from '../plan/plan-fixture.ts';
import { nationalFile, signedPack } from './pack-fixture.ts';
import type { RulePackFile } from './rule-pack.ts';

const WITHDRAWN_KEY = ed25519PrivateKey(Buffer.alloc(32, 9));
const SHIPPED = nationalFile().version;
const next = (change: (pack: RulePackFile) => void = () => {}): RulePackFile => {
  const pack = { ...nationalFile(), version: SHIPPED + 1 };
  change(pack);
  return pack;
};
const clause = (pack: RulePackFile, id: string) => pack.clauses.find((c) => c.id === id)!;
const station = () =>
  openTestStation({
    withoutFaces: true,
    plan: (plan) => ({ ...plan, centre: { ...plan.centre, revokedKeys: [sshPublicKeyLine(WITHDRAWN_KEY)] } }),
  });
const rules = (st: TestStation) => st.as('site-lead').rules;

describe('a pack signed by the centre', () => {
  test('is looked at first, then installed; what it says of a clause is in force, what it leaves out stays', async () => {
    const st = await station();
    const pack = next((p) => {
      clause(p, 'panel.size').value = 4;
      p.clauses = p.clauses.filter((c) => c.id !== 'recusal.kin');
    });
    const before = await rules(st).overview();
    const preview = await rules(st).check(signedPack(pack, CENTRE_KEY));
    expect(preview).toMatchObject({ packId: 'national', version: SHIPPED + 1, before: SHIPPED });
    expect(preview.clauses.map((c) => [c.id, c.kind, c.before?.value, c.after?.value])).toEqual([
      ['recusal.kin', 'removed', null, undefined],
      ['panel.size', 'changed', 2, 4],
    ]);
    expect(await rules(st).overview()).toEqual(before);
    await rules(st).install(signedPack(pack, CENTRE_KEY));
    const after = await rules(st).overview();
    expect(after.layers.map((l) => [l.id, l.version, l.signedBy !== null])).toEqual([
      ['national', SHIPPED + 1, true],
      ['national', SHIPPED, false],
    ]);
    expect(after.clauses.find((c) => c.id === 'panel.size')!.value).toBe(4);
    expect(after.clauses.find((c) => c.id === 'recusal.kin')!.severity).toBe('block');
    expect(st.journalEvents()).toEqual(['rules.installed']);
    await st.restart('specimen passphrase');
    expect((await rules(st).overview()).version).toBe(SHIPPED + 1);
  });

  const inForce = (from: string, until?: string) =>
    next((p) => Object.assign(p, { effectiveFrom: from, ...(until && { effectiveUntil: until }) }));
  test.each<[string, () => { pack: File; signature: File }, string]>([
    ['a signature by a key nobody knows', () => signedPack(next(), OTHER_KEY), 'unknown-key'],
    ['a signature by a withdrawn key', () => signedPack(next(), WITHDRAWN_KEY), 'withdrawn-key'],
    [
      'a file altered after it was signed',
      () => {
        const { signature } = signedPack(next(), CENTRE_KEY);
        return {
          signature,
          pack: signedPack(
            next((p) => Object.assign(p, { version: 99 })),
            CENTRE_KEY,
          ).pack,
        };
      },
      'bad-signature',
    ],
    ['a signature made for something else', () => signedPack(next(), CENTRE_KEY, 'kaodian-plan'), 'bad-signature'],
    [
      'no signature at all',
      () => ({ ...signedPack(next(), CENTRE_KEY), signature: new File(['-'], 'x.sig') }),
      'not-signed',
    ],
    ['a file that is none', () => signedPack('{', CENTRE_KEY), 'malformed'],
    ['an unknown member', () => signedPack({ ...next(), more: 1 }, CENTRE_KEY), 'malformed'],
    [
      'a weak source that blocks',
      () =>
        signedPack(
          next((p) => Object.assign(clause(p, 'panel.size'), { severity: 'block' })),
          CENTRE_KEY,
        ),
      'malformed',
    ],
    [
      'a value out of bounds',
      () =>
        signedPack(
          next((p) => Object.assign(clause(p, 'panel.size'), { value: 99 })),
          CENTRE_KEY,
        ),
      'unusable',
    ],
    ['a pack in force from tomorrow', () => signedPack(inForce('2026-03-02'), CENTRE_KEY), 'not-yet-in-force'],
    [
      'a pack in force until yesterday',
      () => signedPack(inForce('2026-01-01', '2026-02-28'), CENTRE_KEY),
      'no-longer-in-force',
    ],
    [
      'an older version',
      () => signedPack({ ...next(), version: 1 }, CENTRE_KEY),
      SHIPPED > 1 ? 'older-version' : 'version-taken',
    ],
    [
      'the version there is, with other contents',
      () => signedPack({ ...next(), version: SHIPPED }, CENTRE_KEY),
      'version-taken',
    ],
    ['more than a megabyte', () => signedPack(' '.repeat(1024 * 1024 + 1), CENTRE_KEY), 'too-large'],
  ])('%s is refused by name, and on record', async (_, signed, reason) => {
    const st = await station();
    expect(await refusalOf(rules(st).install(signed()))).toMatchObject({ code: 'RULE_PACK_REFUSED', data: { reason } });
    expect(st.journal().at(-1)).toMatchObject({ event: 'rules.install-refused', data: { reason } });
    expect((await rules(st).overview()).version).toBe(SHIPPED);
  });

  test('in force from today is installed today; twice is once', async () => {
    const st = await station();
    const signed = () => signedPack(inForce('2026-03-01', '2026-03-01'), CENTRE_KEY);
    await rules(st).install(signed());
    expect(await refusalOf(rules(st).install(signed()))).toMatchObject({ data: { reason: 'already-installed' } });
    const older = signedPack({ ...next(), version: SHIPPED }, CENTRE_KEY);
    expect(await refusalOf(rules(st).install(older))).toMatchObject({ data: { reason: 'older-version' } });
  });

  test('without a plan there is no centre to believe', async () => {
    const st = await openTestStation({ withoutFaces: true, plan: null });
    expect(await refusalOf(rules(st).install(signedPack(next(), CENTRE_KEY)))).toMatchObject({
      data: { reason: 'no-centre' },
    });
  });
});

test('a clause that begins or ends on a day gives way on that day', async () => {
  const st = await station();
  const pack = next((p) =>
    Object.assign(clause(p, 'panel.size'), { value: 5, effectiveFrom: '2026-03-03', effectiveUntil: '2026-03-04' }),
  );
  await rules(st).install(signedPack(pack, CENTRE_KEY));
  const values: unknown[] = [];
  for (let day = 0; day < 4; day += 1) {
    values.push((await rules(st).overview()).clauses.find((c) => c.id === 'panel.size')!.value);
    st.clock.advance(86_400_000);
  }
  expect(values).toEqual([2, 2, 5, 5]);
});

describe('a value changed here', () => {
  const wish = (st: TestStation, more: object = {}) => ({
    clauseId: 'panel.size',
    from: 2,
    value: 3,
    reason: '本批按三人一组',
    pin: PIN,
    second: pinOf(st, 'supervisor'),
    ...more,
  });
  const size = async (st: TestStation) => (await rules(st).overview()).clauses.find((c) => c.id === 'panel.size')!;

  test('is in force at once, says who and why, and can be changed back', async () => {
    const st = await station();
    await rules(st).change(wish(st));
    expect(await size(st)).toMatchObject({
      value: 3,
      changed: {
        was: 2,
        reason: '本批按三人一组',
        by: { name: '负责人（样本）', role: 'site-lead' },
        second: { name: 'supervisor（样本）', role: 'supervisor' },
      },
    });
    await rules(st).change(wish(st, { from: 3, value: 2, reason: '改回原值' }));
    expect(await size(st)).toMatchObject({ value: 2, changed: null });
    const { changes } = await rules(st).overview();
    expect(changes.map((c) => [c.value, c.holds])).toEqual([
      [2, false],
      [3, false],
    ]);
  });

  test.each<[string, (st: TestStation) => object, string]>([
    ['a clause there is none of', () => ({ clauseId: 'panel.none' }), 'NO_SUCH_CLAUSE'],
    ['a clause that blocks', () => ({ clauseId: 'panel.lead' }), 'NOT_A_PARAMETER'],
    ['a value out of bounds', () => ({ value: 0 }), 'VALUE_OUT_OF_BOUNDS'],
    ['a value of another kind', () => ({ value: true }), 'VALUE_OUT_OF_BOUNDS'],
    ['the same value', () => ({ value: 2 }), 'SAME_VALUE'],
    ['a value that is another by now', () => ({ from: 4 }), 'VALUE_CHANGED_MEANWHILE'],
    ['one person twice', (st) => ({ second: pinOf(st, 'site-lead') }), 'SAME_PERSON'],
    ['a second of another role', (st) => ({ second: pinOf(st, 'door') }), 'NOT_A_SECOND'],
    ["the lead's wrong PIN", () => ({ pin: '000000' }), 'WRONG_PIN'],
    [
      "the second's wrong PIN",
      (st) => ({ second: { staffId: st.member('supervisor').staffId, pin: '000000' } }),
      'WRONG_PIN',
    ],
  ])('%s is refused, and on record', async (_, more, code) => {
    const st = await station();
    expect(await codeOf(rules(st).change(wish(st, more(st))))).toBe(code);
    expect(st.journal().at(-1)).toMatchObject({ event: 'rules.change-refused', data: { code } });
    expect((await size(st)).value).toBe(2);
  });

  test('lapses when the centre issues another value of the clause', async () => {
    const st = await station();
    await rules(st).change(wish(st));
    await rules(st).install(
      signedPack(
        next((p) => Object.assign(clause(p, 'panel.size'), { value: 5 })),
        CENTRE_KEY,
      ),
    );
    expect(await size(st)).toMatchObject({ value: 5, changed: null });
    expect((await rules(st).overview()).changes).toMatchObject([{ value: 3, holds: false }]);
  });

  test('nobody but the lead changes or installs', async () => {
    const st = await station();
    expect(await codeOf(st.as('supervisor').rules.change(wish(st)))).toBe('FORBIDDEN');
    expect(await codeOf(st.as('supervisor').rules.install(signedPack(next(), CENTRE_KEY)))).toBe('FORBIDDEN');
    expect(await codeOf(st.as('door').rules.overview())).toBe('FORBIDDEN');
  });
});

test('any desk reads the clause a decision rests on, of the pack its session was opened with', async () => {
  const st = await openTestStation();
  const rules = st.as('invigilator').rules;
  const clause = await rules.clause({ ruleId: 'admission.late-after-minutes' });
  expect(clause).toMatchObject({
    ruleId: 'admission.late-after-minutes',
    text: { zh: expect.stringMatching(/迟到|开考/) },
  });
  expect(clause.source).not.toBe('');
  expect(await rules.clause({ ruleId: clause.ruleId, sessionId: 'S1' as never })).toEqual(clause);
  expect(await codeOf(rules.clause({ ruleId: 'no.such-clause' }))).toBe('NO_SUCH_CLAUSE');
});

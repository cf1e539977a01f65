import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admit, declareAll, openDoor, pinOf, S1, sessionOf } from '../../../../test/harness/exam-day.ts';
import { CENTRE, openTestStation, PIN, type TestStation } from '../../../../test/harness/open-station.ts';
import { type Json, type OpenedBundle, openedBundle } from '../../../../test/harness/opened-bundle.ts';
import { contentClaims } from '../../../cli/content-claims.ts';
import { signSsh } from '../../../lib/sshsig.ts';
import { CENTRE_KEY, OTHER_KEY } from '../../plan/plan-fixture.ts';
import { nationalFile, signedPack } from '../../rules/pack-fixture.ts';
import { RULES_NAMESPACE } from '../../rules/rule-pack.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { signOff } from '../closing-calls.ts';
import { verifyBundle } from '../verify-bundle.ts';
import { RULE_PACK_PATH } from './documents.ts';
import { RULES_RECORD_PATH, rulesClaims } from './rules-claims.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaodian-rules-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let sealed: OpenedBundle;
let atOpening: Json;

const version = (n: number) => {
  const pack = nationalFile();
  pack.version += n;
  // Half of those present are drawn for a re-check, then all of them.
  pack.clauses.find((c) => c.id === 'admission.rechecks-per-hundred')!.value = 50 * n;
  return signedPack(pack, CENTRE_KEY);
};
const change = (st: TestStation, clauseId: string, from: number, value: number) =>
  st.as('site-lead').rules.change({
    clauseId,
    from,
    value,
    reason: '样本：本批另定',
    pin: PIN,
    second: pinOf(st, 'supervisor'),
  });

/** A day on which the centre's next pack comes, and values are changed, after the re-checks were drawn. */
beforeAll(async () => {
  const st = await openTestStation();
  const { rules } = st.as('site-lead');
  await rules.install(version(1));
  await change(st, 'admission.rechecks-least', 5, 1);
  await openDoor(st);
  atOpening = await rules.overview();
  for (const id of ['C01', 'C02', 'C03', 'C04']) await admit(st, id);
  st.clock.advance(sessionOf(st).startsAtMs - st.clock.wallMs());
  st.tick();
  await rules.install(version(2));
  await change(st, 'admission.rechecks-least', 1, 30);
  expect((await rules.overview()).sessions).toMatchObject([{ sessionId: S1, same: false }]);
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  st.tick();
  await st.as('site-lead').session.close({ sessionId: S1 });
  await declareAll(st);
  await signOff(st);
  sealed = await openedBundle(st, join(scratch, 'opened'));
  const report = await verifyBundle(sealed.folder, { identity: CENTRE.identity, contentClaims });
  expect(report.claims.filter((c) => c.result === 'fail')).toEqual([]);
  expect(report.claims.filter((c) => /^(rules|presence)\./.test(c.id)).map((c) => [c.id, c.result])).toEqual([
    ['rules.1', 'pass'],
    ['rules.2', 'pass'],
    ['rules.3', 'pass'],
    ['presence.1', 'pass'],
    ['presence.2', 'pass'],
  ]);
}, 60_000);

async function notPassed(path: string, alter: (json: Json) => Json): Promise<string[]> {
  const claims = await sealed.judge(rulesClaims, (p, json) => (p === path ? alter(json) : json));
  return claims.filter((c) => c.result !== 'pass').map((c) => c.id);
}

test('the bundle has the pack of the opening, whole, with who changed what and why', () => {
  const pack = sealed.json(RULE_PACK_PATH);
  expect(pack.version).toBe(atOpening.version);
  expect(pack.clauses.find((c: Json) => c.id === 'admission.rechecks-per-hundred').value).toBe(50);
  expect(pack.clauses.find((c: Json) => c.id === 'admission.rechecks-least')).toMatchObject({
    value: 1,
    changed: { was: 5 },
  });
  expect(sealed.json(RULES_RECORD_PATH).changes).toMatchObject([
    {
      clauseId: 'admission.rechecks-least',
      was: 5,
      value: 1,
      reason: '样本：本批另定',
      second: { role: 'supervisor' },
    },
  ]);
});

function altered(json: Json, alter: () => unknown): Json {
  alter();
  return json;
}

describe('what was changed is found', () => {
  const clause = (pack: Json, id: string) => pack.clauses.find((c: Json) => c.id === id);
  test.each<[string, string, (json: Json) => Json, string[]]>([
    ['nothing', 'none', (j) => j, []],
    [
      'a value of the pack',
      RULE_PACK_PATH,
      (p) => altered(p, () => Object.assign(clause(p, 'panel.size'), { value: 1 })),
      ['rules.1', 'rules.3'],
    ],
    [
      'a local change hidden',
      RULE_PACK_PATH,
      (p) => altered(p, () => Reflect.deleteProperty(clause(p, 'admission.rechecks-least'), 'changed')),
      ['rules.1', 'rules.2', 'rules.3'],
    ],
    [
      'one person who was both',
      RULES_RECORD_PATH,
      (r) => altered(r, () => Object.assign(r.changes[0], { second: r.changes[0].by })),
      ['rules.2'],
    ],
    [
      'another reason',
      RULES_RECORD_PATH,
      (r) => altered(r, () => Object.assign(r.changes[0], { reason: '别的' })),
      ['rules.2'],
    ],
    ['a change left out', RULES_RECORD_PATH, (r) => ({ ...r, changes: [] }), ['rules.2']],
    [
      'a change the journal does not know',
      ENTRIES_PATH,
      (l) => l.filter((e: Json) => e.event !== 'rules.changed'),
      ['rules.2'],
    ],
    [
      'an opening the journal does not know',
      ENTRIES_PATH,
      (l) => l.filter((e: Json) => e.event !== 'rules.frozen'),
      ['rules.1'],
    ],
    ['a signed file left out', RULES_RECORD_PATH, (r) => ({ ...r, signed: [] }), ['rules.3']],
    [
      'a signed file altered',
      RULES_RECORD_PATH,
      (r) => altered(r, () => Object.assign(r.signed[0], { text: r.signed[0].text.replace('50', '51') })),
      ['rules.3'],
    ],
    [
      'a signature by another key',
      RULES_RECORD_PATH,
      (r) => {
        const { signature } = signedText(r.signed[0].text);
        r.signed[0].signature = signature;
        return r;
      },
      ['rules.3'],
    ],
    ['something that is no record', RULES_RECORD_PATH, () => ({}), ['rules.1', 'rules.2', 'rules.3']],
  ])('%s', async (_, path, alter, expected) => expect(await notPassed(path, alter)).toEqual(expected));
});

const signedText = (of: string) => ({ signature: signSsh(Buffer.from(of, 'utf8'), RULES_NAMESPACE, OTHER_KEY) });

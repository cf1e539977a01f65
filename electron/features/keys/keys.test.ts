import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { codeOf, openTestStation, PASSPHRASE, PIN, type TestStation } from '../../../test/harness/open-station.ts';
import { parseAndVerifyCheckpoint } from '../../journal/checkpoint.ts';
import { publicKeyOfLine, sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import { CENTRE_KEY } from '../plan/plan-fixture.ts';
import { type Replacement, replacements, rotations } from './documents.ts';
import { rotationDue } from './rules.ts';

const NEW_PASSPHRASE = 'another specimen passphrase';
const wish = (st: TestStation, more: object = {}) => ({
  pin: PIN,
  second: { staffId: st.member('supervisor').staffId, pin: PIN },
  passphrase: PASSPHRASE,
  ...more,
});
const siteOf = async (st: TestStation) => {
  const state = await st.as('site-lead').site.state();
  if (state.kind === 'new') throw new Error('no site');
  return { kind: state.kind, ...state.site };
};
const changes = (st: TestStation) => st.journalEvents().filter((event) => event.startsWith('keys.'));

test('a rotation: the old key signs for the new one and its last checkpoint, and from there on the new one signs', async () => {
  const st = await openTestStation();
  const lead = st.as('site-lead');
  const before = await siteOf(st);
  const request = wish(st);
  st.journalEvents();
  await lead.keys.rotate(request);
  const after = await siteOf(st);
  expect(after.signingKey).not.toBe(before.signingKey);
  expect(after.recipient).toBe(before.recipient);
  expect(changes(st)).toEqual(['keys.rotated']);

  const [signed] = await lead.keys.rotations();
  const read = rotations.read(signed!);
  if (!read.ok) throw new Error(read.error.code);
  const { document, publicKey } = read.value;
  expect(sshPublicKeyLine(publicKey)).toBe(before.signingKey);
  const entry = st.journal().findLast((e) => e.event === 'keys.rotated')!;
  expect(document).toMatchObject({ oldKey: before.signingKey, newKey: after.signingKey, journalSize: entry.seq });
  const { note } = await lead.journal.checkpoint();
  expect(parseAndVerifyCheckpoint(note, 'KD-TEST-1', publicKeyOfLine(after.signingKey)!).ok).toBe(true);
  expect(parseAndVerifyCheckpoint(note, 'KD-TEST-1', publicKeyOfLine(before.signingKey)!).ok).toBe(false);

  // The new keys are those that the next start finds, under the same passphrase.
  await st.restart(PASSPHRASE);
  expect(await siteOf(st)).toEqual({ ...after, kind: 'open' });
  expect((await st.as('site-lead').keys.view())?.changes).toMatchObject([{ why: 'rotated', journalSize: entry.seq }]);
});

test.each<[string, (st: TestStation) => object, string]>([
  ['a wrong passphrase', () => ({ passphrase: 'not this one' }), 'WRONG_PASSPHRASE'],
  ['a wrong PIN', () => ({ pin: '000000' }), 'WRONG_PIN'],
  [
    'the lead as the second person',
    (st) => ({ second: { staffId: st.member('site-lead').staffId, pin: PIN } }),
    'NOT_A_SECOND',
  ],
  [
    "a second person's wrong PIN",
    (st) => ({ second: { staffId: st.member('supervisor').staffId, pin: '000000' } }),
    'WRONG_PIN',
  ],
])('%s changes no key', async (_name, more, code) => {
  const st = await openTestStation();
  const before = await siteOf(st);
  expect(await codeOf(st.as('site-lead').keys.rotate(wish(st, more(st))))).toBe(code);
  expect(await siteOf(st)).toEqual(before);
  expect(changes(st)).toEqual(code === 'WRONG_PIN' ? [] : ['keys.change-refused']);
});

test('a passphrase that is lost: two persons make new keys, the journal goes on, the old ones sign nothing more', async () => {
  const st = await openTestStation();
  expect(await codeOf(st.as('site-lead').keys.renew(wish(st)))).toBe('KEYS_OPEN');
  const before = await siteOf(st);
  await st.restart();
  const request = wish(st, { passphrase: NEW_PASSPHRASE });
  const size = st.journal().length;
  await st.as('site-lead').keys.renew(request);
  expect((await siteOf(st)).kind).toBe('open');
  expect((await siteOf(st)).signingKey).not.toBe(before.signingKey);
  expect(st.journal().length).toBeGreaterThan(size);
  expect(await st.as('site-lead').keys.rotations()).toEqual([]);
  await st.restart(PASSPHRASE);
  expect((await siteOf(st)).kind).toBe('locked');
  await st.as('site-lead').site.unlock({ passphrase: NEW_PASSPHRASE });
  expect((await siteOf(st)).kind).toBe('open');
});

test("the centre's order is kept where it is the centre's and for this very key", async () => {
  const st = await openTestStation();
  const lead = st.as('site-lead');
  const { signingKey } = await siteOf(st);
  const order: Replacement = {
    format: 'kaodian-replacement/1',
    centre: '样本鉴定中心',
    stationId: 'KD-TEST-1',
    lost: 'machine',
    signingKey,
    journal: 2,
    fromSize: 0,
    previousTagManifestSha256: 'a'.repeat(64),
    issuedAtMs: 1,
  };
  const stranger = generateKeyPairSync('ed25519').privateKey;
  const other = { ...order, signingKey: sshPublicKeyLine(createPublicKey(stranger)) };
  expect(await codeOf(lead.keys.takeOver({ text: '{}', signature: '' }))).toBe('REPLACEMENT_MALFORMED');
  expect(await codeOf(lead.keys.takeOver(replacements.sign(order, stranger)))).toBe('REPLACEMENT_OTHER_KEY');
  expect(await codeOf(lead.keys.takeOver(replacements.sign(other, CENTRE_KEY)))).toBe('REPLACEMENT_OTHER_STATION');
  const kept = await lead.keys.takeOver(replacements.sign(order, CENTRE_KEY));
  expect(kept.replacedAtMs).toBe(st.clock.wallMs());
  expect(changes(st).at(-1)).toBe('keys.took-over');
});

test('a key is due after a year, and the office hears a month before', () => {
  const day = 86_400_000;
  expect([0, 334, 335, 364, 365].map((days) => rotationDue(0, days * day).due)).toEqual([
    ...['fine', 'fine', 'soon', 'soon', 'over'],
  ]);
});

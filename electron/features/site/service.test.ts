import { expect, test } from 'vitest';
import { fakeKeyWrap } from '../../../test/harness/fake-key-wrap.ts';
import { codeOf, openTestStation, PASSPHRASE, PIN } from '../../../test/harness/open-station.ts';
import type { Caller } from '../../contract/caller.ts';
import type { KeyWrap } from '../../devices/keys/port.ts';
import { createSite, keyRing, unlockKeys } from './service.ts';
import { loadSite } from './store.ts';

/** Both wraps of the tests take the same passphrase: only their kind tells them apart. */
const wrapOf = (kind: KeyWrap['kind']): KeyWrap => ({ ...fakeKeyWrap, kind });

const first = {
  siteName: '样本考核点',
  filingNumber: '样本备001',
  stationId: 'KD-1',
  lead: { name: '负责人（样本）', pin: PIN },
};

test('a first start creates site, keys and lead once, signs the lead in, and needs a passphrase where one wraps the keys', async () => {
  const st = await openTestStation({ site: false });
  const window = st.stranger();
  expect((await window.site.state()).kind).toBe('new');
  expect(await codeOf(window.site.create(first))).toBe('PASSPHRASE_NEEDED');
  expect((await window.site.state()).kind).toBe('new');

  const { lead, site } = await window.site.create({ ...first, passphrase: PASSPHRASE });
  expect(await window.staff.me()).toEqual(lead);
  expect(lead.roles).toEqual(['site-lead']);
  expect(await window.site.state()).toMatchObject({ kind: 'open', site });
  expect(site.signingKey).toMatch(/^ssh-ed25519 /);
  expect(st.journalEvents()).toEqual(['site.create-refused', 'site.created', 'staff.added']);

  expect(await codeOf(window.site.create({ ...first, passphrase: PASSPHRASE }))).toBe('ALREADY_CREATED');
  expect(st.journalEvents()).toEqual(['site.create-refused']);
  expect(await window.staff.names()).toEqual([lead]);
});

test('of two first starts at the same moment one wins and the other is told so', async () => {
  const st = await openTestStation({ site: false });
  const wish = { ...first, passphrase: PASSPHRASE };
  const window = st.stranger();
  const codes = await Promise.all([codeOf(window.site.create(wish)), codeOf(window.site.create(wish))]);
  expect(codes.sort()).toEqual(['ALREADY_CREATED', 'ok']);
  expect(await window.staff.names()).toHaveLength(1);
});

test('after a restart the keys wait for the passphrase: a wrong one changes nothing and is on record', async () => {
  const st = await openTestStation();
  await st.restart();
  const lead = st.as('site-lead');
  expect((await lead.site.state()).kind).toBe('locked');
  expect(await codeOf(lead.journal.checkpoint())).toBe('KEYS_LOCKED');
  st.journalEvents();

  expect(await codeOf(lead.site.unlock({ passphrase: 'not this one' }))).toBe('WRONG_PASSPHRASE');
  expect((await lead.site.state()).kind).toBe('locked');
  await lead.site.unlock({ passphrase: PASSPHRASE });
  expect((await lead.site.state()).kind).toBe('open');
  expect(st.journalEvents()).toEqual(['site.unlock-refused', 'site.unlocked']);
  await expect(lead.journal.checkpoint()).resolves.toMatchObject({ size: st.journal().length });
});

test('a passphrase handed over at the start opens the keys; the site card stays what it was', async () => {
  const st = await openTestStation();
  const before = await st.as('site-lead').site.state();
  await st.restart(PASSPHRASE);
  const after = await st.as('site-lead').site.state();
  expect(after.kind).toBe('open');
  expect(after.kind !== 'new' && after.site).toEqual(before.kind !== 'new' && before.site);
});

test.each<[KeyWrap['kind'], KeyWrap['kind']]>([
  ['passphrase', 'os-keystore'],
  ['os-keystore', 'passphrase'],
])('keys wrapped by %s are not tried by %s: the answer names who wrapped them', async (wrappedBy, kind) => {
  const st = await openTestStation({ site: false });
  const { db, journal } = st.station;
  const lead: Caller = { connectionId: 'C', member: st.member('site-lead'), desk: 'office', from: 'test' };
  const deps = { db, journal, ring: keyRing(), changed: () => {} };
  const created = await createSite({ ...deps, keyWrap: wrapOf(wrappedBy) }, lead, { ...first, passphrase: PASSPHRASE });
  expect(created.ok).toBe(true);
  const ring = keyRing();
  ring.accept(loadSite(db)!.card, null);
  st.journalEvents();

  const refused = await unlockKeys({ ...deps, ring, keyWrap: wrapOf(kind) }, lead, PASSPHRASE);
  expect(refused).toEqual({ ok: false, error: { code: 'OTHER_WRAP', data: { wrappedBy } } });
  expect(ring.keys()).toBe(null);
  expect(st.journalEvents()).toEqual(['site.unlock-refused']);
  expect(st.journal().at(-1)!.data).toEqual({ code: `wrapped-by-${wrappedBy}` });

  const opened = await unlockKeys({ ...deps, ring, keyWrap: wrapOf(wrappedBy) }, lead, PASSPHRASE);
  expect(opened.ok).toBe(true);
  expect(ring.keys()).not.toBe(null);
});

test('the state tells how the keys were wrapped beside how this shell wraps them', async () => {
  const st = await openTestStation();
  expect(await st.stranger().site.state()).toMatchObject({ wrappedBy: 'passphrase', keyWrap: 'passphrase' });
});

test('neither passphrase nor PIN nor private key stands in the journal', async () => {
  const st = await openTestStation();
  await st.restart(PASSPHRASE);
  const text = JSON.stringify(st.journal());
  for (const secret of [PASSPHRASE, PIN, 'AGE-SECRET-KEY', 'PRIVATE KEY']) expect(text).not.toContain(secret);
});

test('a one-time address opens one window at the desk it names, and is on record without its token', async () => {
  const st = await openTestStation();
  const { address } = await st.as('site-lead').site.newDesk({ path: '/door/201' });
  const entry = new URL(address, 'http://station');
  expect(entry.pathname).toBe('/enter');
  expect(entry.searchParams.get('path')).toBe('/door/201');
  const token = entry.searchParams.get('token')!;
  expect(st.station.connections.redeem(token)).not.toBe(null);
  expect(st.station.connections.redeem(token)).toBe(null);
  expect(st.journal().at(-1)).toMatchObject({ event: 'site.desk-invited', data: { path: '/door/201' } });
  expect(await codeOf(st.as('site-lead').site.newDesk({ path: '//elsewhere' }))).toBe('BAD_REQUEST');
  expect(await codeOf(st.as('door').site.newDesk({ path: '/' }))).toBe('FORBIDDEN');
});

test('free disk is told to the lead alone', async () => {
  const st = await openTestStation();
  expect((await st.as('site-lead').site.disk()).freeBytes).toBeGreaterThan(0);
  expect(await codeOf(st.as('door').site.disk())).toBe('FORBIDDEN');
});

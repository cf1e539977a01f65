import { expect, test } from 'vitest';
import { codeOf, openTestStation, PASSPHRASE, PIN } from '../../../test/harness/open-station.ts';

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

test('neither passphrase nor PIN nor private key stands in the journal', async () => {
  const st = await openTestStation();
  await st.restart(PASSPHRASE);
  const text = JSON.stringify(st.journal());
  for (const secret of [PASSPHRASE, PIN, 'AGE-SECRET-KEY', 'PRIVATE KEY']) expect(text).not.toContain(secret);
});

test('a reader address that means nothing is refused and leaves the one before', async () => {
  const st = await openTestStation();
  const lead = st.as('site-lead');
  expect(await codeOf(lead.site.setReader({ address: 'usb:1' }))).toBe('BAD_ADDRESS');
  expect((await lead.site.reader()).address).toBe('tcp:fake:1');
  await lead.site.setReader({ address: '' });
  expect((await lead.site.reader()).address).toBe('');
  expect(st.journalEvents()).toEqual(['site.reader-refused', 'site.reader-set']);
});

import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';
import { openDoor, ROOM } from '../../../test/harness/exam-day.ts';
import { FAKE_READER } from '../../../test/harness/fake-reader.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import { openDatabase } from '../../db/database.ts';
import { residentCardText, specimenWltPhoto } from '../../devices/id-reader/cards.ts';
import { migrations } from '../../station/migrations.ts';
import { readerSettings } from './readers.ts';
import { readersMigration } from './settings.ts';

const cardOf = (st: TestStation, candidateId: string) => ({
  text: residentCardText(sampleCard(st.candidate(candidateId))),
  photo: { kind: 'wlt' as const, bytes: specimenWltPhoto(7) },
  samId: null,
  readAtMs: 0,
});

describe('the list of readers', () => {
  test('a reader is added, renamed, moved to another address and taken off; every step is on record', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead');
    const second = await lead.site.addReader({ label: ' 二号 ', address: 'tcp:fake:2' });
    expect(second).toEqual({ readerId: 'R2', label: '二号', address: 'tcp:fake:2', beyondThisMachine: false });
    await lead.site.changeReader({ ...second, label: '备用' });
    const before = st.reader.at('tcp:fake:2');
    expect(before.isOpen).toBe(true);
    await lead.site.changeReader({ ...second, label: '备用', address: 'tcp:fake:3' });
    expect(before.isOpen).toBe(false);
    await lead.site.removeReader({ readerId: 'R1' });
    const { readers } = await lead.site.readers();
    expect(readers.map(({ readerId, label, address, state }) => ({ readerId, label, address, state }))).toEqual([
      { readerId: 'R2', label: '备用', address: 'tcp:fake:3', state: { kind: 'waiting' } },
    ]);
    expect(st.journalEvents()).toEqual([
      'site.reader-set',
      'site.reader-set',
      'site.reader-set',
      'site.reader-removed',
    ]);
  });

  test('what cannot be is refused by name and changes nothing', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead');
    const label = '二号';
    expect(await codeOf(lead.site.addReader({ label, address: 'usb:1' }))).toBe('BAD_ADDRESS');
    expect(await codeOf(lead.site.addReader({ label, address: 'huashi:http://192.0.2.1:1' }))).toBe(
      'BEYOND_THIS_MACHINE',
    );
    expect(await refusalOf(lead.site.addReader({ label, address: FAKE_READER }))).toEqual({
      code: 'ADDRESS_TAKEN',
      data: { label: '读卡器 1' },
    });
    expect(await codeOf(lead.site.removeReader({ readerId: 'R9' }))).toBe('NO_SUCH_READER');
    expect(await codeOf(lead.site.tryReader({ readerId: 'R9' }))).toBe('NO_SUCH_READER');
    expect(await codeOf(st.as('door').site.addReader({ label, address: 'tcp:fake:2' }))).toBe('FORBIDDEN');
    expect((await lead.site.readers()).readers.map((r) => r.readerId)).toEqual(['R1']);
    expect(st.journalEvents()).toEqual([
      'site.reader-refused',
      'site.reader-refused',
      'site.reader-refused',
      'site.call-refused',
    ]);
  });

  test('eight are enough', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead');
    for (let n = 2; n <= 8; n += 1) await lead.site.addReader({ label: `${n}`, address: `tcp:fake:${n}` });
    expect(await codeOf(lead.site.addReader({ label: '9', address: 'tcp:fake:9' }))).toBe('TOO_MANY_READERS');
    await lead.site.removeReader({ readerId: 'R3' });
    expect((await lead.site.addReader({ label: '9', address: 'tcp:fake:9' })).readerId).toBe('R3');
  });

  test('the list outlives a restart, with every reader open', async () => {
    const st = await openTestStation();
    await st.as('site-lead').site.addReader({ label: '二号', address: 'tcp:fake:2' });
    await st.restart(PASSPHRASE);
    st.reader.at('tcp:fake:2').report({ kind: 'lost', reason: 'no-permission', sinceMs: 0 });
    const { readers } = await st.as('site-lead').site.readers();
    expect(readers.map((r) => [r.readerId, r.state])).toEqual([
      ['R1', { kind: 'waiting' }],
      ['R2', { kind: 'lost', reason: 'no-permission' }],
    ]);
  });

  test('one address set by an earlier version is the first reader of the list', () => {
    const upTo = (last: number) => migrations.filter((m) => m.id <= last);
    const path = ':memory:';
    const db = openDatabase(path, upTo(readersMigration.id - 1));
    db.raw.prepare("INSERT INTO settings VALUES ('reader', 'serial:COM3')").run();
    db.raw.exec(readersMigration.sql);
    expect(readerSettings(db)).toEqual([
      { readerId: 'R1', label: '读卡器 1', address: 'serial:COM3', beyondThisMachine: false },
    ]);
    expect(db.prepare("SELECT count(*) AS n FROM settings WHERE name = 'reader'").get()).toEqual({ n: 0 });
    const none = openDatabase(path, upTo(readersMigration.id - 1));
    none.raw.prepare("INSERT INTO settings VALUES ('reader', '')").run();
    none.raw.exec(readersMigration.sql);
    expect(readerSettings(none)).toEqual([]);
  });
});

describe('the number of the security module', () => {
  test('is shown, and on record when it is first told and when it is another', async () => {
    const st = await openTestStation();
    const reader = st.reader.at(FAKE_READER);
    reader.report({ kind: 'waiting' }, '05.01-20200101-0000000001-1');
    reader.report({ kind: 'reading' });
    reader.report({ kind: 'waiting' }, '05.01-20200101-0000000002-1');
    const data = st.journal().flatMap((e) => (e.event === 'site.reader-module' ? [e.data] : []));
    expect(data).toEqual([
      { readerId: 'R1', samId: '05.01-20200101-0000000001-1', before: null },
      { readerId: 'R1', samId: '05.01-20200101-0000000002-1', before: '05.01-20200101-0000000001-1' },
    ]);
    expect((await st.as('site-lead').site.readers()).readers[0]!.samId).toBe('05.01-20200101-0000000002-1');
    const at = { roomId: ROOM, lane: 1 };
    expect(await st.as('door').site.readerOf(at)).toEqual({ reader: null });
    await st.as('door').checkin.lane({ roomId: ROOM });
    const here = { label: '读卡器 1', samId: '05.01-20200101-0000000002-1' };
    expect(await st.as('door').site.readerOf(at)).toEqual({ reader: here });
  });
});

describe('a card laid to try a reader', () => {
  test('shows its kind and masked number, reaches no door, and leaves nothing of the person on record', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await st.as('door').checkin.lane({ roomId: ROOM });
    st.journalEvents();
    const trying = st.as('site-lead').site.tryReader({ readerId: 'R1' });
    await setImmediate();
    st.reader.present(cardOf(st, 'C01'));
    const number = st.candidate('C01').documentNumber;
    const trial = await trying;
    expect(trial).toMatchObject({ kind: 'resident', photo: 'wlt', decoder: null });
    expect(trial.maskedNumber).not.toBe(number);
    expect(trial.maskedNumber.endsWith(number.slice(-4))).toBe(true);
    expect((await st.as('door').checkin.lane({ roomId: ROOM })).attempt).toBe(null);
    expect(st.journalEvents()).toEqual(['site.reader-tried']);
    expect(JSON.stringify(st.journal().at(-1)!.data)).not.toContain(trial.maskedNumber.slice(-4));
    st.reader.present(cardOf(st, 'C01'));
    await setImmediate();
    expect((await st.as('door').checkin.lane({ roomId: ROOM })).attempt?.candidateId).toBe('C01');
  });

  test('a reader that is removed meanwhile, and a text that is no card', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead');
    const first = lead.site.tryReader({ readerId: 'R1' });
    await setImmediate();
    st.reader.present({ text: new Uint8Array(256), photo: null, samId: null, readAtMs: 0 });
    expect(await first).toMatchObject({ kind: 'unreadable', maskedNumber: '', photo: 'none' });
    const second = codeOf(lead.site.tryReader({ readerId: 'R1' }));
    await setImmediate();
    await lead.site.removeReader({ readerId: 'R1' });
    expect(await second).toBe('NO_CARD_LAID');
  });
});

describe('the program for photographs', () => {
  const standIn = join(import.meta.dirname, '../../devices/photo-decoder/stand-in-decoder.mjs');
  const commandOf = (mode: string) => `"${process.execPath}" "${standIn}" ${mode} {wlt} {picture}`;
  const tryCard = async (st: TestStation) => {
    const trying = st.as('site-lead').site.tryReader({ readerId: 'R1' });
    await setImmediate();
    st.reader.present(cardOf(st, 'C01'));
    return trying;
  };

  test('makes a picture of the photo on a card, which the door then has', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead');
    const set = await lead.site.setPhotoDecoder({ commandLine: commandOf('well') });
    expect(set).toEqual({ state: { kind: 'untried' } });
    expect(await tryCard(st)).toMatchObject({ photo: 'jpeg', decoder: null });
    expect((await lead.site.readers()).photoDecoder.state.kind).toBe('works');
    await openDoor(st);
    await st.as('door').checkin.lane({ roomId: ROOM });
    await st.placeCard('C01');
    expect((await st.as('door').checkin.lane({ roomId: ROOM })).attempt?.images.card).toBe(true);
  });

  test('one that fails is named, the card is taken up without; after three failures nobody waits for it any more', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead');
    await lead.site.setPhotoDecoder({ commandLine: commandOf('fails') });
    st.journalEvents();
    expect(await tryCard(st)).toMatchObject({ photo: 'wlt', decoder: { code: 'exit-code', detail: '3' } });
    await openDoor(st);
    await st.as('door').checkin.lane({ roomId: ROOM });
    for (const candidateId of ['C01', 'C02', 'C03']) await st.placeCard(candidateId);
    const { state } = (await lead.site.readers()).photoDecoder;
    expect(state).toMatchObject({ kind: 'failed', code: 'exit-code', resting: true });
    const undecoded = st.journal().filter((e) => e.event === 'site.photo-undecoded');
    expect(undecoded.map((e) => e.data)).toEqual([
      { code: 'exit-code', detail: '3', resting: false },
      { code: 'exit-code', detail: '3', resting: false },
      { code: 'exit-code', detail: '3', resting: true },
    ]);
    await lead.site.setPhotoDecoder({ commandLine: commandOf('well') });
    expect((await tryCard(st)).photo).toBe('jpeg');
  });

  test('a command that is none is refused, nothing is changed; an empty line means none', async () => {
    const st = await openTestStation();
    const lead = st.as('site-lead');
    await lead.site.setPhotoDecoder({ commandLine: commandOf('well') });
    expect(await refusalOf(lead.site.setPhotoDecoder({ commandLine: 'wlt2bmp' }))).toEqual({
      code: 'COMMAND_UNUSABLE',
      data: { reason: 'not-absolute' },
    });
    expect((await lead.site.readers()).photoDecoder).toEqual({
      commandLine: commandOf('well'),
      state: { kind: 'untried' },
    });
    await st.restart(PASSPHRASE);
    const again = st.as('site-lead');
    expect((await again.site.readers()).photoDecoder.state.kind).toBe('untried');
    await again.site.setPhotoDecoder({ commandLine: '' });
    expect((await again.site.readers()).photoDecoder.state.kind).toBe('none');
  });

  test('only whoever sits at the station itself may name a program', async () => {
    const st = await openTestStation();
    const far = st.from('site-lead', '192.0.2.7');
    expect(await codeOf(far.site.setPhotoDecoder({ commandLine: commandOf('well') }))).toBe('ONLY_AT_THE_STATION');
    expect(st.journalEvents()).toEqual(['site.photo-decoder-refused']);
  });
});

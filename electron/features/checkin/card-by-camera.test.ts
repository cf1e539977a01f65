import { describe, expect, test } from 'vitest';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';
import {
  atTheDoor,
  attemptAt,
  FOUR_LOOKS,
  OTHER_ROOM,
  pinOf,
  ROOM,
  sessionOf,
  showFace,
} from '../../../test/harness/exam-day.ts';
import {
  brokenPicture,
  fakeCardCamera,
  type PicturedCard,
  pictureOfCard,
} from '../../../test/harness/fake-card-camera.ts';
import { codeOf, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import type { Caller } from '../../contract/caller.ts';
import type { CardCamera } from '../../devices/card-camera/port.ts';
import { mod112CheckCharacter } from '../../lib/check-digits.ts';
import { ManualClock } from '../../lib/clock.ts';
import { ok } from '../../lib/result.ts';
import { cardPictured, forgetCardPicture } from './card-picture.ts';
import type { CardField } from './contract.ts';
import type { CheckinDeps, Doors } from './deps.ts';
import { doorState } from './door.ts';
import { findRecord } from './store.ts';

const NOBODY = `31019919000101099${mod112CheckCharacter('31019919000101099')}`;
const checkin = (st: TestStation) => st.as('door').checkin;

/** Every field of a candidate's card, as the camera reads it without a fault. */
function cardOf(st: TestStation, candidateId: string): Record<CardField, string> {
  const { name, sex, birth, address, number } = sampleCard(st.candidate(candidateId));
  const day = `${birth.slice(0, 4)}-${birth.slice(4, 6)}-${birth.slice(6)}`;
  return { name, sex: sex === '1' ? '男' : '女', nation: '汉', birth: day, address, number };
}
const photograph = (st: TestStation, card: PicturedCard, roomId = ROOM) =>
  checkin(st).readCardPicture({ roomId, picture: pictureOfCard(card) });
const confirmed = (card: Partial<Record<CardField, string>>) =>
  Object.entries(card).map(([field, text]) => ({ field: field as CardField, text, seen: true as const }));
const textOf = async (blob: Promise<Blob>) => (await blob).text();

/** Photographs a candidate's card and confirms it, some fields otherwise than they were read. */
async function confirm(st: TestStation, candidateId: string, corrections: Partial<Record<CardField, string>> = {}) {
  const fields = cardOf(st, candidateId);
  const { pictureId } = await photograph(st, { fields, portrait: `face ${candidateId} 1 0` });
  return checkin(st).confirmCardPicture({ roomId: ROOM, pictureId, fields: confirmed({ ...fields, ...corrections }) });
}

describe('a card laid before the camera', () => {
  test('is read, shown crop by crop, confirmed, compared, and ends at two persons by the rule pack', async () => {
    const st = await atTheDoor();
    const fields = cardOf(st, 'C01');
    const read = await photograph(st, { fields, portrait: 'face C01 1 0' });
    expect(read).toMatchObject({ guidance: null, portrait: true });
    expect(read.fields[5]).toEqual({ field: 'number', text: fields.number, confidence: 0.9, support: 'check-digit' });
    const crop = (which: CardField | 'portrait' | 'card') =>
      textOf(checkin(st).cardPictureCrop({ pictureId: read.pictureId, which }));
    expect(await Promise.all([crop('name'), crop('portrait'), crop('card')])).toEqual([
      'crop of name',
      'face C01 1 0',
      'the card set upright',
    ]);
    expect(st.journalEvents()).toEqual([]);

    const { pictureId } = read;
    const a = await checkin(st).confirmCardPicture({ roomId: ROOM, pictureId, fields: confirmed(fields) });
    expect(a).toMatchObject({
      candidateId: 'C01',
      documentBy: 'camera',
      images: { card: true, document: true },
      decision: { kind: 'call-person', reasons: ['card-by-camera'] },
    });
    expect(await textOf(checkin(st).image({ attemptId: a.attemptId, which: 'document' }))).toBe('the card set upright');
    // Confirmed, it is the attempt's; nothing of it lies about.
    expect(await codeOf(checkin(st).cardPictureCrop({ pictureId, which: 'card' }))).toBe('NO_SUCH_IMAGE');
    await checkin(st).presentTicket({ roomId: ROOM, text: st.candidate('C01').ticketNumber });
    const seen = await showFace(st, a, 'C01');
    expect(seen.edges.map((e) => `${e.edge} ${e.result} ${e.reason}`)).toEqual([
      'card-ticket pass card-by-camera-agrees',
      'live-card pass faces-agree',
      'live-plan pass faces-agree',
    ]);
    expect(seen.decision).toEqual({ kind: 'call-person', reasons: ['card-by-camera'], again: false });

    const closed = await checkin(st).admitByHand({
      attemptId: a.attemptId,
      reason: 'card-by-camera',
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    });
    const record = findRecord(st.station.db, closed.attemptId)!;
    expect(record.document).toMatchObject({ by: 'camera', reader: 'fake-camera 1', corrected: [] });
    expect(record.evidence.map((e) => e.kind).sort()).toEqual(['card-picture', 'live-face']);
  });

  test('that comes after the face is compared with it all the same', async () => {
    const st = await atTheDoor();
    const { ticketNumber } = st.candidate('C01');
    await showFace(st, await checkin(st).presentTicket({ roomId: ROOM, text: ticketNumber }), 'C01');
    const fields = cardOf(st, 'C01');
    const { pictureId } = await photograph(st, { fields, portrait: 'face C05 1 0' });
    const a = await checkin(st).confirmCardPicture({ roomId: ROOM, pictureId, fields: confirmed(fields) });
    expect(a.decision).toMatchObject({ reasons: ['card-by-camera', 'live-card-fail'] });
  });

  test('another face than the one on it is a doubt of its own', async () => {
    const st = await atTheDoor();
    const fields = cardOf(st, 'C01');
    const { pictureId } = await photograph(st, { fields, portrait: 'face C05 1 0' });
    const a = await checkin(st).confirmCardPicture({ roomId: ROOM, pictureId, fields: confirmed(fields) });
    const seen = await showFace(st, a, 'C01');
    expect(seen.decision).toMatchObject({ reasons: ['card-by-camera', 'live-card-fail'] });
  });

  test('what staff write otherwise than it was read stays beside it; numbers are masked', async () => {
    const st = await atTheDoor();
    const fields = { ...cardOf(st, 'C01'), name: '越一', number: cardOf(st, 'C03').number };
    const { pictureId } = await photograph(st, { fields });
    const a = await checkin(st).confirmCardPicture({
      roomId: ROOM,
      pictureId,
      fields: confirmed({ ...fields, name: st.candidate('C01').name, number: st.candidate('C01').documentNumber }),
    });
    expect(a).toMatchObject({ candidateId: 'C01', nameOnCard: null });
    const said = st.journal().find((e) => e.event === 'checkin.card-confirmed');
    expect(said?.data).toMatchObject({ corrected: ['name', 'number'], violations: [], reader: 'fake-camera 1' });
    const closed = await checkin(st).setAside({ attemptId: a.attemptId });
    const { document } = findRecord(st.station.db, closed.attemptId)!;
    const corrected = document?.by === 'camera' ? document.corrected : [];
    expect(corrected.map((c) => [c.field, c.read])).toEqual([
      ['name', '越一'],
      ['number', expect.stringMatching(/^\d{6}\*{8}\d{3}[\dX]$/)],
    ]);
    expect(JSON.stringify(st.journal())).not.toContain(st.candidate('C01').documentNumber);
  });

  test.each<[string, Partial<Record<CardField, string>>, string[]]>([
    ['a birth date that the number does not have', { birth: '1990-02-03' }, ['birth-date-differs']],
    ['a birth date that is none', { birth: '某日' }, ['birth-date-differs']],
    ['the same day in another writing', { birth: '1900年1月1日' }, []],
    ['the other sex', { sex: '女' }, ['sex-differs']],
    ['another name', { name: '丁（样本）' }, ['name-differs']],
  ])('%s is a doubt', async (_, corrections, doubts) => {
    const st = await atTheDoor();
    const a = await confirm(st, 'C01', corrections);
    expect(a.decision).toMatchObject({ kind: 'call-person', reasons: ['card-by-camera', ...doubts] });
  });

  test.each<[string, Partial<Record<CardField, string>>, string, unknown]>([
    [
      'a number with a wrong check digit',
      { number: '310199190001010010' },
      'NUMBER_INVALID',
      { reason: 'check-digit' },
    ],
    ['a number of nobody here', { number: NOBODY }, 'PERSON_UNKNOWN', undefined],
    ['a field left empty', { address: ' ' }, 'FIELDS_MISSING', { fields: ['address'] }],
  ])('%s is not taken up', async (_, corrections, code, data) => {
    const st = await atTheDoor();
    expect(await refusalOf(confirm(st, 'C01', corrections))).toEqual(data ? { code, data } : { code });
    expect((await checkin(st).lane({ roomId: ROOM })).attempt).toBeNull();
    expect(st.journalEvents()).toEqual(code === 'FIELDS_MISSING' ? [] : ['checkin.number-refused']);
  });

  test('every field that was read is to be looked at, and name and number in any case', async () => {
    const st = await atTheDoor();
    const { birth, address } = cardOf(st, 'C01');
    const { pictureId } = await photograph(st, { fields: { birth, address } });
    const reply = checkin(st).confirmCardPicture({ roomId: ROOM, pictureId, fields: confirmed({ birth }) });
    expect(await refusalOf(reply)).toEqual({ code: 'FIELDS_MISSING', data: { fields: ['address', 'name', 'number'] } });
  });

  test('a picture is forgotten with the next one, at another lane, and when the lane moves on', async () => {
    const st = await atTheDoor();
    const fields = cardOf(st, 'C01');
    const tryToConfirm = (pictureId: string, roomId = ROOM) =>
      codeOf(checkin(st).confirmCardPicture({ roomId, pictureId, fields: confirmed(fields) }));
    const first = await photograph(st, { fields });
    expect(await tryToConfirm(first.pictureId, OTHER_ROOM)).toBe('NO_SUCH_PICTURE');
    const poor = await photograph(st, { guidance: 'no-card' });
    expect(poor).toMatchObject({ guidance: 'no-card', fields: [], portrait: false });
    expect(await tryToConfirm(first.pictureId)).toBe('NO_SUCH_PICTURE');
    expect(await tryToConfirm(poor.pictureId)).toBe('NO_SUCH_PICTURE');
    const third = await photograph(st, { fields });
    await st.placeCard('C03');
    expect((await attemptAt(st)).candidateId).toBe('C03');
    expect(await tryToConfirm(third.pictureId)).toBe('NO_SUCH_PICTURE');
  });

  test('what is no picture, and a camera that does not answer, say so', async () => {
    const st = await atTheDoor();
    const read = (what: 'unreadable' | 'stopped') =>
      refusalOf(checkin(st).readCardPicture({ roomId: ROOM, picture: brokenPicture(what) }));
    expect(await read('unreadable')).toEqual({ code: 'PICTURE_UNREADABLE' });
    expect(await read('stopped')).toEqual({ code: 'CARD_CAMERA_UNAVAILABLE', data: { code: 'camera-stopped' } });
  });

  test('a session that is over takes no card up', async () => {
    const st = await atTheDoor();
    const { pictureId } = await photograph(st, { fields: cardOf(st, 'C01') });
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: sessionOf(st).sessionId });
    expect(await codeOf(photograph(st, { fields: cardOf(st, 'C01') }))).toBe('WRONG_STATE');
    const fields = confirmed(cardOf(st, 'C01'));
    expect(await codeOf(checkin(st).confirmCardPicture({ roomId: ROOM, pictureId, fields }))).toBe('WRONG_STATE');
  });
});

describe('a card photographed and not confirmed is forgotten', () => {
  const cropThere = (st: TestStation, pictureId: string) =>
    codeOf(st.as('invigilator').checkin.cardPictureCrop({ pictureId, which: 'card' }));
  const photographed = async () => {
    const st = await atTheDoor();
    const { pictureId } = await photograph(st, { fields: cardOf(st, 'C01'), portrait: 'face C01 1 0' });
    expect(await cropThere(st, pictureId)).toBe('ok');
    return { st, pictureId };
  };

  test('when the desk leaves it', async () => {
    const { st, pictureId } = await photographed();
    await checkin(st).forgetCardPicture({ roomId: ROOM });
    expect(await cropThere(st, pictureId)).toBe('NO_SUCH_IMAGE');
    const fields = confirmed(cardOf(st, 'C01'));
    expect(await codeOf(checkin(st).confirmCardPicture({ roomId: ROOM, pictureId, fields }))).toBe('NO_SUCH_PICTURE');
  });

  test('after three minutes, and not before', async () => {
    const { st, pictureId } = await photographed();
    st.clock.advance(3 * 60_000);
    st.tick();
    expect(await cropThere(st, pictureId)).toBe('ok');
    st.clock.advance(1);
    st.tick();
    expect(await cropThere(st, pictureId)).toBe('NO_SUCH_IMAGE');
  });

  test('when whoever photographed it signs out; not when somebody at another window does', async () => {
    const { st, pictureId } = await photographed();
    await st.as('supervisor').staff.signOut();
    expect(await cropThere(st, pictureId)).toBe('ok');
    await st.as('door').staff.signOut();
    expect(await cropThere(st, pictureId)).toBe('NO_SUCH_IMAGE');
  });

  test('when another signs in at the same window', async () => {
    const { st, pictureId } = await photographed();
    const { staffId } = st.member('invigilator');
    await st.as('door').staff.signIn({ staffId, pin: PIN, desk: 'door' });
    expect(await cropThere(st, pictureId)).toBe('NO_SUCH_IMAGE');
  });

  test('also while it is still being read', async () => {
    const { promise: read, resolve: answer } = Promise.withResolvers<Awaited<ReturnType<CardCamera['read']>>>();
    const camera: CardCamera = { ...fakeCardCamera(), read: () => read };
    const doors: Doors = new Map();
    const deps = { doors, sessionAt: () => null, cardCamera: async () => ok(camera), clock: new ManualClock(0) };
    const caller = { connectionId: 'window', member: null, desk: '', from: '' } as unknown as Caller;
    const at = { roomId: ROOM, lane: 1 };
    const pictured = cardPictured(deps as unknown as CheckinDeps, caller, at, new Uint8Array());
    forgetCardPicture(doorState(doors, at));
    const fields = { name: '张一（样本）' };
    answer(await fakeCardCamera().read(new Uint8Array(await pictureOfCard({ fields }).arrayBuffer())));
    expect(await pictured).toMatchObject({ ok: true, value: { fields: [], portrait: false } });
    expect(doorState(doors, at).cardPicture).toBeNull();
  });
});

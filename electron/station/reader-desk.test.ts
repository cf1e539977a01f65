import { afterEach, describe, expect, test, vi } from 'vitest';
import { sampleCard } from '../../resources/sample-day/sample-card.ts';
import { attemptAt, identify, OTHER_ROOM, openDoor, ROOM } from '../../test/harness/exam-day.ts';
import { FAKE_READER } from '../../test/harness/fake-reader.ts';
import { openTestStation, PASSPHRASE, type TestStation } from '../../test/harness/open-station.ts';
import { residentCardText } from '../devices/id-reader/cards.ts';

afterEach(() => void vi.restoreAllMocks());

/** No entry of the door can be written any more, as on a full disk; the returned function makes room. */
function fillTheDisk(st: TestStation): () => void {
  st.station.db.raw.exec(
    `CREATE TRIGGER full BEFORE INSERT ON journal_entries WHEN NEW.event LIKE 'checkin.%'
     BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
  );
  return () => void st.station.db.raw.exec('DROP TRIGGER full');
}
const complaints = () => vi.spyOn(console, 'error').mockImplementation(() => {});

describe('a journal that cannot be written', () => {
  test('does not keep the door from showing that the reader is lost, and is said on the console', async () => {
    const st = await openTestStation();
    await openDoor(st);
    const lane = () => st.as('door').checkin.lane({ roomId: ROOM });
    await lane();
    const said = complaints();
    fillTheDisk(st);
    st.reader.report({ kind: 'lost', reason: 'unplugged', sinceMs: 0 });
    st.reader.trouble({ command: 'find-card', code: 'silent', status: null });
    expect((await lane()).reader).toEqual({ kind: 'lost', reason: 'unplugged' });
    expect(said.mock.calls).toEqual(
      Array(2).fill(['a fact about the reader was not put on record:', 'database or disk is full']),
    );
  });

  test('costs one card, which stands nowhere; nothing of the person is said, and the card laid again is read', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await st.as('door').checkin.lane({ roomId: ROOM });
    const said = complaints();
    const makeRoom = fillTheDisk(st);
    const text = residentCardText(sampleCard(st.candidate('C01')));
    st.reader.present({ text, photo: null, samId: null, readAtMs: 0 });
    await vi.waitFor(() => expect(said).toHaveBeenCalledTimes(1));
    expect(said.mock.calls).toEqual([['a card could not be taken up:', 'database or disk is full']]);
    expect((await st.as('door').checkin.lane({ roomId: ROOM })).attempt).toBeNull();
    makeRoom();
    expect((await identify(st, 'C01')).candidateId).toBe('C01');
  });

  test('leaves the attempt before at the door when it could not be closed for the next card', async () => {
    const st = await openTestStation();
    await openDoor(st);
    const { attemptId } = await identify(st, 'C01');
    const said = complaints();
    const makeRoom = fillTheDisk(st);
    const text = residentCardText(sampleCard(st.candidate('C02')));
    st.reader.present({ text, photo: null, samId: null, readAtMs: 0 });
    await vi.waitFor(() => expect(said).toHaveBeenCalled());
    makeRoom();
    expect(await attemptAt(st)).toMatchObject({ attemptId, outcome: null });
    await st.placeCard('C02');
    expect((await attemptAt(st)).candidateId).toBe('C02');
  });
});

describe('one reader and two doors', () => {
  const lane = (st: TestStation, roomId: typeof ROOM, again: boolean) => st.as('door').checkin.lane({ roomId, again });

  test('the reader stays with the door opened last, however often the other window asks again; the other says where it is', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await lane(st, OTHER_ROOM, false);
    await lane(st, ROOM, false);
    const elsewhere = { kind: 'elsewhere', lane: 1, roomName: st.plan.rooms.find((r) => r.roomId === ROOM)!.name };
    expect((await lane(st, OTHER_ROOM, true)).reader).toEqual(elsewhere);
    await st.placeCard('C01');
    expect((await lane(st, ROOM, true)).attempt?.candidateId).toBe('C01');
    expect((await lane(st, OTHER_ROOM, true)).attempt).toBeNull();

    expect((await lane(st, OTHER_ROOM, false)).reader).toEqual({ kind: 'waiting' });
    expect((await lane(st, ROOM, true)).reader.kind).toBe('elsewhere');
  });

  test('after a restart the first window that asks again has it', async () => {
    const st = await openTestStation();
    await lane(st, ROOM, false);
    await st.restart(PASSPHRASE);
    expect((await lane(st, OTHER_ROOM, true)).reader.kind).toBe('waiting');
    expect((await lane(st, ROOM, true)).reader.kind).toBe('elsewhere');
  });
});

describe('two readers and two lanes', () => {
  const SECOND = 'tcp:fake:2';
  const lanes = async () => {
    const st = await openTestStation();
    await st.as('site-lead').site.addReader({ label: '二号', address: SECOND });
    await openDoor(st);
    const lane = (n: number, again = false) => st.as('door').checkin.lane({ roomId: ROOM, lane: n, again });
    await lane(1);
    await lane(2);
    const lay = async (address: string, candidateId: string) => {
      const text = residentCardText(sampleCard(st.candidate(candidateId)));
      st.reader.at(address).present({ text, photo: null, samId: null, readAtMs: 0 });
      await vi.waitFor(() => expect(st.journal().at(-1)?.event).toBe('checkin.card-read'));
      st.journalEvents();
    };
    return { st, lane, lay };
  };

  test('each lane has its own reader, its cards and its troubles', async () => {
    const { st, lane, lay } = await lanes();
    await lay(FAKE_READER, 'C01');
    await lay(SECOND, 'C02');
    expect((await lane(1, true)).attempt?.candidateId).toBe('C01');
    expect((await lane(2, true)).attempt?.candidateId).toBe('C02');
    st.reader.at(SECOND).report({ kind: 'lost', reason: 'unplugged', sinceMs: 0 });
    expect([(await lane(1, true)).reader, (await lane(2, true)).reader]).toEqual([
      { kind: 'waiting' },
      { kind: 'lost', reason: 'unplugged' },
    ]);
    expect(st.journal().at(-1)).toMatchObject({
      event: 'checkin.reader-state',
      data: { readerId: 'R2', state: 'lost' },
    });
  });

  test('the office names the one that is lost, in readiness and among the alarms', async () => {
    const { st } = await lanes();
    st.reader.at(SECOND).report({ kind: 'lost', reason: 'unplugged', sinceMs: 0 });
    const { sessionId } = st.plan.sessions[0]!;
    const { readiness, alarms } = await st.as('site-lead').session.overview({ sessionId });
    expect(readiness.find((i) => i.code === 'reader')).toEqual({
      code: 'reader',
      result: 'look',
      facts: { readers: '2', lost: '二号' },
    });
    expect(alarms.filter((a) => a.code === 'reader-lost').map((a) => a.facts.reader)).toEqual(['二号']);
  });

  test('readers that stand the other way round are told so, and change places', async () => {
    const { st, lane, lay } = await lanes();
    await st.as('site-lead').site.placeReader({ readerId: 'R2', roomId: ROOM, lane: 1 });
    await lay(SECOND, 'C01');
    expect((await lane(1, true)).attempt?.candidateId).toBe('C01');
    const { readers } = await st.as('site-lead').site.readers();
    expect(readers.map((r) => [r.readerId, r.door?.lane])).toEqual([
      ['R1', 2],
      ['R2', 1],
    ]);
  });

  test('a reader taken off the list frees its lane for another', async () => {
    const { st, lane } = await lanes();
    await st.as('site-lead').site.removeReader({ readerId: 'R1' });
    expect((await lane(1, true)).reader.kind).toBe('elsewhere');
    await st.as('site-lead').site.addReader({ label: '三号', address: 'tcp:fake:3' });
    expect((await lane(1, true)).reader.kind).toBe('waiting');
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDoor } from '../../../test/harness/exam-day.ts';
import { TestCentre } from '../../../test/harness/open-centre.ts';
import { codeOf, openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { cosignedAt } from '../../journal/cosignature.ts';
import { ed25519PublicKey, rawPublicKey } from '../../lib/ssh-key-text.ts';
import { CENTRE_KEY } from '../plan/plan-fixture.ts';
import { lastCosigned } from './cosigned-store.ts';

let it: TestCentre;
beforeEach(async () => {
  it = new TestCentre();
  await it.open();
});
afterEach(() => it.remove());

const delivery = (st: TestStation) => st.as('site-lead').delivery;
const setTo = (st: TestStation, address: string | null) =>
  delivery(st).saveSetting({ address, limitKBps: null, hours: null });
const standing = (st: TestStation) => delivery(st).checkpoint();

/** A station the centre knows, with the address set. */
async function known(): Promise<TestStation> {
  const st = await openTestStation();
  await it.knows(st);
  await setTo(st, it.address);
  return st;
}

/** The station's seconds pass until its checkpoints stand like this. */
const until = (st: TestStation, kind: string, advanceMs = 1_000) =>
  expect
    .poll(
      async () => {
        st.clock.advance(advanceMs);
        st.station.tick();
        return (await standing(st)).way.kind;
      },
      { timeout: 15_000, interval: 10 },
    )
    .toBe(kind);

const refusals = (st: TestStation) =>
  st
    .journal()
    .filter((e) => e.event === 'delivery.checkpoint-refused')
    .map((e) => (e.data as { code: string }).code);

test('the newest checkpoint goes to the centre by itself, and what comes back is its cosignature', async () => {
  const st = await known();
  await until(st, 'left');
  const { newest, left } = await standing(st);
  expect(left).toEqual({ size: newest!.size, atMs: it.nowMs, witness: '样本鉴定中心' });
  const kept = lastCosigned(st.station.db)!;
  const centreKey = ed25519PublicKey(rawPublicKey(CENTRE_KEY));
  expect(cosignedAt(kept.note, centreKey)).toEqual({ name: '样本鉴定中心', seconds: it.nowMs / 1000 });
  const size = st.journal().length;
  for (let i = 0; i < 600; i += 1) {
    st.clock.advance(1_000);
    st.station.tick();
  }
  // Sending leaves no entries behind: a station where nothing happens signs and sends nothing more.
  expect(st.journal()).toHaveLength(size);
});

test('a session that opens has its checkpoint at once', async () => {
  const st = await known();
  await until(st, 'left');
  await openDoor(st);
  const before = (await standing(st)).newest!.size;
  st.station.tick();
  expect((await standing(st)).newest!.size).toBeGreaterThan(before);
  await until(st, 'left', 10);
});

test('sent by a person: everything so far is under it, and the person hears whether it left', async () => {
  const st = await known();
  await until(st, 'left');
  await openDoor(st);
  const size = st.journal().length;
  const sent = await delivery(st).sendCheckpoint();
  expect(sent).toMatchObject({ newest: { size }, left: { size }, way: { kind: 'left' } });
  expect(st.journal().at(-1)).toMatchObject({ event: 'delivery.checkpoint-sent', data: { size } });
  it.between = () => 'cut';
  const cut = await delivery(st).sendCheckpoint();
  expect(cut).toMatchObject({
    newest: { size: size + 1 },
    left: { size },
    way: { kind: 'trying-again', problem: 'CENTRE_UNREACHABLE' },
  });
  expect(st.journal()).toHaveLength(size + 1);
  await setTo(st, null);
  expect((await delivery(st).sendCheckpoint()).way).toEqual({ kind: 'off' });
  expect(await codeOf(st.as('door').delivery.sendCheckpoint())).toBe('FORBIDDEN');
});

test('waits grow while the centre is away; the newest one goes once it is back, over what an answer lost on its way', async () => {
  const st = await known();
  let asked = 0;
  it.between = (path) => {
    if (path === 'POST /add-checkpoint') asked += 1;
    return 'away';
  };
  await until(st, 'trying-again');
  for (let i = 0; i < 120; i += 1) {
    st.clock.advance(1_000);
    st.station.tick();
    await delivery(st).checkpoint();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(asked).toBeLessThan(12);
  it.between = () => 'pass';
  await until(st, 'left', 60_000);
  // The centre has it, and the station does not know: as when the answer was lost.
  st.station.db.raw.exec('DROP TRIGGER cosigned_checkpoints_no_delete; DELETE FROM cosigned_checkpoints');
  await until(st, 'left', 60_000);
  expect(refusals(st)).toEqual([]);
});

test('a centre that saw a longer journal, or another: on record once, and never taken as cosigned', async () => {
  const st = await known();
  await until(st, 'left');
  const { left } = await standing(st);
  const row = await it.centre.db.selectFrom('seen_checkpoints').selectAll().executeTakeFirstOrThrow();
  await it.centre.db
    .insertInto('seen_checkpoints')
    .values({ ...row, size: 5_000 })
    .execute();
  await openDoor(st);
  await until(st, 'trying-again');
  expect((await standing(st)).way).toMatchObject({ problem: 'JOURNAL_AHEAD' });
  await it.centre.db.deleteFrom('seen_checkpoints').where('size', '=', 5_000).execute();
  await it.centre.db
    .updateTable('seen_checkpoints')
    .set({ root: Buffer.alloc(32, 7).toString('base64') })
    .execute();
  await expect
    .poll(async () => {
      st.clock.advance(400_000);
      st.station.tick();
      return refusals(st);
    })
    .toEqual(['JOURNAL_AHEAD', 'JOURNAL_DIFFERS']);
  expect((await standing(st)).left).toEqual(left);
});

test.each<[string, string, (st: TestStation) => Promise<unknown>]>([
  ['an unknown station', 'STATION_UNKNOWN', () => it.centre.db.deleteFrom('station_keys').execute()],
  [
    'a centre that signs with a key that is not on its card',
    'COSIGNATURE_UNSOUND',
    async (st) => {
      await it.remove();
      it = new TestCentre({ receiptKey: generateKeyPairSync('ed25519').privateKey });
      await it.open();
      await it.knows(st);
      await setTo(st, it.address);
    },
  ],
])('%s', async (_what, problem, change) => {
  const st = await openTestStation();
  await it.knows(st);
  await change(st);
  await setTo(st, it.address);
  await until(st, 'trying-again');
  expect((await standing(st)).way).toMatchObject({ problem });
  expect((await standing(st)).left).toBeNull();
  expect(refusals(st)).toEqual([problem]);
});

import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { S1, signedOffSession } from '../../../test/harness/exam-day.ts';
import { TestCentre } from '../../../test/harness/open-centre.ts';
import { openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { seal } from '../archive/closing-calls.ts';

let at: TestCentre;
let st: TestStation;
let bundleId: string;
let bundleDir: string;
const delivery = () => st.as('site-lead').delivery;
const state = async () => (await delivery().of({ sessionId: S1 }))[0]!.state;

/** The station's minutes pass until its delivery stands like this. */
async function until(kind: string): Promise<void> {
  const look = async () => {
    st.clock.advance(60_000);
    st.station.tick();
    return (await state()).kind;
  };
  await expect.poll(look, { timeout: 20_000, interval: 20 }).toBe(kind);
}
const uploads = () => at.centre.db.selectFrom('uploads').select(['upload_id', 'state', 'size_bytes']).execute();

/** An upload that the centre has opened, and not a byte of which came through. */
beforeEach(async () => {
  at = new TestCentre();
  await at.open();
  at.between = (path) => (path.startsWith('PATCH') ? 'cut' : 'pass');
  st = await openTestStation();
  await signedOffSession(st);
  const bundle = await seal(st);
  [bundleId, bundleDir] = [bundle.bundleId, bundle.folder];
  await at.knows(st, [S1]);
  await delivery().saveSetting({ address: at.address, limitKBps: null, hours: null });
  await expect.poll(async () => (await uploads()).length, { timeout: 20_000 }).toBe(1);
  await expect.poll(async () => (await state()).kind, { timeout: 20_000 }).toBe('waiting');
}, 60_000);
afterEach(() => at.remove());

test('what expired at the centre is sent from its beginning by itself, and said on both sides', async () => {
  await at.centre.db.updateTable('uploads').set({ created_ms: 0 }).execute();
  const { port } = at;
  await at.shut();
  await at.open(port);
  expect((await uploads()).map((u) => u.state)).toEqual(['expired']);
  expect(readdirSync(join(at.folder, 'uploads'))).toEqual([]);
  const page = await (await fetch(at.address)).text();
  expect(page).toContain('没传完，已过保留期');
  expect(page).toContain('没传完的保留 14 天');
  at.between = () => 'pass';
  await until('delivered');
  // The receipt is there before the upload's own row says so.
  await at.centre.settled();
  expect((await uploads()).map((u) => u.state).toSorted()).toEqual(['accepted', 'sent-again']);
  expect(st.journalEvents().filter((e) => e.startsWith('delivery.upload'))).toEqual([
    'delivery.upload-begun',
    'delivery.upload-lost',
    'delivery.upload-begun',
    'delivery.upload-arrived',
  ]);
});

test('an archive that came torn waits for a person, who has our own copy checked before it goes again', async () => {
  const [upload] = await uploads();
  writeFileSync(join(at.folder, 'uploads', upload!.upload_id), Buffer.alloc(upload!.size_bytes, 1));
  at.between = () => 'pass';
  await until('refused');
  expect(await state()).toEqual({ kind: 'refused', refusals: [{ code: 'ARCHIVE_BROKEN', claims: [] }] });

  const index = join(bundleDir, 'data/index.json.age');
  const { length } = readFileSync(index);
  appendFileSync(index, 'x');
  expect((await delivery().checkAndResume({ bundleId })).state).toMatchObject({
    kind: 'refused',
    refusals: [{ code: 'BUNDLE_CHANGED', claims: expect.arrayContaining(['complete.2']) }],
  });
  for (let i = 0; i < 3; i += 1) st.station.tick();
  expect((await state()).kind).toBe('refused');

  truncateSync(index, length);
  await delivery().checkAndResume({ bundleId });
  await until('delivered');
  const told = st.journalEvents().filter((e) => /refused|damaged|resumed|kept/.test(e) && e.startsWith('delivery.'));
  expect(told).toEqual([
    'delivery.refused-by-centre',
    'delivery.own-copy-damaged',
    'delivery.resumed',
    'delivery.receipt-kept',
  ]);
});

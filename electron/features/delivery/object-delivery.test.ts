import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { S1, signedOffSession } from '../../../test/harness/exam-day.ts';
import { TestCentre } from '../../../test/harness/open-centre.ts';
import { codeOf, openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { noSwift, Swift } from '../../../test/peers/swift.ts';
import { seal } from '../archive/closing-calls.ts';

const delivery = (st: TestStation) => st.as('site-lead').delivery;
const stateOf = async (st: TestStation) => (await delivery(st).of({ sessionId: S1 }))[0]!.state;

/** The station's seconds pass until its delivery stands like this. */
const until = (st: TestStation, kind: string) =>
  expect
    .poll(
      async () => {
        st.clock.advance(1_000);
        st.station.tick();
        return (await stateOf(st)).kind;
      },
      { timeout: 30_000, interval: 50 },
    )
    .toBe(kind);

describe.skipIf(noSwift !== null)(
  `a bundle for a centre with object storage${noSwift === null ? '' : ` (${noSwift})`}`,
  () => {
    let swift: Swift;
    let it: TestCentre;
    beforeAll(async () => {
      swift = await Swift.open();
    }, 60_000);
    afterAll(() => swift?.remove());
    beforeEach(async () => {
      it = new TestCentre({ objectStore: swift.store });
      await it.open();
    });
    afterEach(() => it.remove());

    test('waits for the secret key, goes into the bucket, and comes to rest with the centre’s receipt', async () => {
      const st = await openTestStation();
      await signedOffSession(st);
      const { bundleId } = await seal(st);
      await it.knows(st, [S1]);
      const { secretAccessKey, ...objectStore } = swift.store;
      const setting = { address: it.address, limitKBps: null, hours: null };
      const plain = { ...setting, objectStore: { ...objectStore, endpoint: 'http://store.example' } };
      expect(await codeOf(delivery(st).saveSetting(plain))).toBe('ADDRESS_UNUSABLE');
      await delivery(st).saveSetting({ ...setting, objectStore });
      expect(await stateOf(st)).toMatchObject({ kind: 'waiting', why: 'store-key' });
      expect((await delivery(st).tryAddress()).store).toBe('no-key');

      await delivery(st).saveStoreKey({ secretAccessKey: 'other' });
      expect((await delivery(st).tryAddress()).store).toBe('denied');
      await until(st, 'refused');
      expect(await stateOf(st)).toEqual({ kind: 'refused', refusals: [{ code: 'STORE_DENIED', claims: [] }] });

      await delivery(st).saveStoreKey({ secretAccessKey });
      expect(await delivery(st).tryAddress()).toEqual({ answers: true, store: 'answers' });
      await delivery(st).resume({ bundleId });
      await until(st, 'delivered');
      // Nowhere in the clear: not on record, not in the settings.
      const settings = st.station.db.prepare('SELECT value FROM settings').all();
      expect(JSON.stringify([st.journal(), settings, await delivery(st).setting()])).not.toContain(secretAccessKey);
      const uploads = await it.centre.db.selectFrom('uploads').select(['upload_id', 'state']).execute();
      expect(uploads).toEqual([
        { upload_id: expect.stringMatching(/^bundles\/KD-TEST-1\/.*\.tar$/), state: 'accepted' },
      ]);
    }, 120_000);
  },
);

import { cpSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { S1, signedOffSession } from '../../../test/harness/exam-day.ts';
import { TestCentre } from '../../../test/harness/open-centre.ts';
import { codeOf, openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { ed25519PrivateKey } from '../../lib/ssh-key-text.ts';
import { seal } from '../archive/closing-calls.ts';
import { CENTRE_KEY } from '../plan/plan-fixture.ts';
import type { Delivery } from './contract.ts';
import { signReceipt } from './receipt.ts';
import { addressFault, afterFailure, isToCome, mayBeSentAt, waitAfter } from './rules.ts';
import type { SendError } from './send-archive.ts';

let it: TestCentre;

const delivery = (st: TestStation) => st.as('site-lead').delivery;
const one = async (st: TestStation): Promise<Delivery> => (await delivery(st).of({ sessionId: S1 }))[0]!;
const stationOf = (st: TestStation): string =>
  (st.journal().find((e) => e.event === 'site.created')!.data as { stationId: string }).stationId;
const kindOf = async (st: TestStation) => (await one(st)).state.kind;

/** A sealed session at a station the centre knows, with the address set. */
async function sealed(address = it.address): Promise<{ st: TestStation; bundleId: string }> {
  const st = await openTestStation();
  await signedOffSession(st);
  const { bundleId } = await seal(st);
  await it.knows(st, [S1]);
  await delivery(st).saveSetting({ address, limitKBps: null, hours: null });
  return { st, bundleId };
}

/** The station's seconds pass until its delivery stands like this. */
async function until(st: TestStation, kind: Delivery['state']['kind']): Promise<Delivery> {
  await expect
    .poll(
      async () => {
        st.clock.advance(1_000);
        st.station.tick();
        return kindOf(st);
      },
      { timeout: 15_000, interval: 20 },
    )
    .toBe(kind);
  return one(st);
}

describe('a sealed bundle', () => {
  beforeEach(async () => {
    it = new TestCentre();
    await it.open();
  });
  afterEach(() => it.remove());

  test('goes to the centre by itself, and comes to rest with the receipt', async () => {
    const { st, bundleId } = await sealed();
    const { state, sentBytes, totalBytes } = await until(st, 'delivered');
    expect(state).toMatchObject({
      kind: 'delivered',
      receipt: { receiptNumber: 'HZ-20260529-0001', centre: '样本鉴定中心', opened: true, by: 'upload' },
    });
    if (state.kind !== 'delivered') throw new Error();
    expect(state.receipt.declaredMissing).toBe(state.receipt.ownMissing);
    expect(sentBytes).toBe(totalBytes);
    const events = st.journalEvents().filter((e) => e.startsWith('delivery.'));
    expect(events).toEqual([
      'delivery.setting-changed',
      'delivery.upload-begun',
      'delivery.upload-arrived',
      'delivery.receipt-kept',
    ]);
    expect(await delivery(st).receipt({ bundleId })).toMatchObject({
      signature: expect.stringContaining('SSH SIGNATURE'),
    });
  });

  test('is not sent while there is no address, while paused, and out of hours', async () => {
    const { st, bundleId } = await sealed();
    it.between = () => 'away';
    await delivery(st).saveSetting({ address: null, limitKBps: null, hours: null });
    expect(await kindOf(st)).toBe('off');
    const address = it.address;
    await delivery(st).pause({ bundleId });
    await delivery(st).saveSetting({ address, limitKBps: null, hours: null });
    expect((await one(st)).state).toMatchObject({ kind: 'waiting', why: 'paused' });
    const hour = Math.floor((st.clock.wallMs() + 8 * 3_600_000) / 3_600_000) % 24;
    await delivery(st).saveSetting({ address, limitKBps: null, hours: { from: (hour + 2) % 24, to: (hour + 3) % 24 } });
    await delivery(st).resume({ bundleId });
    expect((await one(st)).state).toMatchObject({ kind: 'waiting', why: 'hours' });
    it.between = () => 'pass';
    st.clock.advance(2 * 3_600_000);
    await until(st, 'delivered');
  });

  test('outlasts a network that fails, a centre that is away, and one that is restarted', async () => {
    const { st } = await sealed();
    let failures = 0;
    it.between = (path) => {
      if (failures >= 6) return 'pass';
      failures += 1;
      return path.startsWith('PATCH') || failures % 2 === 0 ? 'cut' : 'away';
    };
    const at = it.port;
    await expect
      .poll(
        async () => {
          st.clock.advance(60_000);
          st.station.tick();
          return failures;
        },
        { timeout: 15_000, interval: 20 },
      )
      .toBeGreaterThanOrEqual(3);
    await it.shut();
    await it.open(at);
    await expect
      .poll(
        async () => {
          st.clock.advance(60_000);
          st.station.tick();
          return kindOf(st);
        },
        { timeout: 15_000, interval: 20 },
      )
      .toBe('delivered');
    const kept = st.journal().filter((e) => e.event === 'delivery.receipt-kept');
    expect(kept).toHaveLength(1);
  });

  test('that the centre refuses stops, says why, and goes again only when a person says so', async () => {
    const { st, bundleId } = await sealed();
    await it.centre.db.deleteFrom('planned_sessions').execute();
    const { state } = await until(st, 'refused');
    expect(state).toEqual({ kind: 'refused', refusals: [{ code: 'SESSION_NOT_PLANNED', claims: [] }] });
    for (let i = 0; i < 5; i += 1) st.station.tick();
    expect(await kindOf(st)).toBe('refused');
    await it.centre.expect(stationOf(st), [S1]);
    await delivery(st).resume({ bundleId });
    await until(st, 'delivered');
    expect(st.journalEvents().filter((e) => e.startsWith('delivery.'))).toEqual([
      'delivery.setting-changed',
      'delivery.upload-begun',
      'delivery.upload-arrived',
      'delivery.refused-by-centre',
      'delivery.resumed',
      'delivery.upload-begun',
      'delivery.upload-arrived',
      'delivery.receipt-kept',
    ]);
  });

  test('that was taken to the centre on a disk has its receipt from a file, checked like any other', async () => {
    const { st, bundleId } = await sealed();
    await delivery(st).saveSetting({ address: null, limitKBps: null, hours: null });
    const { folder: dir } = (await st.as('site-lead').archive.bundles())[0]!;
    const taken = await it.centre.receiveFolder(dir, async (from, to) => cpSync(from, to, { recursive: true }));
    if (!taken.ok) throw new Error(JSON.stringify(taken.error));
    const { text, signature } = taken.value;
    const forged = { bundleId, text: text.replace('0001', '0009'), signature };
    expect(await codeOf(delivery(st).keepReceipt(forged))).toBe('RECEIPT_NOT_SIGNED');
    expect(await codeOf(delivery(st).keepReceipt({ bundleId, text: '{}', signature }))).toBe('RECEIPT_MALFORMED');
    const stranger = signReceipt(JSON.parse(text), ed25519PrivateKey(Buffer.alloc(32, 99)));
    expect(await codeOf(delivery(st).keepReceipt({ bundleId, ...stranger }))).toBe('RECEIPT_OTHER_KEY');
    const other = signReceipt({ ...JSON.parse(text), tagManifestSha256: 'a'.repeat(64) }, CENTRE_KEY);
    expect(await codeOf(delivery(st).keepReceipt({ bundleId, ...other }))).toBe('RECEIPT_OTHER_BUNDLE');
    expect(await kindOf(st)).toBe('off');
    expect(await delivery(st).keepReceipt({ bundleId, text, signature })).toMatchObject({
      state: { kind: 'delivered', receipt: { by: 'file' } },
    });
    expect(st.journalEvents().filter((e) => e.startsWith('delivery.receipt'))).toEqual([
      ...Array(4).fill('delivery.receipt-refused'),
      'delivery.receipt-kept',
    ]);
  });
});

describe('rules', () => {
  const at = (hour: number) => Date.UTC(2026, 4, 16, hour - 8, 30);
  test.each([
    [null, 3, true],
    [{ from: 5, to: 5 }, 17, true],
    [{ from: 18, to: 22 }, 17, false],
    [{ from: 18, to: 22 }, 18, true],
    [{ from: 18, to: 22 }, 22, false],
    [{ from: 22, to: 6 }, 23, true],
    [{ from: 22, to: 6 }, 5, true],
    [{ from: 22, to: 6 }, 6, false],
    [{ from: 22, to: 6 }, 12, false],
  ])('hours %o at %i: %s', (hours, hour, may) => {
    expect(mayBeSentAt(hours, at(hour))).toBe(may);
  });

  test.each([
    ['now', 0, false],
    ['in a second', 1_000, true],
    ['in five minutes', 300_000, true],
    ['tomorrow: the clock was set back', 86_400_000, false],
    ['long ago: the clock was set forward', -86_400_000, false],
  ])('the next try is %s', (_when, aheadMs, toCome) => {
    expect(isToCome(at(9) + aheadMs, at(9))).toBe(toCome);
  });

  test('waits double up to five minutes, and chance takes off up to half', () => {
    expect([1, 2, 3, 8, 9, 100].map((n) => waitAfter(n, 0))).toEqual([2_000, 4_000, 8_000, 256_000, 300_000, 300_000]);
    expect(waitAfter(2, 1)).toBe(2_000);
  });

  test.each([
    ['https://centre.example', null],
    ['https://centre.example:8443/', null],
    ['http://127.0.0.1:9', null],
    ['http://[::1]:9', null],
    ['http://centre.example', 'not-https'],
    ['ftp://centre.example', 'not-https'],
    ['https://user:word@centre.example', 'not-an-address'],
    ['https://centre.example/path', 'not-an-address'],
    ['centre.example', 'not-an-address'],
    ['', 'not-an-address'],
  ])('the address %s: %s', (address, fault) => {
    expect(addressFault(address)).toBe(fault);
  });

  const refused = (status: number, reason = ''): SendError => ({ code: 'CENTRE_REFUSED', status, reason });
  test.each<[SendError, string]>([
    [{ code: 'STOPPED' }, 'rest'],
    [{ code: 'CENTRE_UNREACHABLE' }, 'try-later'],
    [{ code: 'BUNDLE_CHANGED' }, 'refused'],
    [refused(409, 'ALREADY_ACCEPTED'), 'ask-now'],
    [refused(409, 'BEING_CHECKED'), 'ask-now'],
    [refused(409), 'try-later'],
    [refused(404), 'start-over'],
    [refused(410), 'start-over'],
    [refused(507, 'CENTRE_FULL'), 'try-later'],
    [refused(403, 'STATION_UNKNOWN'), 'refused'],
    [refused(413), 'refused'],
  ])('after %o: %s', (error, kind) => {
    expect(afterFailure(error).kind).toBe(kind);
  });
});

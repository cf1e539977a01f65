import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { codeOf, openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { startCentre } from '../../../test/peers/live-centre.ts';
import { paperRouter } from '../../../test/peers/paper-router.ts';
import type { ServedLiveCentre } from '../../centre-live/serve-live.ts';
import type { FromWall, ToWall } from '../../contract/live-wall.ts';
import { RoomId } from '../../lib/ids.ts';
import { CENTRE_KEY } from '../plan/plan-fixture.ts';

const roomId = RoomId.parse('201');
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

async function centreOf(options: { signing?: Parameters<typeof startCentre>[0]['signing']; port?: number } = {}) {
  const router = paperRouter();
  const centre = await startCentre({ signing: CENTRE_KEY, ...options, router });
  opened.push(centre);
  return Object.assign(centre, { router });
}

/** A page of the wall without a browser: what it was told last, and a way to speak. */
async function wallOf(centre: ServedLiveCentre) {
  const origin = `http://127.0.0.1:${centre.port}`;
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/live/wall`, { origin });
  opened.push({ close: () => socket.terminate() });
  const wall = { stations: [], requests: [], views: [], kind: 'wall' } as ToWall & { kind: 'wall' };
  const over: string[] = [];
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ToWall;
    if (message.kind === 'wall') Object.assign(wall, message);
    if (message.kind === 'view-over') over.push(message.reason);
  });
  const tell = (message: FromWall) => socket.send(JSON.stringify(message));
  await new Promise((resolve) => socket.once('open', resolve));
  tell({ kind: 'enter', key: 'specimen-wall-key', by: { name: '周督（样本）', duty: '质量督导员' } });
  const ask = (kind: 'view' | 'question' | 'still', text = '') =>
    tell({ kind: 'ask', stationId: 'KD-TEST-1', roomId, cameraId: null, ask: kind, text });
  return { wall, over, tell, ask };
}

/** A station with its session open, its line to the centre standing. */
async function linked(st: TestStation, centre: ServedLiveCentre, views: 'ask' | 'allow' = 'ask') {
  const lead = st.as('site-lead');
  await lead.session.open({ sessionId: st.plan.sessions[0]!.sessionId });
  await lead.supervision.setLive({ way: 'centre', address: centre.stationAddress, views });
  await vi.waitFor(async () => expect((await lead.supervision.state()).line.kind).toBe('open'), 5_000);
  st.tick();
  return lead;
}
const supervision = (st: TestStation) =>
  st.journal().flatMap((e) => (e.event.startsWith('supervision.') ? [e.event.slice('supervision.'.length)] : []));

describe('the line', () => {
  test('both sides prove themselves; the wall sees rooms and sessions, and nobody of them', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const centre = await centreOf();
    await linked(st, centre);
    const { wall } = await wallOf(centre);
    await vi.waitFor(() =>
      expect(wall.stations[0]?.rooms[0]).toMatchObject({ roomId: '201', session: { state: 'open' } }),
    );
    const told = JSON.stringify(wall);
    for (const { name, documentNumber } of st.plan.candidates) {
      expect(told).not.toContain(name);
      expect(told).not.toContain(documentNumber);
    }
  });

  test('a centre that cannot prove itself by the key on its card gets nothing', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const centre = await centreOf({ signing: generateKeyPairSync('ed25519').privateKey });
    const lead = st.as('site-lead');
    await lead.supervision.setLive({ way: 'centre', address: centre.stationAddress, views: 'allow' });
    await vi.waitFor(async () =>
      expect((await lead.supervision.state()).line).toMatchObject({ kind: 'waiting', reason: 'bad-proof' }),
    );
    expect(centre.live.floor.stations.get('KD-TEST-1')?.rooms ?? []).toEqual([]);
  });

  test('only the lead sets it, and never to an address in the clear', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const wish = { way: 'centre', address: 'ws://10.0.0.1/live', views: 'ask' } as const;
    expect(await codeOf(st.as('supervisor').supervision.setLive(wish))).toBe('FORBIDDEN');
    expect(await codeOf(st.as('site-lead').supervision.setLive(wish))).toBe('UNENCRYPTED_ADDRESS');
    expect(supervision(st)).toEqual(['live-refused']);
  });

  test('a WHIP token is kept where no copy of the database shows it, and told to nobody', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const lead = st.as('site-lead');
    const address = 'https://media.example/{camera}';
    await lead.supervision.setLive({ way: 'whip', address, views: 'ask', token: 'specimen-token' });
    const rows = st.station.db.prepare("SELECT value FROM settings WHERE name = 'live'").all();
    expect(JSON.stringify(rows)).not.toContain('specimen-token');
    expect(JSON.stringify([await lead.supervision.state(), st.journal()])).not.toContain('specimen-token');
    expect((await lead.supervision.state()).settings.hasToken).toBe(true);
  });
});

describe('a look', () => {
  test('begins when the lead allows it, and ends when the centre ends it; both on record', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const centre = await centreOf();
    const lead = await linked(st, centre);
    const { wall, ask, tell } = await wallOf(centre);
    await vi.waitFor(() => expect(wall.stations[0]?.rooms.length).toBeGreaterThan(0));
    ask('view', '抽查');
    await vi.waitFor(async () => expect((await lead.supervision.state()).requests).toHaveLength(1));
    const desk = st.as('invigilator');
    const transport = { roomId, windowId: 'window-1', request: { kind: 'open-transport' } } as const;
    expect(await codeOf(desk.supervision.signal(transport))).toBe('SIGNAL_FAILED');
    expect(centre.router.asked).toEqual(['capabilities']);

    const [request] = (await lead.supervision.state()).requests;
    await lead.supervision.answer({ requestId: request!.requestId, yes: true });
    expect(await codeOf(lead.supervision.answer({ requestId: request!.requestId, yes: true }))).toBe(
      'REQUEST_ANSWERED',
    );
    expect(await desk.supervision.room({ roomId })).toMatchObject({
      wanted: true,
      views: [{ by: { name: '周督（样本）', duty: '质量督导员' } }],
    });
    expect((await desk.supervision.signal(transport)).kind).toBe('open-transport');
    await vi.waitFor(() => expect(wall.views).toHaveLength(1));
    tell({ kind: 'end-view', viewId: wall.views[0]!.viewId });
    await vi.waitFor(async () => expect((await desk.supervision.room({ roomId })).wanted).toBe(false));
    expect(supervision(st)).toEqual(['live-set', 'requested', 'answered', 'view-begun', 'view-ended']);
  });

  test('where the setting allows it, begins at once, and says so', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const centre = await centreOf();
    await linked(st, centre, 'allow');
    const { wall, ask } = await wallOf(centre);
    await vi.waitFor(() => expect(wall.stations[0]?.rooms.length).toBeGreaterThan(0));
    ask('view');
    await vi.waitFor(() => expect(wall.views).toHaveLength(1));
    const begun = st.journal().find((e) => e.event === 'supervision.view-begun');
    expect(begun?.data).toMatchObject({ allowedBy: 'setting', byName: '周督（样本）' });
  });

  test('outlasts a restart of the station while the centre holds it, and no longer than the grace without a line', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const centre = await centreOf();
    await linked(st, centre, 'allow');
    const { wall, ask } = await wallOf(centre);
    await vi.waitFor(() => expect(wall.stations[0]?.rooms.length).toBeGreaterThan(0));
    ask('view');
    await vi.waitFor(() => expect(wall.views).toHaveLength(1));
    await st.restart('specimen passphrase');
    const desk = st.as('invigilator');
    await vi.waitFor(async () => expect((await desk.supervision.room({ roomId })).line.kind).toBe('open'), 5_000);
    st.tick();
    expect((await desk.supervision.room({ roomId })).views).toHaveLength(1);

    await centre.close();
    await vi.waitFor(async () => expect((await desk.supervision.room({ roomId })).line.kind).toBe('waiting'), 5_000);
    st.clock.advance(29_000);
    st.tick();
    expect((await desk.supervision.room({ roomId })).wanted).toBe(true);
    st.clock.advance(2_000);
    st.tick();
    expect((await desk.supervision.room({ roomId })).wanted).toBe(false);
    expect(st.journal().findLast((e) => e.event === 'supervision.view-ended')?.data).toMatchObject({
      reason: 'line-lost',
    });
  });
});

describe('a still', () => {
  const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...new Uint8Array(100)]);

  test('is seen at the office before it leaves; sent, it is evidence and arrives', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const centre = await centreOf();
    const lead = await linked(st, centre);
    const { wall, ask } = await wallOf(centre);
    await vi.waitFor(() => expect(wall.stations[0]?.rooms.length).toBeGreaterThan(0));
    ask('still');
    await vi.waitFor(async () => expect((await lead.supervision.state()).requests).toHaveLength(1));
    const requestId = (await lead.supervision.state()).requests[0]!.requestId;
    const desk = st.as('invigilator');
    const put = (bytes: Uint8Array<ArrayBuffer>) =>
      desk.supervision.putStill({ requestId, takenAtMs: st.clock.wallMs(), still: new Blob([bytes]) });
    // Nobody has allowed it yet.
    expect(await codeOf(put(jpeg))).toBe('REQUEST_ANSWERED');
    await lead.supervision.answer({ requestId, yes: true });
    expect((await desk.supervision.room({ roomId })).stills).toHaveLength(1);
    expect(await codeOf(put(new Uint8Array(10)))).toBe('NOT_A_PICTURE');
    await put(jpeg);
    expect(wall.requests[0]?.outcome).toBeNull();
    expect((await lead.supervision.still({ requestId })).size).toBe(jpeg.length);
    await lead.supervision.sendStill({ requestId, send: true });
    await vi.waitFor(() => expect(wall.requests[0]?.outcome).toMatchObject({ kind: 'still' }));
    await vi.waitFor(async () =>
      expect((await lead.supervision.state()).requests[0]?.state).toMatchObject({ kind: 'answered', arrived: true }),
    );
    expect(supervision(st)).toEqual(['live-set', 'requested', 'still-taken', 'still-sent', 'answered']);
  });

  test('that the office does not send goes nowhere and is kept nowhere', async () => {
    const st = await openTestStation({ withoutFaces: true });
    const centre = await centreOf();
    const lead = await linked(st, centre);
    const { wall, ask } = await wallOf(centre);
    await vi.waitFor(() => expect(wall.stations[0]?.rooms.length).toBeGreaterThan(0));
    ask('still');
    await vi.waitFor(async () => expect((await lead.supervision.state()).requests).toHaveLength(1));
    const requestId = (await lead.supervision.state()).requests[0]!.requestId;
    await lead.supervision.answer({ requestId, yes: true });
    await st.as('invigilator').supervision.putStill({ requestId, takenAtMs: 0, still: new Blob([jpeg]) });
    await lead.supervision.sendStill({ requestId, send: false });
    await vi.waitFor(() => expect(wall.requests[0]?.outcome).toMatchObject({ kind: 'no', reason: 'declined' }));
    expect(await codeOf(lead.supervision.still({ requestId }))).toBe('NO_SUCH_IMAGE');
    expect(st.station.db.prepare("SELECT count(*) AS n FROM evidence WHERE kind = 'live-still'").get()).toEqual({
      n: 0,
    });
  });
});

test('an answer given while the centre is away arrives when it is back, once', async () => {
  const st = await openTestStation({ withoutFaces: true });
  const first = await centreOf();
  const lead = await linked(st, first);
  const { wall, ask } = await wallOf(first);
  await vi.waitFor(() => expect(wall.stations[0]?.rooms.length).toBeGreaterThan(0));
  ask('question', '缺考几人？');
  await vi.waitFor(async () => expect((await lead.supervision.state()).requests).toHaveLength(1));
  const requestId = (await lead.supervision.state()).requests[0]!.requestId;
  expect(await codeOf(lead.supervision.answer({ requestId, yes: true }))).toBe('TEXT_NEEDED');
  await first.close();
  await vi.waitFor(async () => expect((await lead.supervision.state()).line.kind).toBe('waiting'));
  await lead.supervision.answer({ requestId, yes: true, text: '一人' });
  const state = async () => (await lead.supervision.state()).requests[0]?.state;
  expect(await state()).toMatchObject({ kind: 'answered', arrived: false });
  await centreOf({ port: first.port });
  await vi.waitFor(async () => expect(await state()).toMatchObject({ arrived: true }), 10_000);
});

test('a centre that says what the protocol does not have is cut off, and that is on record', async () => {
  const st = await openTestStation({ withoutFaces: true });
  const centre = await centreOf();
  const lead = await linked(st, centre);
  const line = centre.live.floor.stations.get('KD-TEST-1')!;
  line.tell!({ kind: 'ask', roomId: '../x' } as never);
  await vi.waitFor(() => expect(supervision(st)).toContain('centre-misspoke'));
  expect((await lead.supervision.state()).requests).toEqual([]);
});

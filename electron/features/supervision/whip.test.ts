import { afterEach, expect, test } from 'vitest';
import { RTCPeerConnection, useVP8 as vp8 } from 'werift';
import { startWhipServer, type WhipServer } from '../../../test/peers/whip-server.ts';
import { whipAddress } from './rules.ts';
import { whipEnd, whipOffer, whipRestart } from './whip.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function server(token?: string): Promise<WhipServer> {
  const started = await startWhipServer(token === undefined ? {} : { token });
  opened.push(started);
  return started;
}
const at = (s: WhipServer) => whipAddress(s.address, { session: 'S1', room: '201', camera: 'CAM-1' });

/** An offer of one picture, as a room's window makes it. */
async function anOffer(): Promise<string> {
  const peer = new RTCPeerConnection({ codecs: { video: [vp8()] }, iceUseIpv6: false });
  opened.push(peer);
  peer.addTransceiver('video', { direction: 'sendonly' });
  await peer.setLocalDescription(await peer.createOffer());
  return peer.localDescription!.sdp;
}

test('an offer is taken with the token, and ended at the resource the server named', async () => {
  const s = await server('specimen-token');
  const taken = await whipOffer(at(s), 'specimen-token', await anOffer());
  if (!taken.ok) throw new Error(taken.error);
  expect(taken.value.sdp).toContain('a=recvonly');
  expect(s.open()).toEqual(['/whip/201/CAM-1']);
  await whipEnd(taken.value.session);
  expect(s.open()).toEqual([]);
  expect(s.seen.map((r) => `${r.method} ${r.status}`)).toEqual(['POST 201', 'DELETE 200']);
});

test('without the token, or where nothing listens, there is a reason and no exception', async () => {
  const s = await server('specimen-token');
  const offer = await anOffer();
  expect(await whipOffer(at(s), 'another', offer)).toEqual({ ok: false, error: 'refused' });
  expect(await whipOffer('http://127.0.0.1:9/whip', null, offer)).toEqual({ ok: false, error: 'no-line' });
});

test('a server that knows no restart refuses it, one that has lost the stream says gone: the window builds anew', async () => {
  const s = await server();
  const taken = await whipOffer(at(s), null, await anOffer());
  if (!taken.ok) throw new Error(taken.error);
  const fragment = 'a=ice-ufrag:ABCD\r\na=ice-pwd:289b31b754eaa438ca1ee0\r\n';
  expect(await whipRestart(taken.value.session, fragment)).toEqual({ ok: false, error: 'refused' });
  await s.lose();
  expect(await whipRestart(taken.value.session, fragment)).toEqual({ ok: false, error: 'gone' });
});

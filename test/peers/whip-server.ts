import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useH264 as h264, RTCPeerConnection, useVP8 as vp8 } from 'werift';
import { FrameKeeper } from './frame-keeper.ts';

interface Session {
  peer: RTCPeerConnection;
  path: string;
  restarts: number;
}

/** A WHIP endpoint (RFC 9725) on werift, for this machine: what it was sent, and by whom. */
export async function startWhipServer(options: { token?: string } = {}) {
  const frames = new FrameKeeper();
  const sessions = new Map<string, Session>();
  const seen: { method: string; path: string; status: number }[] = [];
  let next = 1;

  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const done = (status: number, headers: Record<string, string> = {}, body = '') => {
      seen.push({ method: request.method ?? '', path, status });
      response.writeHead(status, headers).end(body);
    };
    answer(request, path, done).catch((error: Error) => done(500, {}, error.message));
  });

  async function answer(
    request: IncomingMessage,
    path: string,
    done: (status: number, headers?: Record<string, string>, body?: string) => void,
  ): Promise<void> {
    const body = await textOf(request);
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`) return done(401);
    if (request.method === 'POST') {
      if (request.headers['content-type'] !== 'application/sdp') return done(415);
      const peer = new RTCPeerConnection({
        codecs: { video: [h264(), vp8()] },
        iceAdditionalHostAddresses: ['127.0.0.1'],
        iceUseIpv6: false,
      });
      peer.onTrack.subscribe((track) => {
        track.onReceiveRtp.subscribe((packet) => frames.packet(path, track.codec?.mimeType ?? '', packet));
      });
      await peer.setRemoteDescription({ type: 'offer', sdp: body });
      await peer.setLocalDescription(await peer.createAnswer());
      const id = String(next++);
      sessions.set(id, { peer, path, restarts: 0 });
      const location = `/resource/${id}`;
      return done(201, { 'content-type': 'application/sdp', location, etag: '"1"' }, peer.localDescription!.sdp);
    }
    const id = /^\/resource\/(\d+)$/.exec(path)?.[1] ?? '';
    const session = sessions.get(id);
    if (session === undefined) return done(404);
    if (request.method === 'DELETE') {
      sessions.delete(id);
      await session.peer.close();
      return done(200);
    }
    return done(405, { allow: 'DELETE' });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/whip/{room}/{camera}`,
    frames,
    seen,
    /** Streams that stand, by the path they were offered at. */
    open: () => [...sessions.values()].map((s) => s.path),
    /** The server loses a stream without a word. */
    async lose(): Promise<void> {
      for (const { peer } of sessions.values()) await peer.close();
      sessions.clear();
    },
    async close(): Promise<void> {
      for (const { peer } of sessions.values()) await peer.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export type WhipServer = Awaited<ReturnType<typeof startWhipServer>>;

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

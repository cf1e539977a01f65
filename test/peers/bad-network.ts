import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { MediaRouter } from '../../electron/centre-live/media-router.ts';

/**
 * What the network between a site and the router does. `slow`: so many bytes a second, what does not fit into a quarter of a
 * second is lost; `flapping`: away and back in turn.
 */
export type Weather =
  | { kind: 'fair' }
  | { kind: 'cut' }
  | { kind: 'slow'; bytesPerSecond: number; delayMs: number }
  | { kind: 'flapping'; awayMs: number; backMs: number };

export type BadNetwork = MediaRouter & {
  set(weather: Weather): void;
  /** Datagrams in both directions, those that were lost on the way, and restarts of ICE that were asked for. */
  counts(): { sent: number; lost: number; restarts: number };
};

/**
 * Puts a forwarder of datagrams between sites and a router: candidates of ways in name the forwarder. No privilege is needed,
 * and what goes to walls is left alone, so that what a wall sees is what came through. TCP candidates are left out.
 */
export function badNetwork(router: MediaRouter): BadNetwork {
  let weather: Weather = { kind: 'fair' };
  let since = performance.now();
  let level = 0;
  let levelAt = performance.now();
  const counts = { sent: 0, lost: 0, restarts: 0 };
  const sockets = new Set<Socket>();

  /** @returns how long a datagram of this size is on its way; null when it is lost */
  const passes = (bytes: number): number | null => {
    const now = performance.now();
    switch (weather.kind) {
      case 'fair':
        return 0;
      case 'cut':
        return null;
      case 'flapping':
        return (now - since) % (weather.awayMs + weather.backMs) < weather.awayMs ? null : 0;
      case 'slow': {
        level = Math.max(0, level - ((now - levelAt) / 1000) * weather.bytesPerSecond);
        levelAt = now;
        if (level + bytes > weather.bytesPerSecond / 4) return null;
        level += bytes;
        return weather.delayMs + (level / weather.bytesPerSecond) * 1000;
      }
    }
  };
  const carry = (data: Buffer, send: () => void): void => {
    counts.sent += 1;
    const delayMs = passes(data.length);
    if (delayMs === null) counts.lost += 1;
    else if (delayMs === 0) send();
    else setTimeout(send, delayMs).unref();
  };
  const open = async (): Promise<Socket> => {
    const socket = createSocket('udp4');
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return socket;
  };

  /** Stands before one port of the router; every sender gets a socket of its own behind, as in a gateway. */
  const forward = async (to: { port: number; address: string }): Promise<number> => {
    const front = await open();
    const behind = new Map<string, Promise<Socket>>();
    front.on('message', (data: Buffer, from: RemoteInfo) => {
      const key = `${from.address}:${from.port}`;
      let socket = behind.get(key);
      if (socket === undefined) {
        socket = open();
        behind.set(key, socket);
        void socket.then((s) =>
          s.on('message', (back: Buffer) =>
            carry(back, () => front.send(back, from.port, from.address, () => undefined)),
          ),
        );
      }
      carry(data, () => void socket.then((s) => s.send(data, to.port, to.address, () => undefined)));
    });
    return (front.address() as AddressInfo).port;
  };

  return {
    ...router,
    set(next) {
      weather = next;
      since = performance.now();
    },
    counts: () => ({ ...counts }),
    async openTransport(direction) {
      const offer = await router.openTransport(direction);
      if (direction === 'out') return offer;
      const own = offer.iceCandidates.filter((c) => c.protocol === 'udp');
      const iceCandidates = await Promise.all(
        own.map(async (c) => {
          const port = await forward({ port: c.port as number, address: c.address as string });
          return { ...c, ip: '127.0.0.1', address: '127.0.0.1', port };
        }),
      );
      return { ...offer, iceCandidates };
    },
    restartIce(transportId) {
      counts.restarts += 1;
      return router.restartIce(transportId);
    },
    async close() {
      for (const socket of sockets) socket.close();
      await router.close();
    },
  };
}

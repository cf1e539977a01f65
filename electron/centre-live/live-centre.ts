import { type KeyObject, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { maxToCentreBytes } from '../features/supervision/protocol.ts';
import { Floor } from './floor.ts';
import type { MediaRouter } from './media-router.ts';
import { receiveStation } from './station-side.ts';
import { maxFromWallBytes, receiveWall } from './wall-side.ts';

export interface LiveCentreOptions {
  /** As sites are told. */
  name: string;
  /** Ed25519 key from the centre's card, with which it proves itself to stations; null leaves them to the certificate. */
  signing: KeyObject | null;
  /** Whether the station of this id may come with this key. */
  mayCome: (stationId: string, key: KeyObject) => boolean;
  /** Opens the wall; it stands in the address the page is opened by. */
  wallKey: string;
  router: MediaRouter;
}

export const STATION_PATH = '/live/station';
export const WALL_PATH = '/live/wall';

/**
 * The live part of the reference centre, to be mounted into any HTTP server: hand it the upgrades of its two paths.
 * Everything is in memory; what a site did and allowed is in the site's own journal.
 */
export function openLiveCentre(options: LiveCentreOptions) {
  const floor = new Floor(options.router);
  const stations = new WebSocketServer({ noServer: true, maxPayload: maxToCentreBytes, perMessageDeflate: false });
  const walls = new WebSocketServer({ noServer: true, maxPayload: maxFromWallBytes, perMessageDeflate: false });
  const wallKey = Buffer.from(options.wallKey);
  const mayEnter = (key: string): boolean => {
    const given = Buffer.from(key);
    return given.length === wallKey.length && timingSafeEqual(given, wallKey);
  };
  return {
    floor,
    /** @returns false when the path is not of the live part: the caller goes on with it */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      const { pathname } = new URL(request.url ?? '/', 'http://centre');
      if (pathname === STATION_PATH) {
        stations.handleUpgrade(request, socket, head, (ws) => receiveStation(floor, options, ws));
        return true;
      }
      if (pathname !== WALL_PATH) return false;
      // A browser tells whose page asks; only the centre's own may.
      const origin = request.headers.origin === undefined ? null : URL.parse(request.headers.origin);
      if (origin?.host !== request.headers.host) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
        return true;
      }
      walls.handleUpgrade(request, socket, head, (ws) => receiveWall(floor, { name: options.name, mayEnter }, ws));
      return true;
    },
    async close(): Promise<void> {
      floor.close();
      for (const server of [stations, walls]) {
        for (const client of server.clients) client.terminate();
        server.close();
      }
      await options.router.close();
    },
  };
}

export type LiveCentre = ReturnType<typeof openLiveCentre>;

import { randomUUID } from 'node:crypto';
import type { ToWall, WallRequest, WallStation } from '../contract/live-wall.ts';
import type { ToCentre, ToStation } from '../features/supervision/protocol.ts';
import type { CentrePerson, ViewEnd } from '../features/supervision/protocol-words.ts';
import type { RoomId } from '../lib/ids.ts';
import type { MediaRouter } from './media-router.ts';

type Rooms = Extract<ToCentre, { kind: 'rooms' }>['rooms'];
type Outcome = Extract<ToCentre, { kind: 'answer' }>['outcome'];

/** The way in of one room: a transport and what is sent over it. */
interface Way {
  transportId: string;
  producers: Map<string, { producerId: string; paused: boolean }>;
}

export interface Station {
  readonly stationId: string;
  siteName: string;
  /** Null while there is no line. */
  tell: ((message: ToStation) => void) | null;
  rooms: Rooms;
  ways: Map<RoomId, Way>;
  leaving: ReturnType<typeof setTimeout> | undefined;
}

/** One open page of the wall, and its person. */
export interface Wall {
  readonly wallId: string;
  readonly by: CentrePerson;
  tell: (message: ToWall) => void;
  transports: Set<string>;
}

interface Look {
  viewId: string;
  stationId: string;
  roomId: RoomId;
  wallId: string;
  sinceMs: number;
}

/** As long as the stations themselves: a line that comes back within it finds everything as it was. */
const graceMs = 30_000;
const mostRequests = 200;

/** What stands between stations and walls: who is here, what was asked, who looks. In memory. */
export class Floor {
  readonly router: MediaRouter;
  readonly stations = new Map<string, Station>();
  readonly walls = new Map<string, Wall>();
  readonly #requests = new Map<string, WallRequest & { wallId: string }>();
  readonly #looks = new Map<string, Look>();
  #telling: ReturnType<typeof setTimeout> | undefined;

  constructor(router: MediaRouter) {
    this.router = router;
    router.onLost((transportId) => this.#lost(transportId));
  }

  /** A station has proved who it is; a line it had before is of no account any more. */
  arrive(stationId: string, siteName: string, tell: (message: ToStation) => void): Station {
    const station = this.stations.get(stationId) ?? {
      stationId,
      siteName,
      tell: null,
      rooms: [],
      ways: new Map(),
      leaving: undefined,
    };
    clearTimeout(station.leaving);
    this.stations.set(stationId, Object.assign(station, { siteName, tell }));
    return station;
  }

  /** What a station is told when it comes back: looks that stand, and requests without an answer. */
  looksAt(stationId: string): string[] {
    return [...this.#looks.values()].filter((l) => l.stationId === stationId).map((l) => l.viewId);
  }

  askAgain(station: Station): void {
    for (const request of this.#requests.values()) {
      if (request.stationId === station.stationId && request.outcome === null) station.tell?.(askOf(request));
    }
  }

  /** A line ended. Pictures may go on for a while without it; then the station's ways are closed and its looks are over. */
  leave(station: Station, tell: (message: ToStation) => void): void {
    if (station.tell !== tell) return;
    station.tell = null;
    station.leaving = setTimeout(() => {
      for (const roomId of [...station.ways.keys()]) this.closeWay(station, roomId);
      for (const viewId of this.looksAt(station.stationId)) this.lookEnded(viewId, 'line-lost');
      this.stations.delete(station.stationId);
      this.news();
    }, graceMs).unref();
    this.news();
  }

  ask(wall: Wall, wish: Pick<WallRequest, 'stationId' | 'roomId' | 'cameraId' | 'ask' | 'text'>): void {
    const station = this.stations.get(wish.stationId);
    if (!station?.tell) return;
    const request = { ...wish, requestId: randomUUID(), wallId: wall.wallId, by: wall.by, atMs: Date.now() };
    this.#requests.set(request.requestId, { ...request, outcome: null });
    if (this.#requests.size > mostRequests) this.#requests.delete([...this.#requests.keys()][0]!);
    station.tell(askOf({ ...request, outcome: null }));
    this.news();
  }

  withdraw(wall: Wall, requestId: string): void {
    const request = this.#requests.get(requestId);
    if (request?.wallId !== wall.wallId || request.outcome !== null) return;
    request.outcome = { kind: 'no', reason: 'withdrawn', text: '' };
    this.stations.get(request.stationId)?.tell?.({ kind: 'withdraw', requestId });
    this.news();
  }

  answered(station: Station, requestId: string, outcome: Outcome): void {
    station.tell?.({ kind: 'have', requestId });
    const request = this.#requests.get(requestId);
    // A look allowed for somebody who is no longer here is over before it began.
    if (outcome.kind === 'view' && (request === undefined || !this.walls.has(request.wallId))) {
      station.tell?.({ kind: 'end-view', viewId: outcome.viewId });
    }
    if (request?.stationId !== station.stationId || request.outcome !== null) return;
    request.outcome = outcome;
    if (outcome.kind === 'view' && this.walls.has(request.wallId)) {
      const { roomId, wallId, stationId } = request;
      this.#looks.set(outcome.viewId, { viewId: outcome.viewId, stationId, roomId, wallId, sinceMs: Date.now() });
    }
    this.news();
  }

  /** The look of this wall under this id, if it stands. */
  look(wall: Wall, viewId: string): Look | undefined {
    const look = this.#looks.get(viewId);
    return look?.wallId === wall.wallId ? look : undefined;
  }

  endLook(look: Look): void {
    this.#looks.delete(look.viewId);
    this.stations.get(look.stationId)?.tell?.({ kind: 'end-view', viewId: look.viewId });
    this.news();
  }

  /** The site has ended a look. */
  lookEnded(viewId: string, reason: ViewEnd): void {
    const look = this.#looks.get(viewId);
    if (look === undefined) return;
    this.#looks.delete(viewId);
    this.walls.get(look.wallId)?.tell({ kind: 'view-over', viewId, reason });
    this.news();
  }

  /** A page was closed: whoever sat there looks no longer. */
  wallLeft(wall: Wall): void {
    this.walls.delete(wall.wallId);
    for (const look of [...this.#looks.values()]) if (look.wallId === wall.wallId) this.endLook(look);
    for (const transportId of wall.transports) this.router.closeTransport(transportId);
  }

  closeWay(station: Station, roomId: RoomId): void {
    const way = station.ways.get(roomId);
    station.ways.delete(roomId);
    if (way !== undefined) this.router.closeTransport(way.transportId);
    this.news();
  }

  #lost(transportId: string): void {
    for (const station of this.stations.values()) {
      for (const [roomId, way] of station.ways) {
        if (way.transportId !== transportId) continue;
        station.ways.delete(roomId);
        station.tell?.({ kind: 'transport-lost', roomId, transportId });
      }
    }
    this.news();
  }

  /** Tells every wall, once for all that happens in one turn. */
  news(): void {
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      for (const wall of this.walls.values()) wall.tell(this.#wallOf(wall));
    }, 20).unref();
  }

  close(): void {
    clearTimeout(this.#telling);
    for (const { leaving } of this.stations.values()) clearTimeout(leaving);
  }

  #wallOf(wall: Wall): ToWall {
    const views = [...this.#looks.values()].filter((l) => l.wallId === wall.wallId);
    const looksInto = (stationId: string, roomId: string) =>
      views.some((v) => v.stationId === stationId && v.roomId === roomId);
    const stations: WallStation[] = [...this.stations.values()].map((station) => ({
      stationId: station.stationId,
      siteName: station.siteName,
      online: station.tell !== null,
      rooms: station.rooms.map((room) => ({
        ...room,
        cameras: room.cameras.map((camera) => {
          const sent = station.ways.get(room.roomId)?.producers.get(camera.cameraId);
          const mine = looksInto(station.stationId, room.roomId);
          return { ...camera, producerId: mine ? (sent?.producerId ?? null) : null, paused: sent?.paused ?? false };
        }),
      })),
    }));
    const requests = [...this.#requests.values()].filter((r) => r.wallId === wall.wallId).toReversed();
    return { kind: 'wall', stations, requests, views };
  }
}

const askOf = ({ requestId, ask, roomId, cameraId, by, text }: WallRequest): ToStation => ({
  kind: 'ask',
  requestId,
  ask,
  roomId,
  cameraId,
  by,
  text,
});

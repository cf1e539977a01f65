import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import { FromWall, type SeeRequest, type ToWall } from '../contract/live-wall.ts';
import type { Parameters } from '../features/supervision/signal.ts';
import type { Floor, Wall } from './floor.ts';
import { Gone } from './media-router.ts';

export const maxFromWallBytes = 64 * 1024;
const enterWithinMs = 15_000;
const pingEveryMs = 10_000;

/** One page of the wall. Its first words are the key and who sits there; sites are told that name. */
export function receiveWall(
  floor: Floor,
  options: { name: string; mayEnter: (key: string) => boolean },
  socket: WebSocket,
): void {
  const tell = (message: ToWall): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  let wall: Wall | null = null;
  let heard = true;
  const late = setTimeout(() => wall === null && socket.terminate(), enterWithinMs).unref();
  const pulse = setInterval(() => {
    if (!heard) socket.terminate();
    heard = false;
    socket.ping();
  }, pingEveryMs).unref();
  socket.on('pong', () => (heard = true));
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearTimeout(late);
    clearInterval(pulse);
    if (wall !== null) floor.wallLeft(wall);
  });
  socket.on('message', (data: Buffer, isBinary) => {
    heard = true;
    const message = isBinary ? null : read(data);
    if (message === null) {
      socket.terminate();
    } else if (wall !== null) {
      hear(floor, wall, message);
    } else if (message.kind === 'enter' && options.mayEnter(message.key)) {
      const entered: Wall = { wallId: randomUUID(), by: message.by, tell, transports: new Set() };
      wall = entered;
      void floor.router.capabilities().then((routerCapabilities) => {
        tell({ kind: 'entered', centre: options.name, routerCapabilities });
        floor.walls.set(entered.wallId, entered);
        floor.news();
      });
    } else {
      tell({ kind: 'not-let-in' });
      socket.close();
    }
  });
}

function read(data: Buffer): FromWall | null {
  try {
    return FromWall.parse(JSON.parse(data.toString('utf8')));
  } catch {
    return null;
  }
}

function hear(floor: Floor, wall: Wall, message: FromWall): void {
  switch (message.kind) {
    case 'ask':
      floor.ask(wall, message);
      break;
    case 'withdraw':
      floor.withdraw(wall, message.requestId);
      break;
    case 'end-view': {
      const look = floor.look(wall, message.viewId);
      if (look !== undefined) floor.endLook(look);
      break;
    }
    case 'size': {
      const look = floor.look(wall, message.viewId);
      const station = look && floor.stations.get(look.stationId);
      const { size } = message;
      if (look) station?.tell?.({ kind: 'size', roomId: look.roomId, size });
      break;
    }
    case 'see':
      see(floor, wall, message.request).then(
        (value) => wall.tell({ kind: 'seen', id: message.id, value }),
        (error: unknown) =>
          wall.tell({ kind: 'not-seen', id: message.id, reason: error instanceof Gone ? 'gone' : 'refused' }),
      );
      break;
    case 'enter':
      break;
  }
}

/** @throws Gone, also for what is not this page's own */
async function see(floor: Floor, wall: Wall, request: SeeRequest): Promise<Parameters> {
  const { router } = floor;
  if ('transportId' in request && !wall.transports.has(request.transportId)) throw new Gone(request.kind);
  switch (request.kind) {
    case 'open-transport': {
      const offer = await router.openTransport('out');
      wall.transports.add(offer.transportId);
      return { ...offer };
    }
    case 'connect-transport':
      await router.connectTransport(request.transportId, request.dtlsParameters);
      return {};
    case 'consume': {
      const look = floor.look(wall, request.viewId);
      const way = look && floor.stations.get(look.stationId)?.ways.get(look.roomId);
      const isSent = [...(way?.producers.values() ?? [])].some((p) => p.producerId === request.producerId);
      if (!isSent) throw new Gone(request.kind);
      return { ...(await router.consume(request.transportId, request.producerId, request.rtpCapabilities)) };
    }
    case 'resume':
      await router.resumeConsumer(request.consumerId);
      return {};
    case 'layer':
      await router.preferLayer(request.consumerId, request.spatial);
      return {};
    case 'restart-ice':
      return { iceParameters: await router.restartIce(request.transportId) };
  }
}

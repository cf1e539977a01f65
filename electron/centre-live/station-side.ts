import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import {
  centreProof,
  proofMessage,
  protocolName,
  readFromStation,
  stationProof,
  type ToCentre,
  type ToStation,
} from '../features/supervision/protocol.ts';
import type { RouterRequest, SignalAnswer } from '../features/supervision/signal.ts';
import type { RoomId } from '../lib/ids.ts';
import { signSsh, verifySsh } from '../lib/sshsig.ts';
import type { Floor, Station } from './floor.ts';
import type { LiveCentreOptions } from './live-centre.ts';
import { Gone } from './media-router.ts';

const proveWithinMs = 10_000;
const silentAfterMs = 20_000;

/** One line of a station: it proves who it is, then speaks. Whoever says what the protocol does not have is cut off. */
export function receiveStation(floor: Floor, options: LiveCentreOptions, socket: WebSocket): void {
  const nonce = randomBytes(32).toString('hex');
  const tell = (message: ToStation): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  let station: Station | null = null;
  let timer = setTimeout(() => socket.terminate(), proveWithinMs).unref();
  const alive = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => socket.terminate(), ms).unref();
  };
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearTimeout(timer);
    if (station !== null) floor.leave(station, tell);
  });
  // The station pings; hearing it is enough.
  socket.on('ping', () => station !== null && alive(silentAfterMs));
  socket.on('message', (data: Buffer, isBinary) => {
    const read = readFromStation(data, isBinary);
    if (!read.ok) {
      socket.terminate();
      return;
    }
    const message = read.value;
    if (station === null) {
      station = admit(floor, options, { nonce, message, tell });
      if (station === null) socket.close();
      else alive(silentAfterMs);
      return;
    }
    alive(silentAfterMs);
    hear(floor, station, message, tell);
  });
  tell({ kind: 'challenge', protocols: [protocolName], centre: options.name, nonce });
}

/** @returns null for who may not come; the reason was told */
function admit(
  floor: Floor,
  options: LiveCentreOptions,
  at: { nonce: string; message: ToCentre; tell: (message: ToStation) => void },
): Station | null {
  const { message, tell } = at;
  if (message.kind !== 'hello' || message.protocol !== protocolName) {
    tell({ kind: 'turned-away', reason: 'protocol' });
    return null;
  }
  const { stationId, siteName, nonce, proof } = message;
  const signed = proofMessage(at.nonce, nonce, stationId);
  const checked = verifySsh(proof, signed, stationProof);
  if (!checked.ok) {
    tell({ kind: 'turned-away', reason: 'bad-proof' });
    return null;
  }
  if (!options.mayCome(stationId, checked.value.publicKey)) {
    tell({ kind: 'turned-away', reason: 'unknown-station' });
    return null;
  }
  floor.stations.get(stationId)?.tell?.({ kind: 'turned-away', reason: 'elsewhere' });
  const station = floor.arrive(stationId, siteName, tell);
  const own = options.signing && signSsh(signed, centreProof, options.signing);
  tell({ kind: 'welcome', proof: own, views: floor.looksAt(stationId) });
  floor.askAgain(station);
  floor.news();
  return station;
}

function hear(floor: Floor, station: Station, message: ToCentre, tell: (message: ToStation) => void): void {
  switch (message.kind) {
    case 'rooms':
      station.rooms = message.rooms;
      floor.news();
      break;
    case 'answer':
      floor.answered(station, message.requestId, message.outcome);
      break;
    case 'view-ended':
      floor.lookEnded(message.viewId, message.reason);
      break;
    case 'signal': {
      const { id, roomId, request } = message;
      answerOf(floor, station, roomId, request).then(
        (answer) => tell({ kind: 'signal-answer', id, answer }),
        (error: unknown) => tell({ kind: 'signal-failure', id, reason: error instanceof Gone ? 'gone' : 'refused' }),
      );
      break;
    }
    case 'hello':
      break;
  }
}

/** @throws Gone for what is not there any more; whatever the router throws for what it refuses */
async function answerOf(floor: Floor, station: Station, roomId: RoomId, request: RouterRequest): Promise<SignalAnswer> {
  const { router } = floor;
  const way = station.ways.get(roomId);
  // A window may touch its own room's way alone.
  if ('transportId' in request && way?.transportId !== request.transportId) throw new Gone(request.kind);
  switch (request.kind) {
    case 'capabilities':
      return { kind: 'capabilities', rtpCapabilities: await router.capabilities() };
    case 'open-transport': {
      const offer = await router.openTransport('in');
      // What an earlier window of this room left behind goes first.
      floor.closeWay(station, roomId);
      station.ways.set(roomId, { transportId: offer.transportId, producers: new Map() });
      return { kind: 'open-transport', ...offer, iceServers: [] };
    }
    case 'connect-transport':
      await router.connectTransport(request.transportId, request.dtlsParameters);
      return { kind: 'done' };
    case 'produce': {
      const producerId = await router.produce(request.transportId, request.rtpParameters);
      way!.producers.set(request.cameraId, { producerId, paused: false });
      floor.news();
      return { kind: 'produce', producerId };
    }
    case 'restart-ice':
      return { kind: 'restart-ice', iceParameters: await router.restartIce(request.transportId) };
    case 'pause': {
      const sent = [...(way?.producers.values() ?? [])].find((p) => p.producerId === request.producerId);
      if (sent === undefined) throw new Gone(request.kind);
      await router.pauseProducer(request.producerId, request.paused);
      sent.paused = request.paused;
      floor.news();
      return { kind: 'done' };
    }
    case 'close-transport':
      floor.closeWay(station, roomId);
      return { kind: 'done' };
  }
}

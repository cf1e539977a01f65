import type * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import { err, ok, type Result } from '../lib/result.ts';
import { findWorker } from './find-worker.ts';
import { Gone, type MediaRouter } from './media-router.ts';

export interface MediasoupOptions {
  /** Addresses to listen on; `announce` is what is told to windows where a gateway stands between. */
  listen: { ip: string; announce?: string }[];
  ports: { min: number; max: number };
}

/** H.264 first: it is what rooms encode at the least cost. The profile is the one every browser has. */
const mediaCodecs = [
  {
    kind: 'video',
    mimeType: 'video/H264',
    clockRate: 90_000,
    parameters: { 'packetization-mode': 1, 'profile-level-id': '42e01f', 'level-asymmetry-allowed': 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
] as const;

/** A router that has no worker any more is not tried again before this. */
const restartAfterMs = 500;

/** The release of mediasoup this is written for and tested with. */
const version = '3.19.3';

/**
 * A mediasoup worker with one router. When the worker dies, every transport is reported lost and a new worker is started: the
 * windows come back by themselves.
 */
export async function openMediasoupRouter(
  options: MediasoupOptions,
): Promise<Result<MediaRouter & { workerPid: () => number }, { code: 'NO_MEDIASOUP' | 'NO_WORKER' }>> {
  const workerBin = findWorker(version);
  let library: typeof mediasoup;
  try {
    // Read when the module is loaded; found here, so that a worker built on this machine is taken up.
    if (workerBin !== null) process.env.MEDIASOUP_WORKER_BIN = workerBin;
    library = await import('mediasoup');
  } catch {
    return err({ code: 'NO_MEDIASOUP' });
  }
  if (workerBin === null) return err({ code: 'NO_WORKER' });

  const transports = new Map<string, types.WebRtcTransport>();
  const producers = new Map<string, types.Producer>();
  const consumers = new Map<string, types.Consumer>();
  let lost: (transportId: string) => void = () => undefined;
  let closed = false;
  let worker: types.Worker;
  let router: Promise<types.Router>;

  const start = async (): Promise<types.Router> => {
    const { min, max } = options.ports;
    worker = await library.createWorker({ logLevel: 'error', rtcMinPort: min, rtcMaxPort: max });
    worker.on('died', () => {
      if (closed) return;
      const gone = [...transports.keys()];
      for (const table of [transports, producers, consumers]) table.clear();
      router = new Promise<void>((resolve) => setTimeout(resolve, restartAfterMs)).then(start);
      router.catch((error: unknown) => console.error('the media worker did not start again:', error));
      for (const id of gone) lost(id);
    });
    return worker.createRouter({ mediaCodecs: mediaCodecs as unknown as types.RouterRtpCodecCapability[] });
  };
  router = start();
  await router;

  const at = <T>(table: Map<string, T>, id: string): T => {
    const found = table.get(id);
    if (found === undefined) throw new Gone(id);
    return found;
  };
  const drop = (id: string): void => {
    const transport = transports.get(id);
    // Off the list first: what is closed on purpose is not lost.
    transports.delete(id);
    transport?.close();
  };

  return ok({
    workerPid: () => worker.pid,
    capabilities: async () => ({ ...(await router).rtpCapabilities }),
    async openTransport(direction) {
      const transport = await (await router).createWebRtcTransport({
        listenInfos: options.listen.flatMap(({ ip, announce }) =>
          (['udp', 'tcp'] as const).map((protocol) => ({
            protocol,
            ip,
            ...(announce !== undefined && { announcedAddress: announce }),
          })),
        ),
        preferUdp: true,
        ...(direction === 'out' && { initialAvailableOutgoingBitrate: 1_000_000 }),
      });
      transports.set(transport.id, transport);
      const report = () => {
        if (!transports.delete(transport.id)) return;
        transport.close();
        lost(transport.id);
      };
      transport.on('icestatechange', (state) => {
        if (state === 'closed') report();
      });
      transport.on('dtlsstatechange', (state) => {
        if (state === 'failed' || state === 'closed') report();
      });
      const { id, iceParameters, iceCandidates, dtlsParameters } = transport;
      return {
        transportId: id,
        iceParameters: { ...iceParameters },
        iceCandidates: iceCandidates.map((c) => ({ ...c })),
        dtlsParameters: { ...dtlsParameters },
      };
    },
    async connectTransport(transportId, dtlsParameters) {
      await at(transports, transportId).connect({ dtlsParameters: dtlsParameters as unknown as types.DtlsParameters });
    },
    async produce(transportId, rtpParameters) {
      const producer = await at(transports, transportId).produce({
        kind: 'video',
        rtpParameters: rtpParameters as unknown as types.RtpParameters,
      });
      producers.set(producer.id, producer);
      producer.observer.on('close', () => producers.delete(producer.id));
      return producer.id;
    },
    async pauseProducer(producerId, paused) {
      const producer = at(producers, producerId);
      await (paused ? producer.pause() : producer.resume());
    },
    async restartIce(transportId) {
      return { ...(await at(transports, transportId).restartIce()) };
    },
    closeTransport: drop,
    async consume(transportId, producerId, rtpCapabilities) {
      at(producers, producerId);
      const consumer = await at(transports, transportId).consume({
        producerId,
        rtpCapabilities: rtpCapabilities as unknown as types.RtpCapabilities,
        paused: true,
      });
      consumers.set(consumer.id, consumer);
      consumer.observer.on('close', () => consumers.delete(consumer.id));
      const { id, kind, rtpParameters } = consumer;
      return { consumerId: id, producerId, kind, rtpParameters: { ...rtpParameters } };
    },
    async resumeConsumer(consumerId) {
      await at(consumers, consumerId).resume();
    },
    async preferLayer(consumerId, spatial) {
      await at(consumers, consumerId).setPreferredLayers({ spatialLayer: spatial });
    },
    onLost(listener) {
      lost = listener;
    },
    async close() {
      closed = true;
      await router.catch(() => undefined);
      worker.close();
    },
  });
}

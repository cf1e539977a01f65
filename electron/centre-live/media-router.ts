import type { Parameters } from '../features/supervision/signal.ts';

/** What a window or a page needs to reach the router. */
export interface TransportOffer {
  transportId: string;
  iceParameters: Parameters;
  iceCandidates: Parameters[];
  dtlsParameters: Parameters;
}

export interface Consumed {
  consumerId: string;
  producerId: string;
  kind: string;
  rtpParameters: Parameters;
}

/** The thing asked of is no longer there: the window begins anew. */
export class Gone extends Error {}

/**
 * What the centre asks of whatever forwards media. `mediasoup-router.ts` is the real one; tests have another, of a few lines.
 * Rejects with `Gone` for what is not there any more, with any other error for what the router refuses.
 */
export interface MediaRouter {
  capabilities(): Promise<Parameters>;
  /** `in`: from a site; `out`: to a wall. */
  openTransport(direction: 'in' | 'out'): Promise<TransportOffer>;
  connectTransport(transportId: string, dtlsParameters: Parameters): Promise<void>;
  produce(transportId: string, rtpParameters: Parameters): Promise<string>;
  pauseProducer(producerId: string, paused: boolean): Promise<void>;
  restartIce(transportId: string): Promise<Parameters>;
  closeTransport(transportId: string): void;
  /** Begins paused: a page resumes it once it can play it. */
  consume(transportId: string, producerId: string, rtpCapabilities: Parameters): Promise<Consumed>;
  resumeConsumer(consumerId: string): Promise<void>;
  preferLayer(consumerId: string, spatial: number): Promise<void>;
  /** Called with each transport that the router lost by itself: its worker died, or nobody answered for half a minute. */
  onLost(lost: (transportId: string) => void): void;
  close(): Promise<void>;
}

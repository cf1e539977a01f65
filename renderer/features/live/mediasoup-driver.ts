import { Device, type types } from 'mediasoup-client';
import type { CameraId } from '../../../electron/lib/ids.ts';
import { chooseCodec, largestLayer, layers } from './layers.ts';
import {
  type Allowance,
  connectionWord,
  type LiveDriver,
  LiveFailure,
  type LiveLine,
  type SentCamera,
  type Signal,
} from './live-driver.ts';

/** The centre's router is a mediasoup one: every camera of the room is a producer on one transport. */
export const mediasoupDriver = (signal: Signal): LiveDriver => ({
  isShared: true,
  async open(cameras, allowance, onConnection) {
    const { rtpCapabilities } = await signal({ kind: 'capabilities' });
    const device = new Device();
    await device
      .load({ routerRtpCapabilities: rtpCapabilities as unknown as types.RtpCapabilities })
      .catch(() => Promise.reject(new LiveFailure('no-codec')));
    const codec = chooseCodec(device.sendRtpCapabilities.codecs ?? []);
    if (codec === undefined || !device.canProduce('video')) throw new LiveFailure('no-codec');
    const offer = await signal({ kind: 'open-transport' });
    const transport = device.createSendTransport({
      id: offer.transportId,
      iceParameters: offer.iceParameters as unknown as types.IceParameters,
      iceCandidates: offer.iceCandidates as unknown as types.IceCandidate[],
      dtlsParameters: offer.dtlsParameters as unknown as types.DtlsParameters,
      iceServers: offer.iceServers as unknown as RTCIceServer[],
    });
    const line = new MediasoupLine(transport, codec, signal);
    transport.on('connectionstatechange', (state) => {
      const word = connectionWord(state as RTCPeerConnectionState);
      if (word !== null) onConnection(word);
    });
    try {
      await line.allow(allowance);
      await line.send(cameras);
    } catch (failure) {
      line.close();
      throw failure;
    }
    return line;
  },
});

class MediasoupLine implements LiveLine {
  readonly #transport: types.Transport;
  readonly #codec: types.RtpCodecCapability;
  readonly #signal: Signal;
  readonly #producers = new Map<CameraId, types.Producer>();
  #allowance: Allowance = { room: 'all', size: 'small' };
  /** The failure behind an error of the library's, which hands on only what it was told. */
  #failure: unknown = null;
  /** One change at a time: a track that is replaced while its producer is being made would be lost. */
  #turn: Promise<void> = Promise.resolve();

  constructor(transport: types.Transport, codec: types.RtpCodecCapability, signal: Signal) {
    this.#transport = transport;
    this.#codec = codec;
    this.#signal = signal;
    const transportId = transport.id;
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      signal({ kind: 'connect-transport', transportId, dtlsParameters: { ...dtlsParameters } }).then(
        () => done(),
        (failure: Error) => {
          this.#failure = failure;
          failed(failure);
        },
      );
    });
    transport.on('produce', ({ rtpParameters, appData }, done, failed) => {
      const cameraId = appData.cameraId as CameraId;
      signal({ kind: 'produce', transportId, cameraId, rtpParameters: { ...rtpParameters } }).then(
        ({ producerId }) => done({ id: producerId }),
        (failure: Error) => {
          this.#failure = failure;
          failed(failure);
        },
      );
    });
  }

  send(cameras: readonly SentCamera[]): Promise<void> {
    return this.#inTurn(async () => {
      for (const [cameraId, producer] of this.#producers) {
        if (cameras.some((c) => c.cameraId === cameraId)) continue;
        this.#producers.delete(cameraId);
        producer.close();
      }
      for (const { cameraId, track } of cameras) {
        const producer = this.#producers.get(cameraId);
        if (producer === undefined) await this.#produce(cameraId, track);
        else if (producer.track !== track) await producer.replaceTrack({ track });
      }
    });
  }

  allow(allowance: Allowance): Promise<void> {
    return this.#inTurn(async () => {
      this.#allowance = allowance;
      for (const producer of this.#producers.values()) await this.#apply(producer);
    });
  }

  async restartIce(): Promise<void> {
    const { iceParameters } = await this.#signal({ kind: 'restart-ice', transportId: this.#transport.id });
    await this.#transport.restartIce({ iceParameters: iceParameters as unknown as types.IceParameters });
  }

  close(): void {
    if (this.#transport.closed) return;
    this.#transport.close();
    // Whether the other side hears it is of no matter: it misses the media.
    this.#signal({ kind: 'close-transport', transportId: this.#transport.id }).catch(() => undefined);
  }

  async #produce(cameraId: CameraId, track: MediaStreamTrack): Promise<void> {
    const producer = await this.#transport.produce({
      track,
      codec: this.#codec,
      encodings: layers.map((layer) => ({ ...layer }) as types.RtpEncodingParameters),
      codecOptions: { videoGoogleStartBitrate: 300 },
      appData: { cameraId },
      stopTracks: false,
      // A pause takes the track away: a disabled one would go on being encoded, as black.
      disableTrackOnPause: false,
      zeroRtpOnPause: true,
      onRtpSender: (sender) => {
        const parameters = sender.getParameters();
        // Whoever is short of bits or time sends fewer pixels, so that movement stays movement.
        void sender
          .setParameters({ ...parameters, degradationPreference: 'maintain-framerate' })
          .catch(() => undefined);
      },
    });
    this.#producers.set(cameraId, producer);
    await this.#apply(producer);
  }

  async #apply(producer: types.Producer): Promise<void> {
    const largest = largestLayer(this.#allowance);
    const { id: producerId } = producer;
    if (largest === null) {
      if (producer.paused) return;
      producer.pause();
      await this.#signal({ kind: 'pause', producerId, paused: true });
      return;
    }
    await producer.setMaxSpatialLayer(largest);
    if (!producer.paused) return;
    producer.resume();
    await this.#signal({ kind: 'pause', producerId, paused: false });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work).catch((error: unknown) => {
      const failure = this.#failure ?? error;
      this.#failure = null;
      throw failure instanceof LiveFailure ? failure : new LiveFailure('refused');
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

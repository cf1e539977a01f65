import { Device, type types } from 'mediasoup-client';
import type { Parameters } from '../../electron/features/supervision/contract.ts';
import type { WallLine } from './wall-line.ts';

export interface SeenCamera {
  readonly stream: MediaStream;
  /** 0 the smallest picture there is, 2 the largest. */
  prefer(layer: 0 | 1 | 2): void;
  close(): void;
}

/** Receives cameras from the router: one transport for the page, made when the first is wanted and anew with every line. */
export class Eyes {
  readonly #line: WallLine;
  #made: { generation: number; device: Device; transport: Promise<types.Transport> } | null = null;

  constructor(line: WallLine) {
    this.#line = line;
  }

  /** @throws Error when the router refuses, or has it no longer */
  async see(viewId: string, producerId: string): Promise<SeenCamera> {
    const { device, transport: opening } = await this.#open();
    const transport = await opening;
    const offer = await this.#line
      .see({
        kind: 'consume',
        transportId: transport.id,
        viewId,
        producerId,
        rtpCapabilities: { ...device.recvRtpCapabilities },
      })
      .catch((error: Error) => {
        // A router whose worker died has lost this page's way too; what is not connected any more is made anew.
        if (transport.connectionState === 'disconnected' || transport.connectionState === 'failed') {
          transport.close();
          this.#made = null;
        }
        throw error;
      });
    const { consumerId, rtpParameters } = offer as unknown as {
      consumerId: string;
      rtpParameters: types.RtpParameters;
    };
    const consumer = await transport.consume({ id: consumerId, producerId, kind: 'video', rtpParameters });
    await this.#line.see({ kind: 'resume', consumerId });
    return {
      stream: new MediaStream([consumer.track]),
      prefer: (spatial) => void this.#line.see({ kind: 'layer', consumerId, spatial }).catch(() => undefined),
      close: () => consumer.close(),
    };
  }

  async #open() {
    const { generation } = this.#line;
    if (this.#made?.generation === generation) {
      const transport = await this.#made.transport;
      if (transport.connectionState !== 'failed' && !transport.closed) return this.#made;
      transport.close();
    }
    const device = new Device();
    await device.load({
      routerRtpCapabilities: this.#line.state.get().routerCapabilities as unknown as types.RtpCapabilities,
    });
    const transport = this.#transport(device);
    this.#made = { generation, device, transport };
    transport.catch(() => (this.#made = null));
    return this.#made;
  }

  async #transport(device: Device): Promise<types.Transport> {
    const { transportId, ...offer } = (await this.#line.see({ kind: 'open-transport' })) as Parameters & {
      transportId: string;
    };
    const transport = device.createRecvTransport({
      id: transportId,
      ...(offer as unknown as Omit<types.TransportOptions, 'id'>),
    });
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      this.#line
        .see({ kind: 'connect-transport', transportId, dtlsParameters: { ...dtlsParameters } })
        .then(() => done(), failed);
    });
    transport.on('connectionstatechange', (state) => {
      if (state !== 'disconnected') return;
      setTimeout(() => {
        if (transport.connectionState !== 'disconnected') return;
        void this.#line
          .see({ kind: 'restart-ice', transportId })
          .then(({ iceParameters }) =>
            transport.restartIce({ iceParameters: iceParameters as unknown as types.IceParameters }),
          )
          .catch(() => undefined);
      }, 2_500);
    });
    return transport;
  }
}

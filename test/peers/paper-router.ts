import { randomUUID } from 'node:crypto';
import type { MediaRouter } from '../../electron/centre-live/media-router.ts';

/**
 * A router that says yes to everything and forwards nothing, for tests of all that is not media: requests, looks, lines. It
 * remembers what it was asked.
 */
export function paperRouter(): MediaRouter & { asked: string[] } {
  const asked: string[] = [];
  const note = <T>(what: string, value: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(value);
  };
  return {
    asked,
    capabilities: () => note('capabilities', { codecs: [], headerExtensions: [] }),
    openTransport: () =>
      note('open-transport', {
        transportId: randomUUID(),
        iceParameters: {},
        iceCandidates: [],
        dtlsParameters: {},
      }),
    connectTransport: () => note('connect-transport', undefined),
    produce: () => note('produce', randomUUID()),
    pauseProducer: () => note('pause', undefined),
    restartIce: () => note('restart-ice', {}),
    closeTransport: () => void asked.push('close-transport'),
    consume: () => Promise.reject(new Error('nothing is forwarded')),
    resumeConsumer: () => note('resume', undefined),
    preferLayer: () => note('layer', undefined),
    onLost: () => undefined,
    close: () => Promise.resolve(),
  };
}

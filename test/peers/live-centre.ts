import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findWorker } from '../../electron/centre-live/find-worker.ts';
import type { MediaRouter } from '../../electron/centre-live/media-router.ts';
import { openMediasoupRouter } from '../../electron/centre-live/mediasoup-router.ts';
import { type ServedLiveCentre, serveLiveCentre } from '../../electron/centre-live/serve-live.ts';

export const MEDIASOUP = '3.19.3';

/** Why the real router cannot be had here; null when it can. */
export const noRealRouter: string | null =
  findWorker(MEDIASOUP) === null
    ? 'no mediasoup worker: build it with test/peers/mediasoup/build-worker.sh into node_modules/.cache/kaodian-mediasoup'
    : null;

export type RealRouter = MediaRouter & { workerPid: () => number };

/** A mediasoup worker with a router on this machine alone, or on the address named. @throws Error without a worker */
export async function realRouter(ip = '127.0.0.1'): Promise<RealRouter> {
  const router = await openMediasoupRouter({ listen: [{ ip }], ports: { min: 42_000, max: 42_999 } });
  if (!router.ok) throw new Error(router.error.code);
  return router.value;
}

/** The wall's page is served where the desks have been built; tests without a browser need none. */
const builtDesks = resolve(import.meta.dirname, '../../out/renderer');

/** The reference centre as stations and walls find it, proving itself with the key of the plan's centre. */
export const startCentre = (options: {
  router: MediaRouter;
  signing: KeyObject | null;
  host?: string;
  port?: number;
}): Promise<ServedLiveCentre> =>
  serveLiveCentre({
    host: '127.0.0.1',
    port: 0,
    name: '样本鉴定中心',
    mayCome: () => true,
    wallKey: 'specimen-wall-key',
    rendererDir: existsSync(builtDesks) ? builtDesks : import.meta.dirname,
    ...options,
  });

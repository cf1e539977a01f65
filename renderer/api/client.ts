import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { StationClient } from '../../electron/contract/index.ts';

/** The path at which the station answers; the same origin as the page, so its cookie goes along by itself. */
const rpcPath = '/rpc';

/**
 * A client of the station for a page or a worker of its origin. No retry plugin: a lost reply means "outcome unknown",
 * and what to do then is the desk's decision (see outcome.ts).
 */
export function connectStation(origin: string): StationClient {
  return createORPCClient(new RPCLink({ url: new URL(rpcPath, origin) }));
}

export const station: StationClient = connectStation(globalThis.location?.origin ?? 'http://127.0.0.1');

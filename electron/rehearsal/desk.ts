import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { StationClient } from '../contract/index.ts';
import { NotAsExpected, StationGone } from './expectation.ts';
import type { Interruption } from './interruption.ts';

/** Where the station is reached now; it stays the same through a restart. */
export interface Address {
  readonly origin: string;
}

/**
 * One desk: a cookie of its own and the contract's client. It speaks as a browser window does, and says so when the
 * connection broke: then nobody knows whether the call was carried out.
 */
export class Desk {
  readonly station: StationClient;
  readonly cookie: string;

  private constructor(address: Address, cookie: string, interruption: Interruption) {
    this.cookie = cookie;
    const link = new RPCLink({
      url: () => `${address.origin}/rpc`,
      headers: () => ({ origin: address.origin, cookie }),
      fetch: (request, init) =>
        interruption.around(new URL(request.url).pathname.slice('/rpc/'.length), async () => {
          try {
            const response = await fetch(request, init);
            // Read to the end here, so that a line cut in the middle of an answer counts as one.
            const body = await response.arrayBuffer();
            return new Response(body, { status: response.status, headers: response.headers });
          } catch (cause) {
            throw new StationGone('the station does not answer', { cause });
          }
        }),
    });
    this.station = createORPCClient(link);
  }

  /** Lets a desk in by a one-time address, as the browser does that opens it. @throws StationGone, NotAsExpected */
  static async enter(address: Address, entry: string, interruption: Interruption): Promise<Desk> {
    const reply = await fetch(new URL(entry, address.origin), { redirect: 'manual' }).catch((cause) => {
      throw new StationGone('the station does not answer', { cause });
    });
    const cookie = reply.headers.getSetCookie()[0]?.split(';')[0];
    if (reply.status !== 303 || !cookie) throw new NotAsExpected(`the entry answered ${reply.status}`);
    return new Desk(address, cookie, interruption);
  }
}

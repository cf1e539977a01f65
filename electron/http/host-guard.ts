import type { IncomingMessage } from 'node:http';
import { err, ok, type Result } from '../lib/result.ts';

/** What the guard looks at. Everything here came from outside and may be missing, doubled or forged. */
export interface RequestFacts {
  method: string;
  /** The request target as it stood in the request line. */
  target: string;
  /** Every Host header there was. */
  hosts: readonly string[];
  origin: string | undefined;
  secFetchSite: string | undefined;
  /** A session cookie came along. Whether it is a good one is asked later. */
  hasCookie: boolean;
}

/** What the server answers to. */
export interface Doors {
  /** The exact origins under which the station is reached, for example `http://127.0.0.1:17480`. Lower case. */
  origins: readonly string[];
  /** True for what only a signed-in browser may reach. False for the entry, the desks' files and the sign-in. */
  needsCookie: boolean;
}

/** Why a request is refused, with the HTTP status that says so. */
export const REFUSALS = {
  METHOD_REFUSED: 405,
  TARGET_NOT_A_PATH: 400,
  HOST_MISSING: 400,
  HOST_DOUBLED: 400,
  /** A name of this machine that is ours, at a port that is not. */
  PORT_WRONG: 421,
  /** DNS rebinding: a foreign name that was made to resolve to this machine. */
  HOST_FOREIGN: 421,
  /** A sandboxed frame, a file or a data: page. */
  ORIGIN_OPAQUE: 403,
  ORIGIN_FOREIGN: 403,
  /** A change by cookie from something that does not say where it comes from. Browsers always do. */
  ORIGIN_MISSING: 403,
  FETCH_SITE_FOREIGN: 403,
  COOKIE_MISSING: 401,
} as const satisfies Record<string, number>;

export type RefusalCode = keyof typeof REFUSALS;

const READS = new Set(['GET', 'HEAD']);
const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Decides on a request before any of it is acted upon. No CORS is offered, so OPTIONS is refused too.
 *
 * A program without a browser (a test, an integrator) may leave Origin out as long as it brings no cookie: with no
 * ambient right there is nothing another site could borrow.
 *
 * Source: WHATWG Fetch (Origin is sent with every request that is neither GET nor HEAD), W3C Fetch Metadata.
 */
export function guardRequest(request: RequestFacts, doors: Doors): Result<void, RefusalCode> {
  const { method, target, hosts, origin, secFetchSite, hasCookie } = request;
  if (!READS.has(method) && !CHANGES.has(method)) return err('METHOD_REFUSED');
  if (!target.startsWith('/') || target.startsWith('//')) return err('TARGET_NOT_A_PATH');

  const [host] = hosts;
  if (host === undefined || host === '') return err('HOST_MISSING');
  if (hosts.length > 1) return err('HOST_DOUBLED');
  const ownHosts = doors.origins.map((own) => new URL(own).host);
  if (!ownHosts.includes(host.toLowerCase())) {
    const ownNames = doors.origins.map((own) => new URL(own).hostname);
    return err(ownNames.includes(host.toLowerCase().replace(/:\d*$/, '')) ? 'PORT_WRONG' : 'HOST_FOREIGN');
  }

  if (origin === 'null') return err('ORIGIN_OPAQUE');
  if (origin !== undefined && !doors.origins.includes(origin)) return err('ORIGIN_FOREIGN');
  // `none`: typed or opened by the person. A link on another site brings `cross-site`; nothing here is linked to.
  if (secFetchSite !== undefined && secFetchSite !== 'same-origin' && secFetchSite !== 'none') {
    return err('FETCH_SITE_FOREIGN');
  }
  if (CHANGES.has(method) && hasCookie && origin === undefined) return err('ORIGIN_MISSING');
  if (doors.needsCookie && !hasCookie) return err('COOKIE_MISSING');
  return ok(undefined);
}

/** Takes the guard's facts out of a request. Doubled headers stay visible, since node keeps only the first in `headers`. */
export function requestFacts(request: IncomingMessage, cookieName: string): RequestFacts {
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    hosts: request.headersDistinct.host ?? [],
    origin: request.headers.origin,
    secFetchSite: single(request.headers['sec-fetch-site']),
    hasCookie: (request.headers.cookie ?? '').split(/; */).some((pair) => pair.startsWith(`${cookieName}=`)),
  };
}

const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : value);

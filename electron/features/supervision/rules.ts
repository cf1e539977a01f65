import { err, ok, type Result } from '../../lib/result.ts';
import type { SessionState } from '../session/contract.ts';
import type { LiveWay } from './contract.ts';
import type { ViewEnd } from './protocol-words.ts';

/** How long looks into rooms outlast the line to the centre: a restart of either side takes less. */
export const viewGraceMs = 30_000;
/** A room's window says every few seconds how it stands. After this long it is gone, and what it sent is ended. */
export const windowGoneMs = 20_000;
/** Requests waiting for an answer; more are turned down unread. */
export const mostOpenRequests = 20;

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;

/**
 * How long to wait before the line is tried again: doubling up to half a minute, of which a random half is left out, so
 * that all the stations of a centre do not come back in the same moment.
 *
 * @param failures  in a row, from 1
 * @param random  in [0, 1)
 */
export const retryDelayMs = (failures: number, random: number): number =>
  Math.round(Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures - 1, 10)) * (1 - random / 2));

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** Fills the places of a WHIP address. Ids hold nothing that an address would read otherwise. */
export const whipAddress = (pattern: string, at: { session: string; room: string; camera: string }): string =>
  pattern.replace(/\{(session|room|camera)\}/g, (_, name: keyof typeof at) => encodeURIComponent(at[name]));

type AddressFault = { code: 'BAD_ADDRESS' } | { code: 'UNENCRYPTED_ADDRESS' };

/**
 * Whether pictures, keys and tokens may go to this address: encrypted, or no farther than this computer. Names and passwords
 * in an address would end up in the journal: refused.
 */
export function checkedUrl(way: 'centre' | 'whip', address: string): Result<URL, AddressFault> {
  const url = URL.parse(address);
  const [secure, plain] = way === 'centre' ? ['wss:', 'ws:'] : ['https:', 'http:'];
  const isOfThisWay = url !== null && (url.protocol === secure || url.protocol === plain);
  if (!isOfThisWay || url.username !== '' || url.password !== '' || url.hash !== '' || url.hostname === '') {
    return err({ code: 'BAD_ADDRESS' });
  }
  if (url.protocol === plain && !isLoopback(url.hostname)) return err({ code: 'UNENCRYPTED_ADDRESS' });
  return ok(url);
}

/** Whether live pictures can go there at all; a WHIP address is a pattern that names the camera. */
export function checkedAddress(way: LiveWay, address: string): Result<unknown, AddressFault> {
  if (way === 'none') return ok(null);
  // Cameras of one room under one address would end each other.
  if (way === 'whip' && !address.includes('{camera}')) return err({ code: 'BAD_ADDRESS' });
  return checkedUrl(way, whipAddress(address, { session: 's', room: 'r', camera: 'c' }));
}

/** Whether a room may be shown: while its session's door is open or it is running, as long as it is recorded. */
export const mayBeSeen = (state: SessionState | null): boolean => state === 'open' || state === 'running';

/**
 * Why a look that has not ended must end now; null while it may go on.
 *
 * @param lineAwayMs  for how long there has been no line; null while there is one
 */
export function viewEndDue(
  view: { sessionState: SessionState | null },
  now: { way: LiveWay; lineAwayMs: number | null },
): ViewEnd | null {
  if (now.way !== 'centre') return 'setting-changed';
  if (!mayBeSeen(view.sessionState)) return 'session-ended';
  return now.lineAwayMs !== null && now.lineAwayMs > viewGraceMs ? 'line-lost' : null;
}

import { chinaTime } from '../archive/bag-info.ts';
import type { DeliverySetting } from './contract.ts';
import type { SendError } from './send-archive.ts';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Whether sending is allowed at this moment. Hours may go over midnight (22 to 6); equal hours mean the whole day. */
export function mayBeSentAt(hours: DeliverySetting['hours'], wallMs: number): boolean {
  if (hours === null || hours.from === hours.to) return true;
  const hour = Number(chinaTime(wallMs).slice(11, 13));
  return hours.from < hours.to ? hour >= hours.from && hour < hours.to : hour >= hours.from || hour < hours.to;
}

/**
 * How long to wait after so many failures in a row: twice as long each time up to five minutes, shortened by chance to half, so
 * that the sites of a city do not all come back in the same second.
 *
 * @param chance  from 0 up to 1
 */
export const waitAfter = (failures: number, chance: number): number =>
  Math.round(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20)) * (1 - chance / 2));

/**
 * Whether the next try is still to be waited for. No wait is longer than five minutes: what seems to lie further ahead was written
 * before somebody set the clock back, and is due.
 */
export const isToCome = (nextTryMs: number, wallMs: number): boolean =>
  nextTryMs > wallMs && nextTryMs <= wallMs + LONGEST_WAIT_MS;

/** What an address for sending may be: https, or plain http to this very machine. */
export type AddressFault = 'not-an-address' | 'not-https';

export function addressFault(address: string): AddressFault | null {
  if (!URL.canParse(address)) return 'not-an-address';
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(address);
  if (username !== '' || password !== '' || pathname !== '/' || search !== '' || hash !== '') return 'not-an-address';
  if (protocol === 'https:') return null;
  const here = hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]';
  return protocol === 'http:' && here ? null : 'not-https';
}

export type Onward =
  /** A person stopped it, or the hours ended. */
  | { kind: 'rest' }
  /** The centre has it already, or is looking at it. */
  | { kind: 'ask-now' }
  /** What had arrived is gone at the centre. */
  | { kind: 'start-over'; problem: string }
  | { kind: 'try-later'; problem: string }
  /** Trying again would not change it: a person decides. */
  | { kind: 'refused'; code: string };

/** What follows from a try that did not bring every byte over. */
export function afterFailure(error: SendError): Onward {
  if (error.code === 'STOPPED') return { kind: 'rest' };
  if (error.code === 'CENTRE_UNREACHABLE') return { kind: 'try-later', problem: error.code };
  if (error.code === 'BUNDLE_CHANGED') return { kind: 'refused', code: error.code };
  const { status, reason } = error;
  if (reason === 'ALREADY_ACCEPTED' || reason === 'BEING_CHECKED') return { kind: 'ask-now' };
  // 409 without a reason: the centre has another number of bytes than we thought. The next try asks for it.
  if (status === 409 && reason === '') return { kind: 'try-later', problem: 'CENTRE_UNREACHABLE' };
  if (status === 404 || status === 410) return { kind: 'start-over', problem: 'UPLOAD_LOST' };
  if (status === 507) return { kind: 'try-later', problem: 'CENTRE_FULL' };
  return { kind: 'refused', code: reason === '' ? 'CENTRE_REFUSED' : reason };
}

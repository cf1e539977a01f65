import { isIPv4 } from 'node:net';
import { err, ok, type Result } from '../../../lib/result.ts';
import { DIALECTS, type Dialect, type DialectName } from './dialects.ts';

export interface ServiceAddress {
  readonly dialect: Dialect;
  readonly origin: URL;
}

/** Whether a host name means this computer, whatever the network says. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/^::ffff:/i, '');
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/**
 * `synjones`, `huashi` or `donsee` for the service at its usual place on this computer, or `huashi:http://HOST:PORT` for
 * another. What a card says goes over that line in the clear, so another computer is refused unless the setting of the
 * reader allows it.
 */
export function parseServiceAddress(
  address: string,
  beyondThisMachine: boolean,
): Result<ServiceAddress, 'not-a-service' | 'bad-address' | 'beyond-this-machine'> {
  const [, name = '', , place] = /^([a-z]+)(:(.*))?$/.exec(address) ?? [];
  if (!Object.hasOwn(DIALECTS, name)) return err('not-a-service');
  const dialect = DIALECTS[name as DialectName];
  if (place === undefined) return ok({ dialect, origin: new URL(dialect.usualOrigin) });
  const origin = URL.parse(place);
  const isOrigin =
    origin !== null &&
    /^https?:$/.test(origin.protocol) &&
    origin.hostname !== '' &&
    `${origin.origin}/` === origin.href;
  if (!isOrigin) return err('bad-address');
  return beyondThisMachine || isLoopback(origin.hostname) ? ok({ dialect, origin }) : err('beyond-this-machine');
}

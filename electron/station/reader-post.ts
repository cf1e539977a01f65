import { isIPv4 } from 'node:net';
import type { CardRead, IdReader, ReaderState, ReaderTrouble } from '../devices/id-reader/port.ts';
import { BAUD_RATES } from '../devices/id-reader/sam-commands.ts';
import { openSamReader } from '../devices/id-reader/sam-session.ts';
import { serialTransport } from '../devices/id-reader/serial-transport.ts';
import { parseServiceAddress } from '../devices/id-reader/service/service-address.ts';
import { openServiceReader } from '../devices/id-reader/service/service-session.ts';
import { tcpTransport } from '../devices/id-reader/tcp-transport.ts';
import type { ReaderView } from '../features/checkin/contract.ts';
import type { ReaderSetting } from '../features/site/readers-contract.ts';
import { err, ok, type Result } from '../lib/result.ts';

export interface ReaderListener {
  onState(reader: IdReader, state: ReaderState): void;
  onCard(card: CardRead): void;
  onTrouble(reader: IdReader, trouble: ReaderTrouble): void;
}

export interface AddressRefusal {
  readonly code: 'bad-address' | 'beyond-this-machine';
}

export type OpenReader = (
  setting: Omit<ReaderSetting, 'label'>,
  listener: ReaderListener,
) => Result<IdReader, AddressRefusal>;

/**
 * Opens the reader of a setting: `tcp:HOST:PORT` for a serial server or a simulator, `serial:PATH` or `serial:PATH:BAUD`
 * for a port of this machine (`serial:COM3`, `serial:/dev/ttyUSB0`), or a maker's card service.
 */
export const openReader: OpenReader = (setting, listener) => {
  const opened = driverFor(setting);
  if (!opened.ok) return opened;
  const reader = opened.value;
  reader.onState((state) => listener.onState(reader, state));
  reader.onCard((card) => listener.onCard(card));
  reader.onTrouble((trouble) => listener.onTrouble(reader, trouble));
  return opened;
};

function driverFor({
  readerId,
  address,
  beyondThisMachine,
}: Omit<ReaderSetting, 'label'>): Result<IdReader, AddressRefusal> {
  const service = parseServiceAddress(address, beyondThisMachine);
  if (service.ok) return ok(openServiceReader(readerId, service.value));
  if (service.error !== 'not-a-service') return err({ code: service.error });
  const transport = transportOf(address);
  return transport ? ok(openSamReader(readerId, transport)) : err({ code: 'bad-address' });
}

function transportOf(address: string) {
  const tcp = /^tcp:([A-Za-z0-9.-]+):(\d{1,5})$/.exec(address);
  if (tcp) {
    const [, host = '', port] = tcp;
    return isHost(host) && isPort(Number(port)) ? tcpTransport(host, Number(port)) : null;
  }
  const serial = /^serial:([^:\s]+)(?::(\d{4,6}))?$/.exec(address);
  if (!serial) return null;
  if (serial[2] === undefined) return serialTransport(serial[1]!);
  const given = BAUD_RATES.find((rate) => rate === Number(serial[2]));
  return given ? serialTransport(serial[1]!, given) : null;
}

const isPort = (port: number): boolean => port >= 1 && port <= 65_535;

/** A name of RFC 1123, or an IPv4 address: what ends in a number has to be one. */
function isHost(host: string): boolean {
  const labels = host.split('.');
  if (/^\d+$/.test(labels.at(-1)!)) return isIPv4(host);
  return host.length <= 253 && labels.every((label) => /^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(label));
}

/** The reader as the door's strip shows it. */
export function readerView(state: ReaderState | null): ReaderView {
  if (state === null) return { kind: 'none' };
  switch (state.kind) {
    case 'starting':
      return { kind: 'reading' };
    case 'lost':
      return { kind: 'lost', reason: state.reason };
    default:
      return state;
  }
}

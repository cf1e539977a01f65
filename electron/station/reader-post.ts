import type { CardRead, IdReader, ReaderState, ReaderTrouble } from '../devices/id-reader/port.ts';
import { openSamReader } from '../devices/id-reader/sam-session.ts';
import { serialTransport } from '../devices/id-reader/serial-transport.ts';
import { tcpTransport } from '../devices/id-reader/tcp-transport.ts';
import type { ReaderView } from '../features/checkin/contract.ts';
import { err, ok, type Result } from '../lib/result.ts';

export interface ReaderListener {
  onState(reader: IdReader, state: ReaderState): void;
  onCard(card: CardRead): void;
  onTrouble(reader: IdReader, trouble: ReaderTrouble): void;
}

export type OpenReader = (address: string, listener: ReaderListener) => Result<IdReader, { code: 'bad-address' }>;

/**
 * Opens the reader at an address: `tcp:HOST:PORT` for a serial server or a simulator, `serial:PATH` or
 * `serial:PATH:BAUD` for a port of this machine (`serial:COM3`, `serial:/dev/ttyUSB0`).
 */
export const openReader: OpenReader = (address, listener) => {
  const transport = transportOf(address);
  if (transport === null) return err({ code: 'bad-address' });
  const reader = openSamReader(address, transport);
  reader.onState((state) => listener.onState(reader, state));
  reader.onCard((card) => listener.onCard(card));
  reader.onTrouble((trouble) => listener.onTrouble(reader, trouble));
  return ok(reader);
};

function transportOf(address: string) {
  const tcp = /^tcp:([A-Za-z0-9.-]+):(\d{1,5})$/.exec(address);
  if (tcp) return tcpTransport(tcp[1]!, Number(tcp[2]));
  const serial = /^serial:([^:\s]+)(?::(\d{4,6}))?$/.exec(address);
  return serial ? serialTransport(serial[1]!, serial[2] ? Number(serial[2]) : undefined) : null;
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

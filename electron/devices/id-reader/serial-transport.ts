import { stat } from 'node:fs/promises';
import { err, ok, type Result } from '../../lib/result.ts';
import { BAUD_RATES, type BaudRate } from './sam-commands.ts';
import type { Line, LineListener, OpenFailure, Transport } from './transport.ts';

export interface SerialPortChoice {
  readonly path: string;
  readonly maker: string | null;
}

/** Why no list can be shown; the operator can still type the port's name. */
export interface ListFailure {
  readonly code: 'listing-unavailable';
  readonly detail: string;
}

/** The native library is loaded on first use only: a machine where it does not load still runs everything else. */
const loadSerialPort = async () => (await import('serialport')).SerialPort;

/** Serial ports of this computer. Never rejects: without udev, or without the native library, the error says so. */
export async function listSerialPorts(
  list: () => Promise<readonly { path: string; manufacturer?: string | undefined }[]> = async () =>
    (await loadSerialPort()).list(),
): Promise<Result<SerialPortChoice[], ListFailure>> {
  try {
    return ok((await list()).map((port) => ({ path: port.path, maker: port.manufacturer ?? null })));
  } catch (cause) {
    return err({ code: 'listing-unavailable', detail: wordsOf(cause) });
  }
}

/** How often an open port's device file is looked for. */
const DEVICE_CHECK_MS = 500;

/**
 * A reader on a serial port, 8 data bits, no parity, one stop bit.
 *
 * @param given  the only speed to use; left out, the reader is looked for at every speed it may be set to
 */
export function serialTransport(path: string, given?: BaudRate): Transport {
  const baudRates = given === undefined ? BAUD_RATES : [given];
  return {
    label: path,
    baudRates,
    open: (listener, baudRate = baudRates[0]!) => openSerial(path, baudRate, listener),
  };
}

async function openSerial(path: string, baudRate: number, listener: LineListener): Promise<Result<Line, OpenFailure>> {
  let SerialPort: Awaited<ReturnType<typeof loadSerialPort>>;
  try {
    SerialPort = await loadSerialPort();
  } catch (cause) {
    return err({ code: 'not-found', detail: `serial library: ${wordsOf(cause)}` });
  }
  return new Promise((resolve) => {
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    let closing = false;
    let broke = false;
    const broken = () => {
      if (closing || broke) return;
      broke = true;
      clearInterval(deviceCheck);
      listener.broken();
    };
    let deviceCheck: NodeJS.Timeout | undefined;
    port.on('data', (chunk: Uint8Array) => {
      if (!closing) listener.bytes(chunk);
    });
    port.on('close', broken);
    // A write to a port that was just pulled fails before the 'close' is seen.
    port.on('error', broken);
    port.open((failure) => {
      if (failure) return resolve(err({ code: openFailureCode(failure.message), detail: failure.message }));
      // A port that was pulled reads as empty on Linux, and the library then reads on for ever without a word.
      if (process.platform !== 'win32') deviceCheck = setInterval(() => stat(path).catch(broken), DEVICE_CHECK_MS);
      resolve(ok({ write: (bytes) => void port.write(bytes), close }));
    });

    function close(): Promise<void> {
      closing = true;
      clearInterval(deviceCheck);
      return new Promise((closed) => (port.isOpen ? port.close(() => closed()) : closed()));
    }
  });
}

/** The library reports open failures in words only; Windows: "Access denied" means another program holds the port. */
export function openFailureCode(words: string): OpenFailure['code'] {
  if (/cannot lock|busy|access denied|access is denied/i.test(words)) return 'busy';
  if (/permission|EACCES|EPERM/i.test(words)) return 'no-permission';
  return 'not-found';
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

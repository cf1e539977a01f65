import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { BAUD_RATES, type BaudRate } from './sam-commands.ts';
import { encodeFrame, FrameParser } from './sam-frame.ts';
import { STATUS } from './sam-status.ts';
import {
  type ModuleTraits,
  nameOf,
  ORDINARY_MODULE,
  reply,
  type SimulatedCard,
  SimulatedSam,
  spoilChecksum,
} from './simulated-sam.ts';

export type { SimulatedCard } from './simulated-sam.ts';

/**
 * One bad day of a reader. `command` (a name from `COMMANDS`) narrows it to the answers to that command, `times` to so
 * many of them; left out, it holds for every answer until `heal`.
 */
export type ReaderFault = { readonly command?: string; readonly times?: number } & (
  | { readonly kind: 'wrong-checksum' | 'length-too-big' | 'lost-first-byte' | 'silence' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'garbage-before'; readonly bytes: Uint8Array }
  | { readonly kind: 'pieces'; readonly sizeBytes: number }
  /** The cable is pulled after so many bytes of the answer. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
);

/** A reader for rehearsals and tests that speaks the true protocol on a TCP port. */
export interface SimulatedReader {
  readonly host: string;
  readonly port: number;
  /** The speed the module was last set to. A TCP line has none: whoever simulates a serial one asks for it. */
  readonly baudRate: BaudRate;
  place(card: SimulatedCard): void;
  lift(): void;
  /** Drops the line and refuses new ones. */
  unplug(): Promise<void>;
  /** Accepts lines at the same port again. A card that lies there still lies there. */
  replug(): Promise<void>;
  fault(fault: ReaderFault): void;
  heal(): void;
  /** How often a command has been received since the start. */
  received(command: string): number;
  close(): Promise<void>;
}

/** @param options.port 0 takes a free port, which then stays the same through unplug and replug */
export async function startSimulatedReader(options: {
  port: number;
  host?: string;
  traits?: Partial<ModuleTraits>;
  baudRate?: BaudRate;
}): Promise<SimulatedReader> {
  const reader = new TcpSimulatedReader(options.host ?? '127.0.0.1', { ...ORDINARY_MODULE, ...options.traits });
  reader.baudRate = options.baudRate ?? BAUD_RATES[0];
  await reader.listen(options.port);
  return reader;
}

class TcpSimulatedReader implements SimulatedReader {
  readonly host: string;
  port = 0;
  baudRate: BaudRate = BAUD_RATES[0];
  readonly #sam: SimulatedSam;
  readonly #received = new Map<string, number>();
  #faults: { fault: ReaderFault; left: number }[] = [];
  #server: Server | null = null;
  #socket: Socket | null = null;
  #nextBaudRate: BaudRate | null = null;

  constructor(host: string, traits: ModuleTraits) {
    this.host = host;
    this.#sam = new SimulatedSam(traits);
  }

  async listen(port: number): Promise<void> {
    const server = createServer((socket) => this.#serve(socket)).listen(port, this.host);
    await once(server, 'listening');
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  place(card: SimulatedCard): void {
    this.#sam.place(card);
  }
  lift(): void {
    this.#sam.lift();
  }
  fault(fault: ReaderFault): void {
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }
  heal(): void {
    this.#faults = [];
  }
  received(command: string): number {
    return this.#received.get(command) ?? 0;
  }
  async replug(): Promise<void> {
    if (!this.#server) await this.listen(this.port);
  }
  async unplug(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#socket?.destroy();
    if (server) await new Promise((closed) => server.close(closed));
  }
  close(): Promise<void> {
    return this.unplug();
  }

  #serve(socket: Socket): void {
    // A reader has one line: a newer one takes it over, as a serial server does after a half-open connection.
    this.#socket?.destroy();
    this.#socket = socket;
    // The answer to a change of speed still went out at the one before; the port is opened anew for the next.
    this.baudRate = this.#nextBaudRate ?? this.baudRate;
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    const parser = new FrameParser('command');
    let answering = Promise.resolve();
    socket.on('data', (chunk) => {
      for (const event of parser.push(chunk)) {
        const body = event.kind === 'frame' ? event.body : null;
        answering = answering.then(() => this.#answer(socket, body));
      }
    });
  }

  /** @param body null when the command came garbled */
  async #answer(socket: Socket, body: Uint8Array | null): Promise<void> {
    const command = (body && nameOf(body)) ?? 'unknown';
    this.#received.set(command, this.received(command) + 1);
    const faults = this.#faultsFor(command);
    if (faults.some((f) => f.kind === 'silence')) return;
    const status = body ? faults.find((f) => f.kind === 'status')?.status : STATUS.checksumWrong;
    // A refused command leaves the module where it was.
    const answer = body && status === undefined ? this.#sam.answer(body) : reply(status ?? STATUS.unknownError);
    let bytes = encodeFrame(answer);
    let pieceBytes = bytes.length;
    let cutAfter: number | null = null;
    for (const fault of faults) {
      if (fault.kind === 'wrong-checksum') bytes = spoilChecksum(bytes);
      if (fault.kind === 'length-too-big') bytes[5] = 0xff;
      if (fault.kind === 'lost-first-byte') bytes = bytes.slice(1);
      if (fault.kind === 'garbage-before') bytes = Uint8Array.of(...fault.bytes, ...bytes);
      if (fault.kind === 'pieces') pieceBytes = fault.sizeBytes;
      if (fault.kind === 'cut') cutAfter = fault.afterBytes;
    }
    await send(socket, bytes.subarray(0, cutAfter ?? bytes.length), pieceBytes);
    if (command === 'set-baud' && answer[2] === STATUS.ok) this.#nextBaudRate = BAUD_RATES[body![1]!]!;
    if (cutAfter !== null) {
      socket.end();
      await this.unplug();
    }
  }

  #faultsFor(command: string): ReaderFault[] {
    const met = this.#faults.filter(({ fault }) => fault.command === undefined || fault.command === command);
    for (const entry of met) entry.left -= 1;
    this.#faults = this.#faults.filter((entry) => entry.left > 0);
    return met.map((entry) => entry.fault);
  }
}

async function send(socket: Socket, bytes: Uint8Array, pieceBytes: number): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed; at += pieceBytes) {
    socket.write(bytes.subarray(at, at + pieceBytes));
    await setImmediate();
  }
}

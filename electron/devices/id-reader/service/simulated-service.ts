import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DialectName } from './dialects.ts';
import { encodeGb18030 } from './gb18030.ts';
import { readReply, type ServiceCardOnReader, type Situation, spaced } from './simulated-replies.ts';

export type { ServiceCardOnReader } from './simulated-replies.ts';

/** One bad day of a service. `times` limits it to so many answers; left out, it holds until `heal`. */
export type ServiceFault = { readonly times?: number } & (
  | { readonly kind: 'hangs' | 'http-error' | 'device-missing' | 'no-photo' | 'broken-photo' }
  /** Cut JSON, JSON that is no object, bytes that are text in no encoding, an answer without end. */
  | { readonly kind: 'malformed'; readonly how: 'cut' | 'array' | 'bytes' | 'huge' }
  /** The system's own encoding instead of UTF-8. */
  | { readonly kind: 'old-encoding' }
  | { readonly kind: 'status'; readonly status: number }
);

export interface ServiceTraits {
  /** Answers with a card for as long as it lies there; false: once, as a module falls silent after a read. */
  readonly repeats: boolean;
}

/** A maker's card service for rehearsals and tests: a real HTTP server in the words of one dialect. */
export interface SimulatedService {
  readonly dialect: DialectName;
  /** As the station's setting names it. */
  readonly address: string;
  readonly port: number;
  place(card: ServiceCardOnReader): void;
  lift(): void;
  /** The service's program is ended, or started again at the same port. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  fault(fault: ServiceFault): void;
  heal(): void;
  /** How often a card was asked for. */
  looks(): number;
  /** The most requests that were ever open at once: these services take one. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

const READ_QUESTIONS = ['GET /api/readmsg', 'GET /readcard', 'POST /card=idcard'];
/** 05.01-20200101-0000000001-1, a specimen number. */
const SAM_ID = '05.01-20200101-0000000001-1';

export async function startSimulatedService(options: {
  dialect: DialectName;
  port: number;
  traits?: Partial<ServiceTraits>;
}): Promise<SimulatedService> {
  const service = new HttpSimulatedService(options.dialect, { repeats: true, ...options.traits });
  await service.listen(options.port);
  return service;
}

class HttpSimulatedService implements SimulatedService {
  readonly dialect: DialectName;
  port = 0;
  readonly #traits: ServiceTraits;
  #server: Server | null = null;
  #card: ServiceCardOnReader | null = null;
  #told = false;
  #opened = false;
  #faults: { fault: ServiceFault; left: number }[] = [];
  #looks = 0;
  #atOnce = 0;
  #mostAtOnce = 0;

  constructor(dialect: DialectName, traits: ServiceTraits) {
    this.dialect = dialect;
    this.#traits = traits;
  }

  get address(): string {
    return `${this.dialect}:http://127.0.0.1:${this.port}`;
  }

  async listen(port: number): Promise<void> {
    const server = createServer((request, reply) => this.#serve(request, reply)).listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#server = server;
    this.#opened = false;
    this.port = (server.address() as AddressInfo).port;
  }

  place(card: ServiceCardOnReader): void {
    this.#card = card;
    this.#told = false;
  }
  lift(): void {
    this.#card = null;
  }
  fault(fault: ServiceFault): void {
    this.#faults.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }
  heal(): void {
    this.#faults = [];
  }
  looks(): number {
    return this.#looks;
  }
  mostAtOnce(): number {
    return this.#mostAtOnce;
  }
  async restart(): Promise<void> {
    if (!this.#server) await this.listen(this.port);
  }
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }
  close(): Promise<void> {
    return this.stop();
  }

  #serve(request: IncomingMessage, reply: ServerResponse): void {
    this.#atOnce += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#atOnce);
    reply.once('close', () => {
      this.#atOnce -= 1;
    });
    request.resume();
    const path = new URL(request.url ?? '/', 'http://service').pathname.toLowerCase();
    const text = this.#answerTo(`${request.method} ${path}`);
    const isRead = READ_QUESTIONS.includes(`${request.method} ${path}`);
    const faults = this.#faultsNow(isRead);
    if (faults.some((f) => f.kind === 'hangs')) return;
    if (text === null || faults.some((f) => f.kind === 'http-error')) {
      reply.writeHead(text === null ? 404 : 500).end();
      return;
    }
    if (isRead) this.#looks += 1;
    const body = isRead ? this.#read(faults) : text;
    const malformed = faults.find((f) => f.kind === 'malformed');
    reply.writeHead(200, { 'content-type': 'application/json' });
    if (malformed) reply.end(spoil(body, malformed.how));
    else reply.end(faults.some((f) => f.kind === 'old-encoding') ? encodeGb18030(body) : body);
  }

  /** Null for a question this service does not know. */
  #answerTo(question: string): string | null {
    const known: Record<DialectName, Record<string, () => string>> = {
      synjones: {
        'GET /api/readmsg': () => '',
        'GET /api/version': () => JSON.stringify({ code: '0', version: '3.3.4' }),
        'GET /api/getsamid': () => JSON.stringify({ code: '0', samid: SAM_ID }),
      },
      huashi: {
        'GET /readcard': () => '',
        'GET /opendevice': () => {
          this.#opened = !this.#faults.some(({ fault }) => fault.kind === 'device-missing');
          return this.#opened
            ? spaced({ resultFlag: 0, errorMsg: '打开设备成功' })
            : spaced({ resultFlag: -1, errorMsg: '打开设备失败' });
        },
        'GET /closedevice': () => {
          this.#opened = false;
          return spaced({ resultFlag: 0, errorMsg: '关闭设备成功' });
        },
      },
      donsee: { 'POST /card=idcard': () => '' },
    };
    return known[this.dialect][question]?.() ?? null;
  }

  #read(faults: readonly ServiceFault[]): string {
    return readReply(this.dialect, this.#situation(faults));
  }

  #situation(faults: readonly ServiceFault[]): Situation {
    const unopened = this.dialect === 'huashi' && !this.#opened;
    if (unopened || faults.some((f) => f.kind === 'device-missing')) return { kind: 'device-missing' };
    if (!this.#card || (this.#told && !this.#traits.repeats)) return { kind: 'none' };
    const refused = faults.find((f) => f.kind === 'status');
    if (refused) return { kind: 'status', status: refused.status };
    this.#told = true;
    const card = this.#card;
    if (faults.some((f) => f.kind === 'no-photo')) return { kind: 'card', card: { ...card, photo: null } };
    if (faults.some((f) => f.kind === 'broken-photo'))
      return { kind: 'card', card: { ...card, photo: Buffer.from('no picture at all') } };
    return { kind: 'card', card };
  }

  /** Only answers to a look for a card use a fault up. */
  #faultsNow(isRead: boolean): ServiceFault[] {
    const met = this.#faults.map((entry) => entry.fault);
    if (isRead) for (const entry of this.#faults) entry.left -= 1;
    this.#faults = this.#faults.filter((entry) => entry.left > 0);
    return met;
  }
}

function spoil(text: string, how: 'cut' | 'array' | 'bytes' | 'huge'): string | Uint8Array {
  switch (how) {
    case 'cut':
      return text.slice(0, -2);
    case 'array':
      return `[${text}]`;
    case 'bytes':
      return Uint8Array.of(0x7b, 0x22, 0xff, 0xff, 0xff, 0x22, 0x7d);
    case 'huge':
      return ' '.repeat(5 * 1024 * 1024) + text;
  }
}

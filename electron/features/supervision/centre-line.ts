import type { KeyObject } from 'node:crypto';
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Clock } from '../../lib/clock.ts';
import type { RoomId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { signSsh, verifySsh } from '../../lib/sshsig.ts';
import type { Line } from './contract.ts';
import {
  centreProof,
  maxToStationBytes,
  proofMessage,
  protocolName,
  readFromCentre,
  stationProof,
  type ToCentre,
  type ToStation,
} from './protocol.ts';
import { retryDelayMs } from './rules.ts';
import type { RouterRequest, SignalAnswer, SignalFailure } from './signal.ts';

const handshakeMs = 10_000;
const pingEveryMs = 5_000;
/** Nothing heard for this long, not even the answer to a ping: the line is dead, whatever the system believes. */
const silentAfterMs = 15_000;
const answerWithinMs = 10_000;
/** Questions to the router under way at once; a desk with sixteen cameras asks fewer. */
const mostCalls = 200;

export interface LineIdentity {
  stationId: string;
  siteName: string;
  /** Ed25519, private. */
  signing: KeyObject;
}

export interface LineHooks {
  clock: Clock;
  /** Null while the station's keys are locked. */
  identity: () => LineIdentity | null;
  centreKeys: () => KeyObject[];
  /** Both sides have proved who they are. `views`: looks the centre still holds. */
  opened: (views: readonly string[]) => void;
  heard: (message: ToStation) => void;
  /** The centre said what the protocol does not have. */
  misspoke: (fault: string) => void;
  changed: (line: Line) => void;
}

type Waiting = Extract<Line, { kind: 'waiting' }>;
type Call = { roomId: RoomId; settle: (result: Result<SignalAnswer, SignalFailure>) => void };

/**
 * The station's WebSocket to the centre's live part: it proves who it is, has the centre prove itself, notices silence, and
 * comes back by itself. Whatever happens here costs the station no more than this line.
 */
export class CentreLine {
  readonly #address: string;
  readonly #hooks: LineHooks;
  readonly #calls = new Map<string, Call>();
  #line: Line = { kind: 'off' };
  #socket: WebSocket | null = null;
  #failures = 0;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(address: string, hooks: LineHooks) {
    this.#address = address;
    this.#hooks = hooks;
    this.#connect();
  }

  get line(): Line {
    return this.#line;
  }

  /** @returns false when there is no line to tell it on */
  tell(message: ToCentre): boolean {
    if (this.#line.kind !== 'open' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** Carries a window's question to the centre's router. */
  call(roomId: RoomId, request: RouterRequest): Promise<Result<SignalAnswer, SignalFailure>> {
    if (this.#calls.size >= mostCalls) return Promise.resolve(err('no-line'));
    return new Promise((resolve) => {
      const id = newId('Q');
      const timer = setTimeout(() => settle(err('timeout')), answerWithinMs).unref();
      const settle: Call['settle'] = (result) => {
        clearTimeout(timer);
        this.#calls.delete(id);
        resolve(result);
      };
      this.#calls.set(id, { roomId, settle });
      if (!this.tell({ kind: 'signal', id, roomId, request })) settle(err('no-line'));
    });
  }

  /** Ends the line for good. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#drop();
    this.#line = { kind: 'off' };
  }

  #connect(): void {
    if (this.#closed) return;
    const identity = this.#hooks.identity();
    if (identity === null) {
      this.#wait('keys-locked', '');
      return;
    }
    this.#show({ kind: 'opening' });
    let socket: WebSocket;
    try {
      socket = new WebSocket(this.#address, {
        maxPayload: maxToStationBytes,
        handshakeTimeout: handshakeMs,
        perMessageDeflate: false,
        followRedirects: false,
      });
    } catch {
      this.#wait('unreachable', '');
      return;
    }
    this.#socket = socket;
    // Whatever this socket says once another has taken its place, or none, is of no account.
    const mine = (work: () => void) => {
      if (this.#socket === socket) work();
    };
    let reason: { kind: Waiting['reason']; detail: string } = { kind: 'unreachable', detail: '' };
    socket.on('error', (error: NodeJS.ErrnoException) => mine(() => (reason.detail = error.code ?? '')));
    socket.on('close', () => mine(() => this.#lost(reason.kind, reason.detail)));

    const nonce = randomBytes(32).toString('hex');
    let centreNonce: string | null = null;
    let centreName = '';
    let lastHeard = performance.now();
    const fail = (kind: Waiting['reason'], detail = '') => {
      reason = { kind, detail };
      if (kind === 'misspoke') this.#hooks.misspoke(detail);
      this.#lost(kind, detail);
    };
    socket.on('open', () =>
      mine(() => {
        reason = { kind: 'lost', detail: '' };
        lastHeard = performance.now();
        this.#every(pingEveryMs, () => {
          if (performance.now() - lastHeard > silentAfterMs) fail('silent');
          else socket.ping();
        });
        this.#after(handshakeMs, () => this.#line.kind === 'opening' && fail('silent'));
      }),
    );
    socket.on('pong', () => (lastHeard = performance.now()));
    socket.on('message', (data: Buffer, isBinary) =>
      mine(() => {
        lastHeard = performance.now();
        const read = readFromCentre(data, isBinary);
        if (!read.ok) return fail('misspoke', read.error);
        const message = read.value;
        if (message.kind === 'turned-away') return fail('turned-away', message.reason);
        if (this.#line.kind === 'open') return this.#take(message);
        if (message.kind === 'challenge' && centreNonce === null) {
          if (!message.protocols.includes(protocolName)) return fail('turned-away', 'protocol');
          centreNonce = message.nonce;
          centreName = message.centre;
          const { stationId, siteName, signing } = identity;
          const proof = signSsh(proofMessage(centreNonce, nonce, stationId), stationProof, signing);
          socket.send(
            JSON.stringify({
              kind: 'hello',
              protocol: protocolName,
              stationId,
              siteName,
              nonce,
              proof,
            } satisfies ToCentre),
          );
          return;
        }
        if (message.kind !== 'welcome' || centreNonce === null) return fail('misspoke', message.kind);
        if (!this.#isProved(message.proof, proofMessage(centreNonce, nonce, identity.stationId))) {
          return fail('bad-proof');
        }
        this.#failures = 0;
        this.#show({ kind: 'open', sinceMs: this.#hooks.clock.wallMs(), centre: centreName });
        this.#hooks.opened(message.views);
      }),
    );
  }

  /** A centre with keys on its card has to sign with one of them. */
  #isProved(proof: string | null, message: Uint8Array): boolean {
    const keys = this.#hooks.centreKeys();
    if (keys.length === 0) return true;
    const checked = proof === null ? null : verifySsh(proof, message, centreProof);
    return checked?.ok === true && keys.some((key) => key.equals(checked.value.publicKey));
  }

  #take(message: ToStation): void {
    if (message.kind === 'signal-answer') this.#calls.get(message.id)?.settle(ok(message.answer));
    else if (message.kind === 'signal-failure') this.#calls.get(message.id)?.settle(err(message.reason));
    else this.#hooks.heard(message);
  }

  #lost(reason: Waiting['reason'], detail: string): void {
    this.#drop();
    this.#wait(reason, detail.slice(0, 60));
  }

  #drop(): void {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
    const socket = this.#socket;
    this.#socket = null;
    socket?.on('error', () => undefined);
    socket?.terminate();
    for (const { settle } of [...this.#calls.values()]) settle(err('no-line'));
  }

  #wait(reason: Waiting['reason'], detail: string): void {
    if (this.#closed) return;
    this.#failures += 1;
    const delayMs = retryDelayMs(this.#failures, Math.random());
    this.#show({ kind: 'waiting', reason, detail, againAtMs: this.#hooks.clock.wallMs() + delayMs });
    this.#retry = setTimeout(() => this.#connect(), delayMs).unref();
  }

  #show(line: Line): void {
    this.#line = line;
    this.#hooks.changed(line);
  }

  #every(ms: number, work: () => void): void {
    this.#timers.push(setInterval(work, ms).unref());
  }

  #after(ms: number, work: () => void): void {
    this.#timers.push(setTimeout(work, ms).unref());
  }
}

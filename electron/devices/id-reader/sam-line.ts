import { err, ok, type Result } from '../../lib/result.ts';
import type { ReaderTrouble } from './port.ts';
import { type Answer, type BaudRate, type Command, encodeCommand, splitAnswer } from './sam-commands.ts';
import { FrameParser } from './sam-frame.ts';
import { actionFor } from './sam-status.ts';
import type { Timers } from './timers.ts';
import type { Line, OpenFailure, Transport } from './transport.ts';

/** `checksum` and `length`: an answer came, but garbled. `silent` and `line-lost`: none came. */
export type ExchangeFault = 'checksum' | 'length' | 'silent' | 'line-lost';

export interface Asked extends Answer {
  /** The command had to be sent twice: a module that already gave its answer away may refuse the second time. */
  readonly resent: boolean;
}

export interface LineTimings {
  /** From sending a command to its complete answer. */
  readonly replyTimeoutMs: number;
  /** Silence before a resend, in which the rest of a garbled answer runs out; 1.3 kB takes 113 ms at 115200. */
  readonly settleMs: number;
}

export interface LineDeps {
  readonly timers: Timers;
  readonly timings: LineTimings;
  readonly onTrouble: (trouble: ReaderTrouble) => void;
}

/** Questions and answers with one module: one command in flight, one automatic resend after a garbled exchange. */
export class SamLine {
  readonly #deps: LineDeps;
  readonly #parser = new FrameParser('answer');
  #line: Line | null = null;
  #broken = false;
  #settle: ((outcome: Result<Answer, ExchangeFault>) => void) | null = null;

  private constructor(deps: LineDeps) {
    this.#deps = deps;
  }

  static async open(transport: Transport, deps: LineDeps, baudRate?: BaudRate): Promise<Result<SamLine, OpenFailure>> {
    const self = new SamLine(deps);
    const listener = { bytes: (chunk: Uint8Array) => self.#receive(chunk), broken: () => self.#break() };
    const opened = await transport.open(listener, baudRate);
    if (!opened.ok) return opened;
    self.#line = opened.value;
    return ok(self);
  }

  /** @throws Error when another command is in flight, which is a defect of the caller */
  async ask(
    command: Command,
    replyTimeoutMs = this.#deps.timings.replyTimeoutMs,
  ): Promise<Result<Asked, ExchangeFault>> {
    const first = await this.#exchange(command, replyTimeoutMs);
    const garbled = first.ok ? actionFor(first.value.status) === 'resend' : isGarbled(first.error);
    if (!garbled) return first.ok ? ok({ ...first.value, resent: false }) : first;
    this.#deps.onTrouble(
      first.ok
        ? { command: command.name, code: 'status', status: first.value.status }
        : { command: command.name, code: first.error, status: null },
    );
    await new Promise<void>((settled) => this.#deps.timers.after(this.#deps.timings.settleMs, settled));
    const second = await this.#exchange(command, replyTimeoutMs);
    return second.ok ? ok({ ...second.value, resent: true }) : second;
  }

  /** A command still in flight ends as `line-lost`. */
  async close(): Promise<void> {
    this.#break();
    await this.#line?.close();
  }

  #exchange(command: Command, replyTimeoutMs: number): Promise<Result<Answer, ExchangeFault>> {
    if (this.#settle) throw new Error(`${command.name} sent while another command is in flight`);
    if (this.#broken || !this.#line) return Promise.resolve(err('line-lost'));
    const line = this.#line;
    return new Promise((resolve) => {
      const callOff = this.#deps.timers.after(replyTimeoutMs, () => this.#settle?.(err('silent')));
      this.#settle = (outcome) => {
        callOff();
        this.#settle = null;
        resolve(outcome);
      };
      this.#parser.reset();
      line.write(encodeCommand(command));
    });
  }

  #receive(chunk: Uint8Array): void {
    // Bytes nobody asked for are the tail of an answer given up on.
    if (!this.#settle) return;
    const event = this.#parser.push(chunk)[0];
    if (!event) return;
    if (event.kind === 'frame') this.#settle(ok(splitAnswer(event.body)));
    else this.#settle(err(event.kind === 'bad-checksum' ? 'checksum' : 'length'));
  }

  #break(): void {
    this.#broken = true;
    this.#settle?.(err('line-lost'));
  }
}

export const isGarbled = (fault: ExchangeFault): fault is 'checksum' | 'length' =>
  fault === 'checksum' || fault === 'length';

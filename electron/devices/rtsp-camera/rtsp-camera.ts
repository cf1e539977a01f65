import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../../lib/clock.ts';
import { ArrivalClock } from './arrival-clock.ts';
import type { RtspListener, RtspSource, RtspState, RtspTrouble } from './port.ts';
import { inputList, recordArguments } from './source.ts';
import { StreamCutter } from './stream-cutter.ts';
import { troubleOf } from './trouble.ts';

/** Cameras stall without closing: nothing for so long, and the connection is given up. */
const STALLED_MS = 5_000;
/** Until the first picture: connecting, logging in, waiting for a key frame. */
const FIRST_MS = 15_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A connection that held so long was a good one: the next try comes at once again. */
const GOOD_MS = 60_000;

export interface RtspOptions {
  ffmpeg: string;
  clock: Clock;
  /** Whether sound is recorded with the picture, as Opus. */
  sound: boolean;
  listener: RtspListener;
  stalledMs?: number;
  firstWaitMs?: number;
}

/**
 * One network camera, recorded by ffmpeg as the camera encodes it, until `stop`. Whatever goes wrong is told once and
 * tried again, after half a second at first and half a minute at last.
 */
export class RtspCamera {
  readonly #source: RtspSource;
  readonly #options: RtspOptions;
  #child: ChildProcessByStdio<Writable, Readable, Readable> | null = null;
  #timer: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #waitMs: number;
  #state: RtspState = { kind: 'connecting' };

  constructor(source: RtspSource, options: RtspOptions) {
    this.#source = source;
    this.#options = options;
    this.#waitMs = options.firstWaitMs ?? FIRST_WAIT_MS;
    this.#connect();
  }

  get state(): RtspState {
    return this.#state;
  }
  /** Process id of the ffmpeg at work, for who measures it. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  stop(): void {
    this.#state = { kind: 'stopped' };
    clearTimeout(this.#timer);
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#watch);
    const child = this.#child;
    this.#child = null;
    child?.stdout.removeAllListeners('data');
    child?.kill('SIGKILL');
  }

  #connect(): void {
    const { clock, listener } = this.#options;
    this.#state = { kind: 'connecting' };
    const child = spawn(this.#options.ffmpeg, recordArguments(this.#options.sound), {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    const begunMs = clock.monotonicMs();
    const cutter = new StreamCutter();
    const arrival = new ArrivalClock(clock);
    let said = '';
    let head: Uint8Array | null = null;
    let isFirst = true;
    const failed = (trouble: RtspTrouble) => {
      if (this.#child !== child) return;
      if (clock.monotonicMs() - begunMs > GOOD_MS) this.#waitMs = this.#options.firstWaitMs ?? FIRST_WAIT_MS;
      this.#fail(trouble);
    };
    const stalled = () => failed('stalled');
    this.#watch = setTimeout(() => failed(troubleOf(said) ?? 'unreachable'), FIRST_MS);
    child.stdin.on('error', () => undefined);
    child.stdin.end(inputList(this.#source));
    // Read to its end, so that ffmpeg never waits for it; only what kind of trouble it means is kept.
    child.stderr.on('data', (bytes: Buffer) => {
      said = (said + bytes.toString('utf8')).slice(-2_000);
    });
    child.on('error', (error: NodeJS.ErrnoException) => failed(error.code === 'ENOENT' ? 'no-ffmpeg' : 'ended'));
    child.on('close', () => failed(troubleOf(said) ?? (isFirst ? 'unreachable' : 'ended')));
    child.stdout.on('data', (bytes: Buffer) => {
      if (this.#child !== child) return;
      const cuts = cutter.push(new Uint8Array(bytes));
      if (cuts === null) return failed('bad-stream');
      for (const cut of cuts) {
        if (cut.kind === 'head') {
          head = cut.head;
          this.#state = { kind: 'recording', format: cut.format, lastMs: clock.wallMs() };
          listener.began(cut.format);
          continue;
        }
        const { beginsWithKey, bytes: fragment, frames } = cut.fragment;
        const when = arrival.arrived(cut.fragment.beginMs, cut.fragment.endMs);
        if (when === null) return failed('clock');
        clearTimeout(this.#watch);
        this.#watch = setTimeout(stalled, this.#options.stalledMs ?? STALLED_MS);
        if (this.#state.kind === 'recording') this.#state = { ...this.#state, lastMs: when.endMs };
        // The first thing a run stores must play alone.
        if (isFirst && !beginsWithKey) continue;
        isFirst = false;
        const whole = beginsWithKey && head ? Buffer.concat([head, fragment]) : fragment;
        listener.fragment({ opens: beginsWithKey, bytes: whole, frames, ...when });
      }
    });
  }

  #fail(trouble: RtspTrouble): void {
    this.#end();
    const waitMs = trouble === 'no-ffmpeg' ? LONGEST_WAIT_MS : this.#waitMs;
    this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    this.#state = { kind: 'fault', trouble, againAtMs: this.#options.clock.monotonicMs() + waitMs };
    this.#timer = setTimeout(() => this.#connect(), waitMs);
    this.#options.listener.fault(trouble);
  }
}

import type { CameraId } from '../../../electron/lib/ids.ts';
import { createStore, type Store } from '../../api/store.ts';
import type { Allowance, LiveDriver, LiveLine, SentCamera } from './live-driver.ts';
import { LiveFailure } from './live-driver.ts';
import { type LineEffect, type LineEvent, type LineState, step } from './reconnect.ts';

const tickMs = 500;
/** From the first question to the router to a connection that stands. */
const openWithinMs = 20_000;

/** One connection kept up by the rules of `reconnect.ts`: this does what they say, and tells them what comes of it. */
export class LiveRun {
  readonly state: Store<LineState>;
  readonly #driver: LiveDriver;
  readonly #signalling: () => boolean;
  readonly #timer: ReturnType<typeof setInterval>;
  #line: LiveLine | null = null;
  #cameras: readonly SentCamera[] = [];
  #allowance: Allowance;
  /** Counts openings: what an earlier one still has to say is of no account. */
  #run = 0;
  #openedAtMs = 0;
  #isConnected = false;

  constructor(driver: LiveDriver, allowance: Allowance, signalling: () => boolean) {
    this.state = createStore<LineState>({ kind: 'off', failures: 0 });
    this.#driver = driver;
    this.#allowance = allowance;
    this.#signalling = signalling;
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  /** What is to be sent; nothing ends the connection. */
  send(cameras: readonly SentCamera[]): void {
    const isSame =
      cameras.length === this.#cameras.length &&
      cameras.every((c, i) => c.cameraId === this.#cameras[i]?.cameraId && c.track === this.#cameras[i]?.track);
    this.#cameras = cameras;
    this.#hear({ kind: cameras.length > 0 ? 'wanted' : 'unwanted' });
    if (!isSame) this.#change((line) => line.send(cameras));
  }

  allow(allowance: Allowance): void {
    const { room, size } = this.#allowance;
    if (room === allowance.room && size === allowance.size) return;
    this.#allowance = allowance;
    this.#change((line) => line.allow(allowance));
  }

  /** The other side has lost the connection. */
  lostThere(): void {
    this.#hear({ kind: 'lost-there' });
  }

  end(): void {
    clearInterval(this.#timer);
    this.#hear({ kind: 'unwanted' });
  }

  get cameraIds(): CameraId[] {
    return this.#cameras.map((c) => c.cameraId);
  }

  #tick(): void {
    const { kind } = this.state.get();
    if (kind === 'opening' && performance.now() - this.#openedAtMs > openWithinMs) {
      this.#hear({ kind: 'open-failed', reason: 'timeout' });
    } else {
      this.#hear({ kind: 'tick' });
    }
  }

  /** A change that fails means that the connection is not what we think it is. */
  #change(work: (line: LiveLine) => Promise<void>): void {
    const line = this.#line;
    if (line === null) return;
    work(line).catch(() => {
      if (this.#line === line) this.#hear({ kind: 'lost-there' });
    });
  }

  #hear(event: LineEvent): void {
    const { state, effects } = step(this.state.get(), event, {
      nowMs: performance.now(),
      random: Math.random(),
      signalling: this.#signalling(),
    });
    this.state.set(state);
    for (const effect of effects) this.#do(effect);
  }

  #do(effect: LineEffect): void {
    switch (effect) {
      case 'open':
        void this.#open();
        break;
      case 'restart-ice': {
        const line = this.#line;
        line?.restartIce().catch((failure: unknown) => {
          if (this.#line === line) this.#hear({ kind: 'restart-failed', reason: reasonOf(failure) });
        });
        break;
      }
      case 'close':
        this.#run += 1;
        this.#line?.close();
        this.#line = null;
        break;
    }
  }

  async #open(): Promise<void> {
    this.#run += 1;
    const mine = this.#run;
    this.#openedAtMs = performance.now();
    this.#isConnected = false;
    try {
      const cameras = this.#cameras;
      const allowance = this.#allowance;
      const line = await this.#driver.open(cameras, allowance, (word) => {
        if (mine !== this.#run) return;
        this.#isConnected = word === 'connected';
        this.#hear({ kind: 'connection', state: word });
        this.#settled(mine);
      });
      if (mine !== this.#run) {
        line.close();
        return;
      }
      this.#line = line;
      // What changed while it was being opened.
      if (cameras !== this.#cameras) this.#change((l) => l.send(this.#cameras));
      if (allowance !== this.#allowance) this.#change((l) => l.allow(this.#allowance));
      this.#settled(mine);
    } catch (failure) {
      if (mine === this.#run) this.#hear({ kind: 'open-failed', reason: reasonOf(failure) });
    }
  }

  /** Open is what the driver has set up and the browser has connected. */
  #settled(run: number): void {
    if (run !== this.#run || this.#line === null || !this.#isConnected) return;
    if (this.state.get().kind === 'opening') this.#hear({ kind: 'opened' });
  }
}

const reasonOf = (failure: unknown) => (failure instanceof LiveFailure ? failure.reason : 'refused');

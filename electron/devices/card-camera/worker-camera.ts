import { err, type Result } from '../../lib/result.ts';
import type { NativeProcess } from '../native-process/port.ts';
import type { CardCamera, CardCameraError, CardModelStamp, CardReading } from './port.ts';
import { MAX_IMAGE_BYTES } from './port.ts';
import type { StartFailure, WorkerMessage, WorkerRequest } from './worker-messages.ts';

type Answer = Result<CardReading, CardCameraError>;
type Job = { image: Uint8Array; resolve: (answer: Answer) => void };

export type Times = { pictureMs: number; idleMs: number };

/** A picture takes half a second, on a busy old machine several: after `pictureMs` a native library hangs. */
const TIMES: Times = { pictureMs: 30_000, idleMs: 3 * 60_000 };
/** Pictures of every desk together that may wait; a person holds a card still for seconds, not minutes. */
const MAX_WAITING = 4;

/**
 * The reader as the station sees it: a queue in front of a worker that holds one picture at a time. The worker and its models
 * are there only while cards are being read: it starts with the first picture and ends after `idleMs` without one.
 *
 * When the worker dies, the picture in it and those waiting answer `camera-stopped`; the next call starts a new one. Two deaths
 * without an answer between them are not an accident: it then stays stopped until it is opened anew.
 */
export class WorkerCardCamera implements CardCamera {
  readonly name: string;
  readonly models: readonly CardModelStamp[];
  readonly #start: () => Promise<Result<NativeProcess, StartFailure>>;
  readonly #times: Times;
  readonly #waiting: Job[] = [];
  #inWork: { job: Job; timer: NodeJS.Timeout } | null = null;
  #worker: NativeProcess | null = null;
  #idle: NodeJS.Timeout | null = null;
  #starting: Promise<void> | null = null;
  #closed = false;
  #deathsInARow = 0;

  /** @param start  a worker ready for requests; called for the first picture, and again after an end */
  constructor(
    facts: { name: string; models: readonly CardModelStamp[] },
    start: () => Promise<Result<NativeProcess, StartFailure>>,
    times: Times = TIMES,
  ) {
    this.name = facts.name;
    this.models = facts.models;
    this.#start = start;
    this.#times = times;
  }

  async read(image: Uint8Array): Promise<Answer> {
    if (this.#closed || this.#deathsInARow > 1) return err({ code: 'camera-stopped' });
    if (image.byteLength > MAX_IMAGE_BYTES) return err({ code: 'image-too-large' });
    if (this.#waiting.length >= MAX_WAITING) {
      return err({ code: 'camera-failed', reason: 'busy', detail: `${MAX_WAITING} pictures are waiting` });
    }
    return new Promise((resolve) => {
      this.#waiting.push({ image, resolve });
      this.#next();
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    this.#closed = true;
    this.#stopIdling();
    this.#failAll({ code: 'camera-stopped' });
    await this.#starting;
    await worker?.kill();
  }

  #next(): void {
    if (this.#inWork || this.#starting) return;
    if (this.#waiting.length === 0) {
      this.#idleFrom();
      return;
    }
    this.#stopIdling();
    if (!this.#worker) {
      this.#starting = this.#revive();
      return;
    }
    const job = this.#waiting.shift()!;
    const worker = this.#worker;
    const timer = setTimeout(() => void worker.kill(), this.#times.pictureMs);
    this.#inWork = { job, timer };
    worker.post({ kind: 'read', image: job.image } satisfies WorkerRequest);
  }

  async #revive(): Promise<void> {
    const started = await this.#start();
    this.#starting = null;
    if (!started.ok) {
      this.#failAll({ code: 'camera-failed', ...started.error });
    } else if (this.#closed) {
      await started.value.kill();
    } else {
      this.#adopt(started.value);
      this.#next();
    }
  }

  #adopt(worker: NativeProcess): void {
    this.#worker = worker;
    worker.onMessage((said) => {
      const message = said as WorkerMessage;
      if (message.kind === 'answer') this.#answered(message.result);
    });
    worker.onExit(() => {
      if (this.#worker === worker) this.#died();
    });
  }

  #answered(answer: Answer): void {
    const done = this.#inWork;
    if (!done) return;
    clearTimeout(done.timer);
    this.#inWork = null;
    this.#deathsInARow = 0;
    done.job.resolve(answer);
    this.#next();
  }

  #died(): void {
    this.#worker = null;
    this.#deathsInARow += 1;
    this.#stopIdling();
    this.#failAll({ code: 'camera-stopped' });
  }

  #idleFrom(): void {
    if (!this.#worker || this.#idle) return;
    const end = () => {
      const worker = this.#worker;
      this.#idle = null;
      this.#worker = null;
      void worker?.kill();
    };
    // The station may end while the models are still warm.
    this.#idle = setTimeout(end, this.#times.idleMs).unref();
  }

  #stopIdling(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
  }

  #failAll(error: CardCameraError): void {
    const jobs = this.#waiting.splice(0);
    if (this.#inWork) {
      clearTimeout(this.#inWork.timer);
      jobs.unshift(this.#inWork.job);
      this.#inWork = null;
    }
    for (const job of jobs) job.resolve(err(error));
  }
}

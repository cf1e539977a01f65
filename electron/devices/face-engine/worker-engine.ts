import { err, ok, type Result } from '../../lib/result.ts';
import type { NativeProcess } from '../native-process/port.ts';
import type {
  FaceEngine,
  FaceEngineError,
  FaceReading,
  FaceThresholds,
  Following,
  ModelStamp,
  Purpose,
  Track,
} from './port.ts';
import { MAX_IMAGE_BYTES } from './port.ts';
import type { WorkerAnswer, WorkerMessage, WorkerRequest } from './worker-messages.ts';

type Answer<T> = Result<T, FaceEngineError>;
type Job = { request: WorkerRequest; resolve: (answer: WorkerAnswer) => void };

/** Frames of every desk together that may wait; more would be answered too late to be worth anything. */
const MAX_WAITING = 8;
/** A still takes some 35 ms, a 16-megapixel photograph a second: after so long a native library hangs. */
const FRAME_TIMEOUT_MS = 20_000;

export type EngineFacts = { name: string; models: readonly ModelStamp[]; thresholds: FaceThresholds };

/**
 * The engine as the station sees it: a queue in front of a worker that holds one picture at a time.
 *
 * When the worker dies, the picture in it and those waiting answer `engine-stopped`; the next call starts a new worker. Two
 * deaths without an answer between them are not an accident: the engine then stays stopped until it is opened anew.
 */
export class WorkerFaceEngine implements FaceEngine {
  readonly name: string;
  readonly models: readonly ModelStamp[];
  readonly thresholds: FaceThresholds;
  readonly #restart: () => Promise<NativeProcess | null>;
  readonly #frameTimeoutMs: number;
  readonly #waiting: Job[] = [];
  #inWork: { job: Job; timer: NodeJS.Timeout } | null = null;
  #worker: NativeProcess | null = null;
  #starting = false;
  #closed = false;
  #deathsInARow = 0;

  /**
   * @param worker   ready for requests
   * @param restart  another one like it, or null when that is no longer possible
   */
  constructor(
    facts: EngineFacts,
    worker: NativeProcess,
    restart: () => Promise<NativeProcess | null>,
    frameTimeoutMs = FRAME_TIMEOUT_MS,
  ) {
    this.name = facts.name;
    this.models = facts.models;
    this.thresholds = facts.thresholds;
    this.#restart = restart;
    this.#frameTimeoutMs = frameTimeoutMs;
    this.#adopt(worker);
  }

  analyse(image: Uint8Array, how: { purpose: Purpose } = { purpose: 'live' }): Promise<Answer<FaceReading>> {
    return this.#ask({ kind: 'analyse', image, purpose: how.purpose });
  }

  follow(image: Uint8Array, previous: Track | null): Promise<Answer<Following>> {
    return this.#ask({ kind: 'follow', image, previous });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#closed = true;
    this.#failAll();
    await worker?.kill();
  }

  /** The worker answers what it was asked: `T` goes with the request's kind. */
  async #ask<T extends FaceReading | Following>(request: WorkerRequest): Promise<Answer<T>> {
    if (this.#closed || this.#deathsInARow > 1) return err({ code: 'engine-stopped' });
    if (request.image.byteLength > MAX_IMAGE_BYTES) return err({ code: 'image-too-large' });
    if (this.#waiting.length >= MAX_WAITING) {
      return err({ code: 'engine-failed', reason: 'busy', detail: `${MAX_WAITING} pictures are waiting` });
    }
    return new Promise((resolve) => {
      this.#waiting.push({ request, resolve: (answer) => resolve(answer as Answer<T>) });
      this.#next();
    });
  }

  #next(): void {
    if (this.#inWork || this.#starting || this.#waiting.length === 0) return;
    if (!this.#worker) {
      void this.#revive();
      return;
    }
    const job = this.#waiting.shift()!;
    const worker = this.#worker;
    const timer = setTimeout(() => void worker.kill(), this.#frameTimeoutMs);
    this.#inWork = { job, timer };
    worker.post(job.request);
  }

  async #revive(): Promise<void> {
    this.#starting = true;
    // Nobody waits for this: models that cannot be read again count as a worker that does not start.
    const worker = await this.#restart().catch(() => null);
    this.#starting = false;
    if (!worker) {
      this.#deathsInARow += 1;
      this.#failAll();
    } else if (this.#closed) {
      await worker.kill();
    } else {
      this.#adopt(worker);
      this.#next();
    }
  }

  #adopt(worker: NativeProcess): void {
    this.#worker = worker;
    worker.onMessage((said) => {
      const message = said as WorkerMessage;
      if (message.kind === 'answer') this.#answered(ownCopy(message.result));
    });
    worker.onExit(() => this.#died());
  }

  #answered(answer: WorkerAnswer): void {
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
    this.#failAll();
  }

  #failAll(): void {
    const jobs = this.#waiting.splice(0);
    if (this.#inWork) {
      clearTimeout(this.#inWork.timer);
      jobs.unshift(this.#inWork.job);
      this.#inWork = null;
    }
    for (const job of jobs) job.resolve(err({ code: 'engine-stopped' }));
  }
}

/** A template lives for hours; as it came it may be a view on the whole message. */
function ownCopy(answer: WorkerAnswer): WorkerAnswer {
  if (!answer.ok || !('embedding' in answer.value)) return answer;
  return ok({ ...answer.value, embedding: new Float32Array(answer.value.embedding) });
}

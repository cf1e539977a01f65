/** Deterministic numbers in [0, 1) from a seed (mulberry32): a failing run can be repeated. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * When the station is killed: in which step of the day, at the how-manieth of its moments. `afterMs`: null kills before
 * the call is sent; otherwise so long after it was sent, in its middle or at its end.
 */
export interface KillPoint {
  step: number;
  moment: number;
  afterMs: number | null;
}

/** A step is a handful of moments; one that has fewer is killed at its end. */
const MOMENTS_A_STEP = 5;

/** `count` points spread over `steps` steps, none twice. A third of them lie between calls. */
export function randomKillPoints(count: number, steps: number, seed: number): KillPoint[] {
  const random = randomFrom(seed);
  const points = new Map<string, KillPoint>();
  while (points.size < Math.min(count, steps * MOMENTS_A_STEP)) {
    const step = Math.floor(random() * steps);
    const moment = 1 + Math.floor(random() * MOMENTS_A_STEP);
    const afterMs = random() < 1 / 3 ? null : Math.floor(random() * random() * 80);
    const key = `${step}.${moment}`;
    if (!points.has(key)) points.set(key, { step, moment, afterMs });
  }
  return [...points.values()].sort((x, y) => x.step - y.step || x.moment - y.moment);
}

/** Calls that only read: nothing can be lost in them. */
const READS = new Set([
  ...['site/state', 'site/reader', 'staff/names', 'staff/me', 'plan/current', 'plan/photo', 'plan/template'],
  ...['session/list', 'session/overview', 'checkin/lane', 'checkin/list', 'checkin/image', 'scoring/mine'],
  ...['scoring/revealed', 'archive/closing', 'archive/bundles', 'archive/verify', 'journal/page'],
]);
/** Two calls in three of a day are single marks; so that kills fall among them too, these make one moment together. */
const MARKS_A_MOMENT = 8;

/** Counts what the desks do and kills the station at the moments that were drawn. */
export class Interruption {
  #points: KillPoint[] = [];
  readonly #kill: () => Promise<void>;
  /** Calls so far, those of the checks after a kill left out. */
  calls = 0;
  #step = -1;
  /** Calls of this step that may change something, played again or not; single marks counted together. */
  #moments = 0;
  #marks = 0;
  /** Points that were reached, in order, with the call they hit. */
  readonly done: (KillPoint & { path: string })[] = [];
  /** While true nothing is counted and nobody is killed: the record is being compared. */
  suspended = false;
  /** Resolves when the kill that is under way is complete. */
  #killing: Promise<void> = Promise.resolve();

  constructor(kill: () => Promise<void>) {
    this.#kill = kill;
  }
  /** Draws `count` points over the first `steps` steps. */
  plan(count: number, steps: number, seed: number): void {
    this.#points = randomKillPoints(count, steps, seed);
  }
  /** The end of a kill that was ordered, if one was. */
  settled(): Promise<void> {
    return this.#killing;
  }
  beginStep(step: number): void {
    this.#step = step;
    this.#moments = 0;
  }
  /** Kills once more where the step had fewer moments than were drawn for it. */
  async endStep(): Promise<void> {
    for (let point = this.#take(() => true); point; point = this.#take(() => true)) {
      this.done.push({ ...point, path: '' });
      this.#killing = this.#kill();
      await this.#killing;
    }
  }
  #take(wanted: (p: KillPoint) => boolean): KillPoint | undefined {
    const at = this.#points.findIndex((p) => p.step === this.#step && wanted(p));
    return at < 0 ? undefined : this.#points.splice(at, 1)[0];
  }
  async around<T>(path: string, send: () => Promise<T>): Promise<T> {
    if (this.suspended) return send();
    this.calls += 1;
    if (READS.has(path)) return send();
    if (path === 'scoring/mark') {
      this.#marks += 1;
      if (this.#marks % MARKS_A_MOMENT !== 0) return send();
    }
    this.#moments += 1;
    const point = this.#take((p) => p.moment <= this.#moments);
    if (!point) return send();
    this.done.push({ ...point, path });
    let struck = false;
    const strike = () => {
      if (!struck) this.#killing = this.#kill();
      struck = true;
      return this.#killing;
    };
    if (point.afterMs === null) {
      await strike();
      return send();
    }
    const timer = setTimeout(() => void strike(), point.afterMs);
    try {
      return await send();
    } finally {
      // Answered sooner: then it is struck right after the acknowledgement, which must be on record.
      clearTimeout(timer);
      await strike();
    }
  }
}

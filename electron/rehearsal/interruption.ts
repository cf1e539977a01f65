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

/** `afterMs`: null kills before the call is sent; otherwise so long after it was sent, in its middle or at its end. */
export interface KillPoint {
  call: number;
  afterMs: number | null;
}

/** `count` points among calls 1 to `calls`, none twice. A third of them lie between calls. */
export function randomKillPoints(count: number, calls: number, seed: number): KillPoint[] {
  const random = randomFrom(seed);
  const points = new Map<number, KillPoint>();
  while (points.size < Math.min(count, calls)) {
    const call = 1 + Math.floor(random() * calls);
    const afterMs = random() < 1 / 3 ? null : Math.floor(random() * random() * 60);
    if (!points.has(call)) points.set(call, { call, afterMs });
  }
  return [...points.values()].sort((a, b) => a.call - b.call);
}

/** Counts the calls of all desks and kills the station at the points that were drawn. */
export class Interruption {
  readonly #points: KillPoint[];
  readonly #kill: () => Promise<void>;
  /** Calls so far, those of the checks after a kill left out. */
  calls = 0;
  /** Points that were reached, in order, with the call they hit. */
  readonly done: (KillPoint & { path: string })[] = [];
  /** While true nothing is counted and nobody is killed: the record is being compared. */
  suspended = false;
  /** Resolves when the kill that is under way is complete. */
  #killing: Promise<void> = Promise.resolve();

  constructor(points: readonly KillPoint[], kill: () => Promise<void>) {
    this.#points = [...points];
    this.#kill = kill;
  }
  /** The end of a kill that was ordered, if one was. */
  settled(): Promise<void> {
    return this.#killing;
  }
  async around<T>(path: string, send: () => Promise<T>): Promise<T> {
    if (this.suspended) return send();
    this.calls += 1;
    const at = this.#points.findIndex((p) => p.call <= this.calls);
    const [point] = at < 0 ? [] : this.#points.splice(at, 1);
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

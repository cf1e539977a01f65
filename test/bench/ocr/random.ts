/** Numbers that look random and are the same for the same seed, so that a set can be drawn again. */
export type Random = {
  /** From 0 up to but not including 1. */
  next(): number;
  between(low: number, high: number): number;
  /** Whole, both ends included. */
  whole(low: number, high: number): number;
  one<T>(of: readonly T[]): T;
  chance(share: number): boolean;
};

/** Mulberry32 over a hash (FNV-1a) of the seed's text. */
export function seeded(seed: string): Random {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number) => low + Math.floor(next() * (high - low + 1));
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole,
    one: (of) => of[whole(0, of.length - 1)]!,
    chance: (share) => next() < share,
  };
}

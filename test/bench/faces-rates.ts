import type { FaceSet, Pair } from './faces-set.ts';

/** Vectors in the order of the set's pictures; null where no face was found. */
export type Vectors = readonly (Float32Array | null)[];

export type Rates = {
  /** Genuine comparisons tried; one with a picture without face is not accepted. */
  genuine: number;
  strangers: number;
  /** Shares 0-1 of genuine comparisons accepted at the shipped threshold, and of strangers. */
  tarAtPass: number;
  fmrAtPass: number;
  /** Shares accepted at thresholds found on other people: see `ratesOf`. */
  tar: Record<Fmr, number>;
  /** As `tar` at 1e-3, over every two pictures of one person, listed or not: more pairs, but few people with many pictures weigh most. */
  tarOfAllPairs: number;
  allPairs: number;
  /** The threshold over all strangers, for the model card. */
  threshold: Record<Fmr, number>;
  equalError: number;
};

export const FMRS = ['1e-2', '1e-3', '1e-4'] as const;
export type Fmr = (typeof FMRS)[number];

const FOLDS = 10;

/**
 * What share of genuine pairs is accepted. The threshold by which a pair is judged comes from strangers of whom neither is in
 * that person's tenth of the people: nobody is judged by a threshold to which he or she contributed. Where the two
 * sides differ (frame against card), each pair is tried both ways round.
 *
 * @param likeness  higher is more alike, at most 1
 */
export function ratesOf(
  set: FaceSet,
  probes: Vectors,
  references: Vectors,
  passThreshold: number,
  likeness: (a: Float32Array, b: Float32Array) => number = cosine,
): Rates {
  const alike = probes === references;
  const score = ([first, second]: Pair) => {
    const [a, b] = [probes[first], references[second]];
    return a && b ? likeness(a, b) : Number.NEGATIVE_INFINITY;
  };
  const tries = alike
    ? set.genuine
    : set.genuine.flatMap(([a, b]): Pair[] => [
        [a, b],
        [b, a],
      ]);
  const genuine = tries.map((pair) => ({ fold: set.person[pair[0]]! % FOLDS, score: score(pair) }));
  const strangers = strangerScores(set, alike, score);
  const all = strangers.scores.toSorted();
  const sortedWithout = Array.from({ length: FOLDS }, (_, fold) =>
    strangers.scores.filter((_, i) => strangers.foldA[i] !== fold && strangers.foldB[i] !== fold).sort(),
  );
  const acceptedOf = (list: typeof genuine, thresholdOf: (fold: number) => number) =>
    list.filter((one) => one.score >= thresholdOf(one.fold)).length / list.length;
  const accepted = (thresholdOf: (fold: number) => number) => acceptedOf(genuine, thresholdOf);
  const everyPair = [...samePerson(set, alike)].map((pair) => ({
    fold: set.person[pair[0]]! % FOLDS,
    score: score(pair),
  }));
  const each = (value: (fmr: Fmr) => number) =>
    Object.fromEntries(FMRS.map((fmr) => [fmr, value(fmr)])) as Record<Fmr, number>;
  return {
    genuine: genuine.length,
    strangers: all.length,
    tarAtPass: accepted(() => passThreshold),
    fmrAtPass: shareFrom(all, passThreshold),
    tar: each((fmr) => accepted((fold) => thresholdAt(sortedWithout[fold]!, Number(fmr)))),
    tarOfAllPairs: acceptedOf(everyPair, (fold) => thresholdAt(sortedWithout[fold]!, 1e-3)),
    allPairs: everyPair.length,
    threshold: each((fmr) => thresholdAt(all, Number(fmr))),
    equalError: equalErrorOf(
      genuine.map((one) => one.score).sort((a, b) => a - b),
      all,
    ),
  };
}

/** Half the width of the interval that holds the true share in 95 of 100 such samples (Wald). */
export const samplingError = (share: number, count: number): number => 1.96 * Math.sqrt((share * (1 - share)) / count);

function strangerScores(set: FaceSet, alike: boolean, score: (pair: Pair) => number) {
  const pairs = set.strangers === 'others' ? allStrangers(set, alike) : set.strangers;
  const scores: number[] = [];
  const foldA: number[] = [];
  const foldB: number[] = [];
  for (const pair of pairs) {
    const value = score(pair);
    if (value === Number.NEGATIVE_INFINITY) continue;
    scores.push(value);
    foldA.push(set.person[pair[0]]! % FOLDS);
    foldB.push(set.person[pair[1]]! % FOLDS);
  }
  return { scores: Float32Array.from(scores), foldA, foldB };
}

function* allStrangers({ person }: FaceSet, alike: boolean): Generator<Pair> {
  for (let first = 0; first < person.length; first += 1) {
    for (let second = alike ? first + 1 : 0; second < person.length; second += 1) {
      if (person[first] !== person[second]) yield [first, second];
    }
  }
}

function* samePerson({ person }: FaceSet, alike: boolean): Generator<Pair> {
  for (let first = 0; first < person.length; first += 1) {
    for (let second = alike ? first + 1 : 0; second < person.length; second += 1) {
      if (first !== second && person[first] === person[second]) yield [first, second];
    }
  }
}

/** The score that the given share of strangers reaches. */
const thresholdAt = (sorted: Float32Array, share: number): number =>
  sorted[Math.max(0, sorted.length - 1 - Math.floor(sorted.length * share))] ?? Number.POSITIVE_INFINITY;

/** The share of sorted scores that are `from` or more. */
function shareFrom(sorted: ArrayLike<number>, from: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! >= from) high = middle;
    else low = middle + 1;
  }
  return (sorted.length - low) / sorted.length;
}

/** Where as many genuine pairs are refused as strangers accepted. */
function equalErrorOf(genuine: ArrayLike<number>, strangers: Float32Array): number {
  let low = -2;
  let high = 1;
  for (let i = 0; i < 40; i += 1) {
    const middle = (low + high) / 2;
    if (1 - shareFrom(genuine, middle) < shareFrom(strangers, middle)) low = middle;
    else high = middle;
  }
  return (1 - shareFrom(genuine, high) + shareFrom(strangers, high)) / 2;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

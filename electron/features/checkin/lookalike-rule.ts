import type { FaceThresholds } from '../../devices/face-engine/port.ts';

/** Compared with so many, the strictest threshold of the engine is used as it stands. */
const FEW = 10;

/**
 * The cosine from which one of several strangers counts as the same person (疑似替考).
 *
 * One comparison at `fmr1e4` takes one pair of strangers in ten thousand for one person. But everybody who comes is compared
 * with everybody inside: at a session of a hundred that is 4,950 pairs, so every second session would call the supervisor to
 * an honest candidate and put their face beside a stranger's. What is to stay the same is the chance for one candidate,
 * N x FMR, at one in a thousand: one false alarm in ten sessions of a hundred. Up to ten comparisons `fmr1e4` gives that by
 * itself; beyond, each tenfold N needs a tenfold smaller FMR. No engine states one below 1e-4 (too few pairs to measure it by),
 * so the threshold goes on rising as it rose between 1e-3 and 1e-4, a little more than it would: the tail of strangers'
 * scores falls off faster than that. For the engine shipped: 0.53 up to 10, 0.62 for 100, 0.69 for 1,000.
 *
 * What this costs: some who come twice are not noticed. Two pictures of one person taken within hours by the same door's
 * cameras are far more alike (0.7 and above) than the pictures, years apart, from which the miss rates of the model card come.
 *
 * @param comparedWith  N: those admitted, and those on the block list
 */
export function lookalikeThreshold({ fmr1e3, fmr1e4 }: FaceThresholds, comparedWith: number): number {
  const decades = Math.max(0, Math.log10(comparedWith / FEW));
  return Math.min(1, fmr1e4 + (fmr1e4 - fmr1e3) * decades);
}

import { contentClaims } from '../../../electron/cli/content-claims.ts';
import { type VerifyOptions, verifyBundle } from '../../../electron/features/archive/verify-bundle.ts';
import { randomFrom } from '../../../electron/rehearsal/interruption.ts';
import { families } from './families.ts';
import { isPayload, type Surroundings } from './mutation.ts';
import type { Workspace } from './workspace.ts';

/** A real bundle, what lies around it, and what a centre has from elsewhere to check it with. */
export interface Case {
  bundle: string;
  around: Surroundings;
  options: Omit<VerifyOptions, 'contentClaims'>;
}

export interface Verdict {
  family: string;
  what: string;
  /** Verified without one failed claim. */
  accepted: boolean;
  /** Paths, or claims, that should have been named and were not. */
  unnamed: string[];
  /** Sound files that were called damaged. */
  misplaced: string[];
}

/** Numbers apart from each other for every mutant, so that any one can be made again alone. */
const seedOf = (seed: number, index: number): number =>
  (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)) >>> 0;

/** Claims that name files by their own bytes; others may name a file because of what another one says. */
const BY_BYTES = ['complete.2'];

/** Makes mutant `index` of `seed` and verifies it; the workspace is as before afterwards. */
export async function tryMutant(w: Workspace, given: Case, seed: number, index: number): Promise<Verdict> {
  const random = randomFrom(seedOf(seed, index));
  const names = Object.keys(families);
  const family = names[index % names.length]!;
  try {
    for (;;) {
      const mutant = families[family]!(w, random, given.around);
      if (!mutant) {
        w.restore();
        continue;
      }
      const report = await verifyBundle(mutant.instead ?? w.dir, { ...given.options, contentClaims });
      const failed = report.claims.filter((c) => c.result === 'fail');
      const named = new Set(failed.flatMap((c) => c.files ?? []));
      const bytes = failed.filter((c) => BY_BYTES.includes(c.id)).flatMap((c) => c.files ?? []);
      const claimed = !mutant.claims || failed.some((c) => mutant.claims!.includes(c.id));
      return {
        family,
        what: mutant.what,
        accepted: failed.length === 0,
        unnamed: [...mutant.named.filter((path) => !named.has(path)), ...(claimed ? [] : mutant.claims!)],
        misplaced:
          mutant.located && mutant.named.every(isPayload) ? bytes.filter((path) => !mutant.named.includes(path)) : [],
      };
    }
  } finally {
    w.restore();
  }
}

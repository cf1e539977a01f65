import type { Workspace } from './workspace.ts';

/** Bundles beside the one that is spoiled, and what a forger has: any key but the station's. */
export interface Surroundings {
  /** The same station's bundle before this one. */
  previous: string;
  /** A bundle of another station of the same centre. */
  other: string;
  /** `age1...` of the centre, which everybody knows. */
  recipient: string;
  /** Checkpoints of this station that were signed earlier. */
  earlierCheckpoint: string;
}

/** What a mutation has done: paths that have to be named by failed claims, and nothing else that lies under `data/`. */
export interface Mutant {
  what: string;
  named: string[];
  /** Where no file is at fault: the claims of which at least one has to fail. */
  claims?: string[];
  /** The damage is one file's own, so no other may be named as damaged. */
  located?: boolean;
  /** The folder to verify where it is not the workspace. */
  instead?: string;
}

export type Random = () => number;
/** Undefined where this bundle has nothing to do it to. */
export type Mutation = (w: Workspace, random: Random, around: Surroundings) => Mutant | undefined;

export const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
export const below = (random: Random, n: number): number => Math.floor(random() * n);
export const isPayload = (path: string): boolean => path.startsWith('data/');

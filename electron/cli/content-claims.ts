import type { ContentClaim } from '../features/archive/verify-bundle.ts';

/** What `kaodian verify --key` asks about the inside of a bundle beyond its hashes; each feature adds its own. */
export const contentClaims: readonly ContentClaim[] = [];

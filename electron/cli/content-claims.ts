import { admissionClaims } from '../features/archive/content/admission-claims.ts';
import { marksClaims } from '../features/archive/content/marks-claims.ts';
import type { ContentClaim } from '../features/archive/verify-bundle.ts';

/** What `kaodian verify --key` asks about the inside of a bundle beyond its hashes; each feature adds its own. */
export const contentClaims: readonly ContentClaim[] = [admissionClaims, marksClaims];

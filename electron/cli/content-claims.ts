import { admissionClaims } from '../features/archive/content/admission-claims.ts';
import { certificateClaims } from '../features/archive/content/certificate-claims.ts';
import { consentClaims } from '../features/archive/content/consent-claims.ts';
import { coverageClaims } from '../features/archive/content/coverage-claims.ts';
import { declarationClaims } from '../features/archive/content/declaration-claims.ts';
import { drawClaims } from '../features/archive/content/draw-claims.ts';
import { formsClaims } from '../features/archive/content/forms-claims.ts';
import { inspectionClaims } from '../features/archive/content/inspection-claims.ts';
import { lawfulClaims } from '../features/archive/content/lawful-claims.ts';
import { marksClaims } from '../features/archive/content/marks-claims.ts';
import { partsClaims } from '../features/archive/content/parts-claims.ts';
import { presenceClaims } from '../features/archive/content/presence-claims.ts';
import { rulesClaims } from '../features/archive/content/rules-claims.ts';
import { seatingClaims } from '../features/archive/content/seating-claims.ts';
import { supervisionClaims } from '../features/archive/content/supervision-claims.ts';
import { volumeClaims } from '../features/archive/content/volume-claims.ts';
import type { ContentClaim } from '../features/archive/verify-bundle.ts';

/** What `kaodian verify --key` asks about the inside of a bundle beyond its hashes; each feature adds its own. */
export const contentClaims: readonly ContentClaim[] = [
  rulesClaims,
  admissionClaims,
  consentClaims,
  seatingClaims,
  presenceClaims,
  inspectionClaims,
  coverageClaims,
  marksClaims,
  partsClaims,
  lawfulClaims,
  drawClaims,
  formsClaims,
  volumeClaims,
  declarationClaims,
  supervisionClaims,
  certificateClaims,
];

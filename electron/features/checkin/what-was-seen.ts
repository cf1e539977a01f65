import { createHash } from 'node:crypto';
import type { OpenAttempt } from './open-attempt.ts';
import { cardPhotoOf, livePicture } from './open-attempt.ts';

/** What one of the two persons had before them when they agreed, and what they say they checked. */
export interface Seen {
  staffId: string;
  /** The checks of the manual lane; the second person's PIN says the same four. */
  checks: string[];
  /** By SHA-256, as they were shown side by side; a live picture never taken, or declined, is not among them. */
  pictures: { which: 'live' | 'card' | 'plan' | 'document'; sha256: string }[];
}

/** The pictures that the manual lane shows of an attempt. */
export function picturesShown(a: OpenAttempt): Seen['pictures'] {
  const { document, candidate } = a;
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const live = livePicture(a);
  const card = cardPhotoOf(a);
  const paper = document.by === 'camera' || document.by === 'other' ? document.picture : null;
  return [
    ...(live ? [{ which: 'live' as const, sha256: sha256(live) }] : []),
    ...(card ? [{ which: 'card' as const, sha256: sha256(card) }] : []),
    ...(candidate ? [{ which: 'plan' as const, sha256: candidate.photo.sha256 }] : []),
    ...(paper ? [{ which: 'document' as const, sha256: sha256(paper) }] : []),
  ];
}

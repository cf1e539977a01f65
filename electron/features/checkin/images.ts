import type { CheckinDeps } from './deps.ts';
import { cardPhotoOf, livePicture, type OpenAttempt } from './open-attempt.ts';

type Which = 'live' | 'card' | 'plan' | 'like' | 'document';

/** A picture of an open attempt for the persons who decide; null where there is none. */
export async function imageOfAttempt(deps: CheckinDeps, a: OpenAttempt, which: Which): Promise<Uint8Array | null> {
  switch (which) {
    case 'live':
      return livePicture(a);
    case 'card':
      return cardPhotoOf(a);
    case 'plan':
      return a.candidate && readOr(await deps.planPhoto(a.candidate.candidateId));
    case 'document':
      return a.document.by === 'camera' || a.document.by === 'other' ? a.document.picture : null;
    case 'like':
      return null;
  }
}

const readOr = (read: Awaited<ReturnType<CheckinDeps['planPhoto']>>): Uint8Array | null =>
  read.ok ? read.value : null;

import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { CheckinDeps } from './deps.ts';
import { checkinEvents } from './events.ts';
import { livePictureOf } from './known-faces.ts';
import { cardPhotoOf, livePicture, type OpenAttempt } from './open-attempt.ts';

type Which = 'live' | 'card' | 'plan' | 'like' | 'document';

/** A picture of an open attempt for the persons who decide; null where there is none. */
export async function imageOfAttempt(
  deps: CheckinDeps,
  caller: Caller,
  a: OpenAttempt,
  which: Which,
): Promise<Uint8Array | null> {
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
      return pictureOfLookalike(deps, caller, a);
  }
}

/** The other's picture, from the vault: whoever looks at it is on record, with the attempt that gives the reason. */
async function pictureOfLookalike(deps: CheckinDeps, caller: Caller, a: OpenAttempt): Promise<Uint8Array | null> {
  const { like } = a;
  if (!like) return null;
  const id = like.kind === 'admitted' ? like.candidateId : like.blockedId;
  const read = await (like.kind === 'admitted'
    ? livePictureOf(deps, like.attemptId)
    : deps.blockedPhoto(like.blockedId));
  if (!read?.ok) return null;
  const { attemptId } = a;
  inTransaction(deps.db, (w) =>
    deps.journal.append(
      w,
      actorOf(caller),
      checkinEvents.lookalikeSeen,
      { attemptId, kind: like.kind, id },
      a.session?.sessionId ?? null,
    ),
  );
  return read.value;
}

const readOr = (read: Awaited<ReturnType<CheckinDeps['planPhoto']>>): Uint8Array | null =>
  read.ok ? read.value : null;

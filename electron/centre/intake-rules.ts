import type { Announcement } from '../features/delivery/announcement.ts';
import type { KeyVerdict } from '../features/keys/key-spans.ts';

/** A bundle as it was found, before anything is believed of it. */
export type FoundBundle = {
  /** As its own texts say. */
  station: string;
  identifier: string;
  sessionId: string;
  rehearsal: boolean;
  tagManifestSha256: string;
  /** The bundle before it that it names; null for a station's first. */
  previousTagManifestSha256: string | null;
  /** Signed by a key of the station; null where it is not sound. */
  checkpoint: { size: number; root: string } | null;
  /** Whether that key speaks for a journal of this size. */
  keyVerdict: KeyVerdict;
  /** Ids of claims that failed. */
  failedClaims: readonly string[];
};

/** What the centre already has on record of the station. */
export type StationRecord = {
  /** The bundle accepted last; null when none was. */
  lastTagManifestSha256: string | null;
  /** Whether the bundle that this one names as the one before it was ever accepted. */
  previousAccepted: boolean;
  /** Entries of the journal under the checkpoint of the bundle accepted last; 0 when none was. */
  lastJournalSize: number;
  /** The root the centre has seen of this journal at the very length of the bundle's; null when it saw none. */
  rootAtItsSize: string | null;
  /** The bundle that has this name already, with what content. */
  sameName: string | null;
  sessionPlanned: boolean;
  /** Whether the centre takes rehearsals, and only those. */
  rehearsal: boolean;
};

export type Refusal =
  /** What arrived is not what was announced. */
  | { code: 'NOT_AS_ANNOUNCED' }
  | { code: 'REHEARSAL' }
  /** The name is taken by a bundle with another content: a rewritten session. */
  | { code: 'NAME_TAKEN' }
  | { code: 'SESSION_NOT_PLANNED' }
  | { code: 'CLAIMS_FAILED'; claims: string[] }
  /** Its checkpoint lies beyond the size up to which the key was withdrawn, or followed by another. */
  | { code: 'KEY_REVOKED' }
  | { code: 'KEY_ROTATED' }
  /** It names a bundle the centre has not accepted: that one has to come first. */
  | { code: 'PREVIOUS_MISSING' }
  /** It follows another bundle than the one accepted last: the station's row was cut or forked. */
  | { code: 'CHAIN_BROKEN' }
  /** Its journal is shorter than that of the bundle before, or another than the centre saw at the same length. */
  | { code: 'JOURNAL_ROLLED_BACK' };

/**
 * All reasons against accepting a bundle; empty means accepted.
 *
 * Every reason is listed, the gravest first, since a person at the centre will read them. That a journal of greater length
 * really continues the one seen before is among the claims (journal.4), which need the centre's key.
 */
export function intakeRefusals(
  announced: Omit<Announcement, 'format' | 'sizeBytes'>,
  found: FoundBundle,
  record: StationRecord,
): Refusal[] {
  const refusals: Refusal[] = [];
  const asAnnounced =
    found.station === announced.stationId &&
    found.identifier === announced.bundleId &&
    found.tagManifestSha256 === announced.tagManifestSha256;
  if (!asAnnounced) refusals.push({ code: 'NOT_AS_ANNOUNCED' });
  if (found.keyVerdict === 'revoked') refusals.push({ code: 'KEY_REVOKED' });
  if (found.keyVerdict === 'rotated') refusals.push({ code: 'KEY_ROTATED' });
  if (found.failedClaims.length > 0) refusals.push({ code: 'CLAIMS_FAILED', claims: [...found.failedClaims] });
  if (record.sameName !== null && record.sameName !== found.tagManifestSha256) refusals.push({ code: 'NAME_TAKEN' });
  if (found.previousTagManifestSha256 !== record.lastTagManifestSha256) {
    const toCome = found.previousTagManifestSha256 !== null && !record.previousAccepted;
    refusals.push({ code: toCome ? 'PREVIOUS_MISSING' : 'CHAIN_BROKEN' });
  }
  const shorter = found.checkpoint !== null && found.checkpoint.size < record.lastJournalSize;
  const other = record.rootAtItsSize !== null && record.rootAtItsSize !== found.checkpoint?.root;
  if (shorter || other) refusals.push({ code: 'JOURNAL_ROLLED_BACK' });
  if (!record.sessionPlanned) refusals.push({ code: 'SESSION_NOT_PLANNED' });
  if (found.rehearsal !== record.rehearsal) refusals.push({ code: 'REHEARSAL' });
  return refusals;
}

import type { EvidenceId } from '../../lib/ids.ts';
import { parseCardText } from '../identity/card-text.ts';
import { cardViolations } from '../identity/card-violations.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import { waits } from './counts.ts';
import type { DoorDeps } from './deps.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { type AttemptRecord, lastRecordOf } from './store.ts';

type ReadCard = Extract<OpenAttempt['document'], { by: 'reader' }>;

/**
 * What a reader read of this candidate's card before they were set aside in this session, out of the vault. Null where their last
 * attempt ended otherwise, no card was read in it, or the vault does not give it: then the card is asked for again.
 */
export async function cardReadBefore(
  deps: DoorDeps,
  candidate: PlannedCandidate,
): Promise<{ attemptId: string; document: ReadCard } | null> {
  const last = lastRecordOf(deps.db, candidate.candidateId, candidate.sessionId);
  if (!last || !waits(last.attempt.outcome ?? undefined) || last.attempt.documentBy !== 'reader') return null;
  const text = await evidenceOf(deps, last, 'card-text');
  const fields = text && parseCardText(text.bytes);
  // The card of another than the plan's candidate would be a reason to be set aside, and no document of theirs.
  if (!fields?.ok || fields.value.number.toUpperCase() !== candidate.documentNumber.toUpperCase()) return null;
  const photo = await evidenceOf(deps, last, 'card-photo');
  return {
    attemptId: last.attempt.attemptId,
    document: {
      by: 'reader',
      fields: fields.value,
      text: text!.bytes,
      photo: photo?.bytes ?? null,
      photoForm: photo && (photo.mediaType === 'image/jpeg' ? 'jpeg' : 'wlt'),
      samId: null,
      violations: cardViolations(fields.value, deps.todayIso()).map(({ code }) => code),
    },
  };
}

async function evidenceOf(deps: DoorDeps, { evidence }: AttemptRecord, kind: string) {
  const cited = evidence.find((e) => e.kind === kind);
  const kept = cited && deps.vault.find(deps.db, cited.evidenceId as EvidenceId);
  const read = kept && (await deps.vault.read(kept));
  return read?.ok ? { bytes: read.value, mediaType: kept!.mediaType } : null;
}

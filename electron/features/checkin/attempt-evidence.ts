import type { EvidenceKind, Sealed } from '../../vault/vault.ts';
import type { Attempt } from './contract.ts';
import type { DoorDeps } from './deps.ts';
import { livePicture, type OpenAttempt } from './open-attempt.ts';

type Item = [kind: EvidenceKind, mediaType: string, bytes: Uint8Array];

/**
 * Encrypts what the attempt rests on. A disk without room costs the pictures, never the admission.
 *
 * @param declinedAtDoor  the two persons gave as reason that the candidate wants no comparison of faces
 */
export async function writeEvidence(
  deps: Pick<DoorDeps, 'vault' | 'clock'>,
  a: OpenAttempt,
  view: Attempt,
  declinedAtDoor: boolean,
): Promise<Sealed[]> {
  const items: Item[] = [...liveFace(a, view, declinedAtDoor), ...documentItems(a)];
  const atMs = deps.clock.wallMs();
  const written = await Promise.all(
    items.map(([kind, mediaType, bytes]) =>
      deps.vault.write(bytes, {
        sessionId: a.session?.sessionId ?? null,
        kind,
        subject: view.candidateId ?? view.attemptId,
        mediaType,
        beginMs: atMs,
        endMs: atMs,
      }),
    ),
  );
  return written.flatMap((w) => (w.ok ? [w.value] : []));
}

/**
 * Who signed that faces are not to be compared is kept in no picture of the door; who only said so is kept in none that no
 * engine asked for.
 */
function liveFace(a: OpenAttempt, view: Attempt, declinedAtDoor: boolean): Item[] {
  if (view.consent?.face === 'declined') return [];
  const live = declinedAtDoor ? a.frames[0]?.jpeg : livePicture(a);
  return live ? [['live-face', 'image/jpeg', live]] : [];
}

function documentItems({ document }: OpenAttempt): Item[] {
  switch (document.by) {
    case 'reader': {
      const type = document.photoForm === 'jpeg' ? 'image/jpeg' : 'application/x-wlt';
      const photo: Item[] = document.photo ? [['card-photo', type, document.photo]] : [];
      return [['card-text', 'application/octet-stream', document.text], ...photo];
    }
    case 'camera':
      return [['card-picture', 'image/jpeg', document.picture]];
    case 'other':
      return [['document-picture', 'image/jpeg', document.picture]];
    default:
      return [];
  }
}

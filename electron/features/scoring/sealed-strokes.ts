import type { Sealed } from '../../vault/vault.ts';
import type { Strokes } from './contract.ts';
import type { ScoringDeps } from './open-sheet.ts';

/** What a stored signature says beside its strokes. */
export interface Signed {
  sessionId: string;
  /** Of an examiner their id in the plan, of others their staff id. */
  subject: string;
  checkCode: string;
  atMs: number;
  strokes: Strokes;
  /** What it stands under, besides the check code: a sheet by its room, a decision or its check by id, theory marks. */
  about: Readonly<Record<string, string>>;
}

/** Handwriting as evidence: encrypted before it is on record, with time and check code beside the strokes. */
export async function sealStrokes(deps: Pick<ScoringDeps, 'vault'>, s: Signed): Promise<Sealed> {
  const { sessionId, subject, checkCode, atMs, strokes, about } = s;
  const text = JSON.stringify({ format: 'kaodian-signature/1', ...about, checkCode, atMs, strokes });
  const sealed = await deps.vault.write(Buffer.from(text), {
    sessionId,
    kind: 'signature',
    subject,
    mediaType: 'application/json',
    beginMs: atMs,
    endMs: atMs,
  });
  if (!sealed.ok) throw new Error(`a signature could not be stored: ${sealed.error.code}`);
  return sealed.value;
}

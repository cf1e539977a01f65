import { z } from 'zod';
import { entryBytes, type JournalEntry, leafHash } from '../../journal/entry.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import { ok, type Result } from '../../lib/result.ts';
import type { VaultError } from '../../vault/vault.ts';
import type { FormsDeps } from './deps.ts';
import type { Handwriting } from './signature-place.ts';

/** What is read of a stored signature: `kaodian-signature/1`. */
const Signature = z.object({
  format: z.literal('kaodian-signature/1'),
  atMs: z.number(),
  strokes: z.array(z.array(z.array(z.number()).min(2)).min(1)).min(1),
});

/**
 * The strokes of a signature with the journal entry that reports it; null where there is no such signature on record.
 */
export async function handwritingOf(
  deps: Pick<FormsDeps, 'db' | 'journal' | 'vault' | 'site'>,
  where: { sessionId: string; evidenceId: string },
): Promise<Result<Handwriting | null, VaultError>> {
  const evidence = deps.vault.find(deps.db, where.evidenceId as EvidenceId);
  const entry = evidence && entryNaming(deps, where);
  if (!evidence || !entry) return ok(null);
  const bytes = await deps.vault.read(evidence);
  if (!bytes.ok) return bytes;
  const { strokes, atMs } = Signature.parse(JSON.parse(Buffer.from(bytes.value).toString('utf8')));
  return ok({ strokes, atMs, entry: codeOf(deps, entry) });
}

/** Events that put handwriting on record: asked for by name, a long journal is not read through for each signature. */
export const SIGNINGS = [
  'scoring.signed',
  'scoring.decision-made',
  'scoring.decision-checked',
  'scoring.theory-accepted',
  'archive.signed-off',
];

function entryNaming(
  { journal }: Pick<FormsDeps, 'journal'>,
  { sessionId, evidenceId }: { sessionId: string; evidenceId: string },
): JournalEntry | undefined {
  return journal.page({ beforeSeq: null, limit: 1, sessionId, events: SIGNINGS, contains: evidenceId })[0];
}

const codeOf = ({ site }: Pick<FormsDeps, 'site'>, entry: JournalEntry) => ({
  station: site()?.stationId ?? '',
  seq: entry.seq,
  leaf: Buffer.from(leafHash(entryBytes(entry))).toString('hex'),
});

import { inTransaction } from '../../db/database.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { FormsDeps } from './deps.ts';
import { formsEvents } from './events.ts';
import { findKept, insertKept, type KeptForm } from './kept-forms.ts';
import type { FormRefused } from './print-form.ts';
import { type GatheredForm, printGathered } from './service.ts';

export type KeepError = FormRefused | { code: 'DISK_FULL' };

/**
 * A form as it lies in the vault, printed now where it does not lie there yet with these very facts. It is encrypted as
 * evidence is, so that sealing links it in and neither prints nor encrypts. One that has become another stays beside it.
 */
export function keepForm(
  deps: FormsDeps,
  at: { sessionId: string; formId: string },
  gathered: GatheredForm,
): Promise<Result<KeptForm, KeepError>> {
  const key = `${at.sessionId} ${at.formId} ${gathered.factsSha256}`;
  const underWay = deps.printing.get(key) as ReturnType<typeof printAndKeep> | undefined;
  if (underWay) return underWay;
  const made = printAndKeep(deps, at, gathered).finally(() => deps.printing.delete(key));
  deps.printing.set(key, made);
  return made;
}

async function printAndKeep(
  deps: FormsDeps,
  at: { sessionId: string; formId: string },
  gathered: GatheredForm,
): Promise<Result<KeptForm, KeepError>> {
  const { sessionId, formId } = at;
  const { factsSha256, cited } = gathered;
  const known = findKept(deps.db, { ...at, factsSha256 });
  if (known) return ok(known);
  const printed = await printGathered(deps, gathered);
  if (!printed.ok) return printed;
  const stored = await deps.vault.write(printed.value.pdf, {
    sessionId,
    kind: 'form',
    subject: formId,
    mediaType: 'application/pdf',
    beginMs: null,
    endMs: null,
  });
  if (!stored.ok) {
    if (stored.error.code === 'disk-full') return err({ code: 'DISK_FULL' });
    throw new Error(`a form could not be stored: ${stored.error.code}`);
  }
  const kept = { evidenceId: stored.value.evidenceId as EvidenceId, cited };
  inTransaction(deps.db, (w) => {
    deps.vault.keep(w, stored.value);
    insertKept(w, { ...at, factsSha256 }, kept);
    const data = { formId, factsSha256, evidenceId: kept.evidenceId, sha256: stored.value.sha256 };
    deps.journal.append(w, { kind: 'station' }, formsEvents.kept, data, sessionId);
  });
  return ok(kept);
}

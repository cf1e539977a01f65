import type { Db } from '../../../db/database.ts';
import { ok, type Result } from '../../../lib/result.ts';
import { pdfPages } from '../../paper/scan-file.ts';
import type { PlanBook } from '../../plan/plan-book.ts';
import type { ArchiveDeps } from '../deps.ts';
import { formsListDocument, storedForms } from '../form-documents.ts';
import { latestSignOff } from '../store.ts';
import { volumeItems } from '../volumes.ts';
import type { BundleDocument, StoredFile } from '../write-bundle.ts';
import { indexDocuments, volumeFiles, volumeIndexes } from './index-documents.ts';

type Papers = Result<{ documents: BundleDocument[]; stored: StoredFile[] }, { code: 'KEYS_LOCKED' | 'DISK_FULL' }>;

/** What is printed for the bundle: the forms, and the index of every volume that lists them and all the rest. */
async function printPapers(deps: ArchiveDeps, book: PlanBook, sessionId: string): Promise<Papers> {
  const madeAtMs = deps.clock.wallMs();
  const forms = await deps.forms(sessionId);
  if (!forms.ok) return forms;
  const list = formsListDocument(forms.value.list);
  const stored = storedForms(forms.value.forms, deps.vault.folder);
  const pages = new Map<string, number | null>();
  for (const { path, evidence } of forms.value.forms) {
    const read = await deps.vault.read(evidence);
    pages.set(path, read.ok ? pdfPages(read.value) : null);
  }
  const { documents, evidence } = volumeItems(deps, book, sessionId);
  const files = volumeFiles(deps, book, sessionId, {
    documents: [...documents, list],
    stored,
    pages,
    evidence,
    madeAtMs,
  });
  const indexes = volumeIndexes(deps, book, sessionId, files, evidence);
  const where = { fontsDir: deps.fontsDir, madeAtMs };
  return ok({ documents: [list, ...(await indexDocuments(indexes, deps.formHead(sessionId), where))], stored });
}

/** Papers that were begun when the lead signed, by what was signed: sealing then finds them ready. */
const begun = new WeakMap<Db, { key: string; papers: Promise<Papers | null> }>();

const keyOf = (deps: ArchiveDeps, sessionId: string): string => {
  const signOff = latestSignOff(deps.db, sessionId);
  return `${sessionId} ${signOff?.stateSha256} ${signOff?.evidenceId}`;
};

/** Begins to print what the bundle will hold, for the state that was just signed for. Does not wait, never throws. */
export function beginPapers(deps: ArchiveDeps, book: PlanBook, sessionId: string): void {
  const papers = printPapers(deps, book, sessionId).catch(() => null);
  begun.set(deps.db, { key: keyOf(deps, sessionId), papers });
}

/** The papers of the state that is signed for: those begun at signing, or printed now after a restart. */
export async function papersForBundle(deps: ArchiveDeps, book: PlanBook, sessionId: string): Promise<Papers> {
  const ready = begun.get(deps.db);
  const papers = ready?.key === keyOf(deps, sessionId) ? await ready.papers : null;
  return papers?.ok ? papers : printPapers(deps, book, sessionId);
}

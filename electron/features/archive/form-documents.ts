import type { FormsList, SealedForm } from '../forms/sealed-forms.ts';
import { FORMS_PATH } from './content/documents.ts';
import { sourceFile } from './volumes.ts';
import type { BundleDocument, StoredFile } from './write-bundle.ts';

/** The printed forms as they lie in the vault, each with its place in the volumes. */
export const storedForms = (forms: readonly SealedForm[], vaultFolder: string): StoredFile[] =>
  forms.map(({ path, evidence, volume, title }) => ({
    path,
    sha256: evidence.sha256,
    sizeBytes: evidence.sizeBytes,
    storedSha256: evidence.storedSha256,
    mediaType: evidence.mediaType,
    kind: 'form',
    volume,
    title,
    sourceFile: sourceFile(vaultFolder, evidence),
  }));

/** The list of the forms, which says what their signatures cite. */
export const formsListDocument = (list: FormsList): BundleDocument => ({
  path: FORMS_PATH,
  json: list,
  mediaType: 'application/json',
  kind: 'forms',
  volume: 4,
  title: { zh: '表册清单', en: 'List of forms' },
});

import type { FormsList, SealedForm } from '../forms/sealed-forms.ts';
import { FORMS_PATH } from './content/documents.ts';
import type { BundleDocument } from './write-bundle.ts';

/** The printed forms as items of the volumes, and the list that says what their signatures cite. */
export const formDocuments = ({ forms, list }: { forms: readonly SealedForm[]; list: FormsList }): BundleDocument[] => [
  ...forms.map(
    ({ path, pdf, volume, title }): BundleDocument => ({
      path,
      bytes: pdf,
      mediaType: 'application/pdf',
      kind: 'form',
      volume,
      title,
    }),
  ),
  {
    path: FORMS_PATH,
    json: list,
    mediaType: 'application/json',
    kind: 'forms',
    volume: 4,
    title: { zh: '表册清单', en: 'List of forms' },
  },
];

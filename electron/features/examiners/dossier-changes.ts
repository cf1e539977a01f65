import { canonicalJson } from '../../lib/canonical-json.ts';
import type { DossierRecord } from './dossier-record.ts';

export type DossierField = keyof DossierRecord;

/** The fields in which two versions differ, in the order of a dossier; the order inside a list says nothing. */
export function changedFields(before: DossierRecord | null, after: DossierRecord): DossierField[] {
  const fields = Object.keys(after) as DossierField[];
  if (before === null) return fields.filter((f) => !isNothing(after[f]));
  return fields.filter((f) => spelled(before[f]) !== spelled(after[f]));
}

const isNothing = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

const spelled = (value: unknown): string =>
  Array.isArray(value) ? value.map(canonicalJson).toSorted().join('\n') : canonicalJson(value);

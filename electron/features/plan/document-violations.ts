import { type DocumentNumberKind, parseDocumentNumber } from '../identity/document-number.ts';
import type { PlannedCandidate } from './plan-schema.ts';
import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation, PlanViolationCode } from './plan-violation.ts';

type DocumentType = PlannedCandidate['documentType'];

const KINDS: Record<Exclude<DocumentType, 'other'>, readonly DocumentNumberKind[]> = {
  resident: ['resident'],
  hmt: ['hmt-residence'],
  foreigner: ['foreigner-18', 'foreigner-15'],
};
const FAULTS = {
  shape: 'document-shape',
  'check-digit': 'document-check-digit',
  'birth-date': 'document-birth-date',
} as const;

interface Judgement {
  code: PlanViolationCode;
  weight: PlanViolation['weight'];
  field: string;
  otherIndex?: number;
}

/**
 * Document numbers that cannot be (identity.md part 2), numbers that say another sex than the row, and one picture
 * given for two people. What is merely unusual is a warning.
 */
export function documentViolations({ candidates = [] }: DraftTables): PlanViolation[] {
  const ownerOf = new Map<string, { index: number; documentNumber: string }>();
  return candidates.flatMap((candidate, index) => {
    const found = judgeDocument(candidate);
    const { documentNumber, photoFile } = candidate;
    if (documentNumber !== undefined && photoFile !== undefined) {
      const key = photoFile.toLowerCase();
      const owner = ownerOf.get(key);
      if (owner === undefined) ownerOf.set(key, { index, documentNumber });
      else if (owner.documentNumber !== documentNumber) {
        found.push({ code: 'photo-shared', weight: 'problem', field: 'photoFile', otherIndex: owner.index });
      }
    }
    return found.map((judgement): PlanViolation => ({ table: 'candidates', index, facts: {}, ...judgement }));
  });
}

function judgeDocument({ documentType, documentNumber, sex }: Partial<PlannedCandidate>): Judgement[] {
  if (documentType === undefined || documentType === 'other' || documentNumber === undefined) return [];
  const field = 'documentNumber';
  const parsed = parseDocumentNumber(documentNumber);
  if (!parsed.ok) return [{ code: FAULTS[parsed.error], weight: 'problem', field }];
  if (!KINDS[documentType].includes(parsed.value.kind)) {
    return [{ code: 'document-other-type', weight: 'problem', field }];
  }
  const found: Judgement[] = [];
  if (parsed.value.warnings.length > 0) found.push({ code: 'document-unusual', weight: 'warning', field });
  if (sex !== undefined && parsed.value.sex !== null && sex !== parsed.value.sex) {
    found.push({ code: 'sex-disagrees', weight: 'warning', field: 'sex' });
  }
  return found;
}

import { checkDigitHolds } from './document-number-stub.ts';
import type { DocumentType } from './plan-schema.ts';
import type { DraftTables } from './plan-tables.ts';
import type { PlanViolation, PlanViolationCode } from './plan-violation.ts';

/**
 * Document numbers that cannot be (identity.md part 2), numbers that say another sex than the row, and one picture
 * given for two people. What is merely unusual is a warning.
 */
export function documentViolations(tables: DraftTables): PlanViolation[] {
  const { candidates = [] } = tables;
  const pictureOf = new Map<string, [index: number, documentNumber: string]>();
  return candidates.flatMap((candidate, index): PlanViolation[] => {
    const { documentType, documentNumber, sex, photoFile } = candidate;
    if (documentNumber === undefined) return [];
    const found: PlanViolation[] = [];
    const add = (code: PlanViolationCode, weight: PlanViolation['weight'], field: string, otherIndex?: number) =>
      found.push({
        code,
        weight,
        table: 'candidates',
        index,
        field,
        facts: {},
        ...(otherIndex !== undefined && { otherIndex }),
      });
    const verdict = documentType === undefined ? 'fine' : judge(documentType, documentNumber);
    if (verdict === 'wrong') add('document-number-wrong', 'problem', 'documentNumber');
    if (verdict === 'doubtful') add('document-number-doubtful', 'warning', 'documentNumber');
    if (verdict === 'fine' && (documentType === 'resident' || documentType === 'hmt') && sex !== undefined) {
      if (sex !== (Number(documentNumber[16]) % 2 === 1 ? 'male' : 'female')) add('sex-disagrees', 'warning', 'sex');
    }
    if (photoFile !== undefined) {
      const key = photoFile.toLowerCase();
      const earlier = pictureOf.get(key);
      if (earlier === undefined) pictureOf.set(key, [index, documentNumber]);
      else if (earlier[1] !== documentNumber) add('photo-shared', 'problem', 'photoFile', earlier[0]);
    }
    return found;
  });
}

function judge(type: (typeof DocumentType)['options'][number], number: string): 'fine' | 'doubtful' | 'wrong' {
  switch (type) {
    case 'resident':
      return /^[1-8]/.test(number) && checkDigitHolds(number) && realBirth(number) ? 'fine' : 'wrong';
    case 'hmt':
      return /^8[123]0000/.test(number) && checkDigitHolds(number) && realBirth(number) ? 'fine' : 'wrong';
    case 'foreigner':
      if (/^9\d{16}[\dX]$/.test(number)) return checkDigitHolds(number) ? 'fine' : 'wrong';
      return /^[A-Z]{3}\d{12}$/.test(number) ? 'doubtful' : 'wrong';
    case 'other':
      return 'fine';
  }
}

function realBirth(number: string): boolean {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)].map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day ?? 0));
  return (year ?? 0) >= 1900 && date.getUTCMonth() === (month ?? 0) - 1 && date.getUTCDate() === day;
}

import type { Plan } from '../../electron/features/plan/plan-schema.ts';
import { mod112CheckCharacter } from '../../electron/lib/check-digits.ts';

/** Ordinal names that nobody bears, each marked as a specimen. */
const CANDIDATE_NAMES = [
  '赵一',
  '钱二',
  '孙三',
  '李四',
  '周五',
  '吴六',
  '郑七',
  '冯八',
  '陈九',
  '褚十',
  '卫十一',
  '蒋十二',
];
const EXAMINER_NAMES = ['甲考评', '乙考评', '丙考评', '丁考评', '戊考评', '己考评', '庚考评'];

export type SamplePerson = { candidateId: string; name: string; sex: 'male' | 'female'; documentNumber: string };

/**
 * The twelve candidates in order, C01 to C12. Their numbers name an area code of Shanghai that is not in use and a
 * birth in 1900, so that they are valid by their check digit and can be nobody's.
 */
export const SAMPLE_PEOPLE: readonly SamplePerson[] = CANDIDATE_NAMES.map((name, i) => {
  // The two persons of the clips are men, the pictures of the others show women.
  const sex = i < 2 ? 'male' : 'female';
  const sequence = i * 2 + (sex === 'male' ? 1 : 2);
  const digits = `31019919000101${String(sequence).padStart(3, '0')}`;
  return {
    candidateId: `C${String(i + 1).padStart(2, '0')}`,
    name: `${name}（样本）`,
    sex,
    documentNumber: digits + mod112CheckCharacter(digits),
  };
});

/** E01 and E04 lead; E07 is the reserve. */
export const SAMPLE_EXAMINERS: readonly (Omit<Plan['examiners'][number], 'examinerId'> & { examinerId: string })[] =
  EXAMINER_NAMES.map((name, i) => ({
    examinerId: `E${String(i + 1).padStart(2, '0')}`,
    name: `${name}（样本）`,
    grade: i === 0 || i === 3 ? 'senior' : 'examiner',
    cardNumber: `YB-KP-${String(i + 1).padStart(4, '0')}`,
    employer: `样本单位${i + 1}`,
    occupations: ['电工'],
  }));

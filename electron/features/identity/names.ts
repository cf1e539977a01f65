export type NameComparison = 'same' | 'spelling-differs' | 'differs';

/** Middle dots as cards, forms and keyboards write them, among them a full stop typed for want of a dot. */
const MIDDLE_DOTS = /[·•‧∙⋅・･․．.]/gu;

/**
 * Compares a name of one document with that of another. `spelling-differs`: the same but for middle dots, width, case,
 * spaces, or a compatibility form of a character. Nothing but `same` lets a door pass by itself, and no outcome refuses:
 * both others call a person, who sees the two spellings.
 */
export function sameName(a: string, b: string): NameComparison {
  const [left, right] = [fold(a), fold(b)];
  if (left === '' || right === '' || left !== right) return 'differs';
  return a === b ? 'same' : 'spelling-differs';
}

const fold = (name: string): string =>
  name.normalize('NFKC').replace(MIDDLE_DOTS, '').replace(/\s/gu, '').toLowerCase().toUpperCase();

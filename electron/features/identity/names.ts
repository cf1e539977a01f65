export type NameComparison = 'same' | 'spelling-differs' | 'differs';

/**
 * Compares a name of one document with that of another. `spelling-differs`: the same but for middle dots and other
 * punctuation, width, case, accents, spaces, a variant of a glyph, or the way an older system stored a rare character.
 * Nothing but `same` lets a door pass by itself, and no outcome refuses: both others call a person, who sees the two
 * spellings.
 */
export function sameName(a: string, b: string): NameComparison {
  const [left, right] = [fold(a), fold(b)];
  if (left === '' || right === '' || left !== right) return 'differs';
  return a === b ? 'same' : 'spelling-differs';
}

const fold = (name: string): string =>
  [...name]
    .map((character) => RARE.get(character) ?? character)
    .join('')
    .normalize('NFKD')
    // Dots, hyphens, apostrophes; some keyboards give a middle dot as a sign of mathematics. Accents and variation
    // selectors are marks of their own after NFKD.
    .replace(/[\p{P}\p{S}\p{M}\p{Cf}\p{White_Space}]/gu, '')
    .toLowerCase()
    .toUpperCase();

/**
 * Rare characters by the private code points under which older systems keep them: GBK has 80 characters at FE50 to FEA0
 * that Unicode lacked at first (䶮 at FE9F), and Windows put them at U+E815 to U+E864 in their order.
 */
const RARE: ReadonlyMap<string, string> = new Map(
  Array.from({ length: 80 }, (_, i): [string, string] => {
    const second = 0x50 + i + (i < 0x2f ? 0 : 1);
    const real = new TextDecoder('gbk').decode(Uint8Array.of(0xfe, second));
    return [String.fromCharCode(0xe815 + i), real];
  }),
);

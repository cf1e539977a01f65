/**
 * Widths of bars and spaces in modules, bar first, of the symbols 0 to 105 (ISO/IEC 15417, table 1); 103 to 105 begin
 * code sets A, B and C.
 */
const SYMBOLS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232'
).split(' ');
const STOP = '2331112';
const [START_B, START_C, TO_B, TO_C] = [104, 105, 100, 99];

/**
 * The bars and spaces of a text as Code 128, widths in modules, a bar first and last, without quiet zones. Pairs of
 * digits share a symbol (code set C) wherever that is shorter.
 *
 * @throws RangeError for an empty text or a character outside printable ASCII
 */
export function code128Widths(text: string): number[] {
  if (!/^[\x20-\x7e]+$/.test(text)) throw new RangeError('Code 128 takes printable ASCII');
  const symbols = symbolsOf(text);
  const check = symbols.reduce((sum, symbol, place) => sum + symbol * Math.max(1, place), 0) % 103;
  const widths = [...symbols, check].map((symbol) => SYMBOLS[symbol]!).join('') + STOP;
  return [...widths].map(Number);
}

function symbolsOf(text: string): number[] {
  const symbols: number[] = [];
  let set: 'B' | 'C' | null = null;
  for (let at = 0; at < text.length; ) {
    const next = codeSetAt(text, at, set);
    if (next !== set) symbols.push(next === 'C' ? (set ? TO_C : START_C) : set ? TO_B : START_B);
    set = next;
    symbols.push(set === 'C' ? Number(text.slice(at, at + 2)) : text.charCodeAt(at) - 32);
    at += set === 'C' ? 2 : 1;
  }
  return symbols;
}

/** Changing sets costs a symbol: four digits pay for it at either end of the text, six inside. */
function codeSetAt(text: string, at: number, set: 'B' | 'C' | null): 'B' | 'C' {
  const digits = /^\d*/.exec(text.slice(at))![0].length;
  if (set === 'C') return digits >= 2 ? 'C' : 'B';
  const atAnEnd = at === 0 || at + digits === text.length;
  // Inside, an odd run leaves its first digit to set B, and the rest is pairs.
  const pairs = set === null || digits % 2 === 0;
  return pairs && digits >= (atAnEnd ? 4 : 6) ? 'C' : 'B';
}

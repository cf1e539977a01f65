/** A font that draws a character: a file, and for a collection (.ttc) the PostScript name of the font in it. */
export type FontFile = { readonly path: string; readonly postscriptName?: string };

/** Ranges of code points, first and last, in ascending order. */
export type Coverage = readonly (readonly [first: number, last: number])[];

/**
 * The characters that a font file has glyphs for, from its `cmap` table (OpenType 1.9, formats 4 and 12); all fonts of a
 * collection share one. Damaged or foreign bytes cover nothing. Never throws.
 */
export function fontCoverage(bytes: Uint8Array): Coverage {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const collection = view.getUint32(0) === 0x74746366;
    return readCmap(view, collection ? view.getUint32(12) : 0);
  } catch {
    return [];
  }
}

export function covers(coverage: Coverage, codePoint: number): boolean {
  let [low, high] = [0, coverage.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = coverage[middle]!;
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

function readCmap(view: DataView, fontAt: number): Coverage {
  const tables = view.getUint16(fontAt + 4);
  for (let i = 0; i < tables; i += 1) {
    const record = fontAt + 12 + i * 16;
    if (view.getUint32(record) === 0x636d6170) return readSubtables(view, view.getUint32(record + 8));
  }
  return [];
}

/** The widest Unicode subtable: format 12 where there is one, because format 4 ends at U+FFFF. */
function readSubtables(view: DataView, cmapAt: number): Coverage {
  let found: Coverage = [];
  for (let i = 0; i < view.getUint16(cmapAt + 2); i += 1) {
    const at = cmapAt + view.getUint32(cmapAt + 4 + i * 8 + 4);
    const format = view.getUint16(at);
    if (format === 12) return readFormat12(view, at);
    if (format === 4) found = readFormat4(view, at);
  }
  return found;
}

function readFormat12(view: DataView, at: number): Coverage {
  const groups = Math.min(view.getUint32(at + 12), 100_000);
  return Array.from({ length: groups }, (_, i) => [view.getUint32(at + 16 + i * 12), view.getUint32(at + 20 + i * 12)]);
}

function readFormat4(view: DataView, at: number): Coverage {
  const segments = view.getUint16(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + segments * 2 + 2;
  const found: [number, number][] = [];
  for (let i = 0; i < segments; i += 1) {
    const [first, last] = [view.getUint16(starts + i * 2), view.getUint16(ends + i * 2)];
    if (first !== 0xffff) found.push([first, last]);
  }
  return found;
}

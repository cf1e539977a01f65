let codes: Map<string, number> | null = null;

/**
 * Text in the two-byte part of GB 18030, as an old Windows program writes it, for the simulated service. The platform only
 * decodes that encoding, so its table is turned around once.
 *
 * @throws RangeError for a character beyond the two-byte part
 */
export function encodeGb18030(text: string): Uint8Array {
  codes ??= twoByteCodes();
  const bytes: number[] = [];
  for (const letter of text) {
    const point = letter.codePointAt(0)!;
    const code = codes.get(letter);
    if (point < 0x80) bytes.push(point);
    else if (code === undefined) throw new RangeError('a character beyond two bytes of GB 18030');
    else bytes.push(code >> 8, code & 0xff);
  }
  return Uint8Array.from(bytes);
}

function twoByteCodes(): Map<string, number> {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      table.set(decoder.decode(Uint8Array.of(lead, trail)), (lead << 8) | trail);
    }
  }
  return table;
}

/** Digits that carry a group of so many bytes; all different, so a count of digits tells the count of bytes. */
const DIGITS_FOR_BYTES = [0, 3, 5, 8, 10, 13, 15, 17] as const;
const GROUP_BYTES = 7;
const GROUP_DIGITS = 17;

/**
 * Bytes as decimal digits: every 7 bytes, read as one big-endian number, become 17 digits with leading zeros; the last
 * group as many as its bytes need. QR codes pack digits densely, and a keyboard-wedge scanner under a Chinese input
 * method cannot mangle them.
 */
export function bytesToDigits(bytes: Uint8Array): string {
  let digits = '';
  for (let at = 0; at < bytes.length; at += GROUP_BYTES) {
    const group = bytes.subarray(at, at + GROUP_BYTES);
    const value = group.reduce((total, byte) => total * 256n + BigInt(byte), 0n);
    digits += String(value).padStart(DIGITS_FOR_BYTES[group.length]!, '0');
  }
  return digits;
}

/** The bytes again, or null for anything that `bytesToDigits` does not write. */
export function digitsToBytes(digits: string): Uint8Array | null {
  if (!/^\d*$/.test(digits)) return null;
  const bytes: number[] = [];
  for (let at = 0; at < digits.length; at += GROUP_DIGITS) {
    const group = digits.slice(at, at + GROUP_DIGITS);
    const size = (DIGITS_FOR_BYTES as readonly number[]).indexOf(group.length);
    let value = BigInt(group);
    if (size < 0 || value >= 256n ** BigInt(size)) return null;
    const groupBytes = new Array<number>(size);
    for (let i = size - 1; i >= 0; i -= 1) {
      groupBytes[i] = Number(value & 255n);
      value >>= 8n;
    }
    bytes.push(...groupBytes);
  }
  return Uint8Array.from(bytes);
}

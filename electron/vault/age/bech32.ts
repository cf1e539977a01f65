const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function checksumOf(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    GENERATOR.forEach((word, bit) => {
      if ((top >>> bit) & 1) sum ^= word;
    });
  }
  return sum;
}

const spreadPrefix = (prefix: string): number[] => [
  ...Array.from(prefix, (c) => c.charCodeAt(0) >>> 5),
  0,
  ...Array.from(prefix, (c) => c.charCodeAt(0) & 31),
];

/** Bech32 (BIP 173, without its length limit) of `bytes` in lower case. */
export function bech32Encode(prefix: string, bytes: Uint8Array): string {
  const words: number[] = [];
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      words.push((held >>> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  if (bits > 0) words.push((held << (5 - bits)) & 31);
  return bech32OfWords(prefix, words);
}

/** The text for words of five bits, checksum added: what `bech32Encode` ends with. */
export function bech32OfWords(prefix: string, words: readonly number[]): string {
  const sum = checksumOf([...spreadPrefix(prefix), ...words, 0, 0, 0, 0, 0, 0]) ^ 1;
  const check = [25, 20, 15, 10, 5, 0].map((shift) => (sum >>> shift) & 31);
  return `${prefix}1${[...words, ...check].map((word) => CHARSET[word]).join('')}`;
}

/**
 * The bytes under a lower-case Bech32 text with exactly this prefix; `undefined` on mixed case, a foreign character, a
 * wrong checksum or padding that is not zero. Upper-case texts are lowered by the caller, so that only one case is taken.
 */
export function bech32Decode(prefix: string, text: string): Uint8Array | undefined {
  if (!text.startsWith(`${prefix}1`) || text.length < prefix.length + 7 || text.length > 200) return undefined;
  const words = Array.from(text.slice(prefix.length + 1), (c) => CHARSET.indexOf(c));
  if (words.includes(-1) || checksumOf([...spreadPrefix(prefix), ...words]) !== 1) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const word of words.slice(0, -6)) {
    held = (held << 5) | word;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >>> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return bits >= 5 || held !== 0 ? undefined : Uint8Array.from(bytes);
}

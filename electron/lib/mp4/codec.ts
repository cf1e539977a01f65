import { type Box, boxesIn, viewOf } from './boxes.ts';

/** Bytes of a sample entry before the boxes inside it (ISO/IEC 14496-12, 12.1.3 and 12.2.3). */
const ENTRY_BYTES = { video: 78, audio: 28 };

const hex = (...values: number[]): string => values.map((v) => v.toString(16).padStart(2, '0')).join('');
const two = (value: number): string => String(value).padStart(2, '0');

/** The codec of the first sample description by RFC 6381; null for one that is not known here. */
export function codecOf(bytes: Uint8Array, stsd: Box): string | null {
  const [entry] = boxesIn(bytes, stsd.content + 8, stsd.end);
  if (entry === undefined) return null;
  const inside = (kind: keyof typeof ENTRY_BYTES, type: string) =>
    boxesIn(bytes, entry.content + ENTRY_BYTES[kind], entry.end).find((b) => b.type === type);
  switch (entry.type) {
    case 'avc1':
    case 'avc3': {
      const avcC = inside('video', 'avcC');
      if (!avcC || avcC.end - avcC.content < 4) return null;
      return `${entry.type}.${hex(...bytes.subarray(avcC.content + 1, avcC.content + 4))}`;
    }
    case 'vp09': {
      const vpcC = inside('video', 'vpcC');
      if (!vpcC || vpcC.end - vpcC.content < 7) return null;
      const [profile, level, depth] = bytes.subarray(vpcC.content + 4, vpcC.content + 7);
      return `vp09.${two(profile!)}.${two(level!)}.${two(depth! >> 4)}`;
    }
    case 'hvc1':
    case 'hev1': {
      const hvcC = inside('video', 'hvcC');
      return hvcC && hvcC.end - hvcC.content >= 13 ? `${entry.type}.${hevcProfile(bytes, hvcC)}` : null;
    }
    case 'Opus':
      return 'opus';
    default:
      return null;
  }
}

/** ISO/IEC 14496-15, annex E: profile, compatibility, tier and level, constraints. */
function hevcProfile(bytes: Uint8Array, { content }: Box): string {
  const view = viewOf(bytes);
  const first = bytes[content + 1]!;
  let flags = 0;
  for (let bit = 0; bit < 32; bit += 1) if (view.getUint32(content + 2) & (2 ** bit)) flags += 2 ** (31 - bit);
  const constraints = [...bytes.subarray(content + 6, content + 12)];
  while (constraints.length > 1 && constraints.at(-1) === 0) constraints.pop();
  const space = ['', 'A', 'B', 'C'][first >> 6]!;
  const tier = first & 0x20 ? 'H' : 'L';
  const spelt = constraints.map((c) => c.toString(16).toUpperCase());
  return [`${space}${first & 0x1f}`, flags.toString(16).toUpperCase(), `${tier}${bytes[content + 12]}`, ...spelt].join(
    '.',
  );
}

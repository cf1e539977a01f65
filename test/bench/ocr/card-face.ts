import sharp, { type OverlayOptions } from 'sharp';
import type { Random } from './random.ts';
import type { Specimen } from './specimen.ts';

/** Pixels a millimetre of the drawn cards. */
export const CARD_SCALE = 18;
/** ID-1, in millimetres. */
export const CARD_MM = { width: 85.6, height: 54 } as const;

const INK = '#1d1d1f';
const LABEL = '#3a7fb4';

/** Faces in print vary from card to card; where a font is missing the system takes its own. */
const TEXT_FONTS = ['Noto Sans CJK SC', 'Noto Sans CJK SC', 'Droid Sans Fallback'];
const NUMBER_FONTS = ['DejaVu Sans Mono', 'Liberation Mono', 'Noto Sans Mono', 'OCR B, DejaVu Sans Mono'];

/**
 * The front of a specimen's card as PNG. Print sits up to half a millimetre off its place and varies in size and weight, as on
 * real ones.
 *
 * @param portrait  a picture for the photograph; a drawn figure when there is none
 */
export async function drawFront(specimen: Specimen, random: Random, portrait: Uint8Array | null): Promise<Buffer> {
  const font = random.one(TEXT_FONTS);
  const shift = { x: random.between(-0.5, 0.5), y: random.between(-0.5, 0.5) };
  const text = (x: number, y: number, size: number, words: string, colour = INK, family = font, step = 0) =>
    placed(x + shift.x, y + shift.y, size, words, colour, family, step);
  const label = (x: number, y: number, words: string) => text(x, y, 2.75, words, LABEL);
  const [year, month, day] = specimen.birth.split('-').map((part) => String(Number(part)));
  const size = random.between(2.95, 3.25);
  const numberFont = random.one(NUMBER_FONTS);
  const numberSize = random.between(3.7, 4.0);

  const words = [
    label(5.8, 9.5, '姓　名'),
    text(15.6, 9.7, size * 1.2, specimen.name),
    label(5.8, 16, '性　别'),
    text(15.6, 16, size, specimen.sex),
    label(25.2, 16, '民　族'),
    text(34.2, 16, size, specimen.nation),
    label(5.8, 22.4, '出　生'),
    text(15.6, 22.4, size, year!),
    label(24, 22.4, '年'),
    text(28.7 - month!.length * 0.5, 22.4, size, month!),
    label(32.2, 22.4, '月'),
    text(36.9 - day!.length * 0.5, 22.4, size, day!),
    label(40.6, 22.4, '日'),
    label(5.8, 29.4, '住　址'),
    ...addressLines(specimen.address).map((line, i) => text(15.6, 29.4 + i * 4.55, size, line)),
    label(5.8, 48.2, '公民身份号码'),
    text(28.4, 48.4, numberSize, specimen.number, INK, numberFont, 2.82),
  ];
  const face = await portraitOn(random, portrait);
  return cardOf(random, words.join(''), [face]);
}

/** The emblem side: no name, no number. */
export function drawBack(random: Random): Promise<Buffer> {
  const words = [
    placed(34, 14, 4.6, '中华人民共和国', INK, TEXT_FONTS[0]!, 5.4),
    placed(30, 24, 7.2, '居民身份证', INK, TEXT_FONTS[0]!, 9),
    `<circle cx="15" cy="18" r="9" fill="#c8453b"/>`,
    placed(23, 41, 2.75, '签发机关', INK, TEXT_FONTS[0]!),
    placed(36, 41, 3, '样本市公安局', INK, TEXT_FONTS[0]!),
    placed(23, 47.5, 2.75, '有效期限', INK, TEXT_FONTS[0]!),
    placed(36, 47.5, 3, '2019.08.12-2039.08.12', INK, TEXT_FONTS[0]!),
  ];
  return cardOf(random, words.join(''), []);
}

/** Lines of eleven characters' width, a digit or Latin letter counting half; at most three. */
export function addressLines(address: string): string[] {
  const lines: string[] = [];
  let line = '';
  let width = 0;
  for (const character of address) {
    const own = /[\x20-\x7e]/.test(character) ? 0.55 : 1;
    if (width + own > 11 && lines.length < 2) {
      lines.push(line);
      line = '';
      width = 0;
    }
    line += character;
    width += own;
  }
  return [...lines, line];
}

/** Text with its baseline at `y`; with a `step` each character stands on its own place, as numbers are printed. */
function placed(x: number, y: number, size: number, words: string, colour: string, family: string, step = 0): string {
  const attributes = `y="${y}" font-size="${size}" font-family="${family}" fill="${colour}"`;
  if (step === 0) return `<text x="${x}" ${attributes}>${words}</text>`;
  return [...words].map((character, i) => `<text x="${x + i * step}" ${attributes}>${character}</text>`).join('');
}

async function cardOf(random: Random, words: string, overlays: OverlayOptions[]): Promise<Buffer> {
  const { width, height } = CARD_MM;
  const hue = random.between(195, 225);
  const waves = Array.from({ length: 26 }, (_, i) => {
    const phase = random.between(0, 6);
    const points = Array.from({ length: 44 }, (_, k) => `${k * 2},${i * 2.2 + 1.4 * Math.sin(k / 3 + phase)}`);
    const colour = i % 2 ? `hsl(${hue} 45% 80%)` : 'hsl(340 40% 86%)';
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="0.22"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width * CARD_SCALE}" height="${height * CARD_SCALE}"
    viewBox="0 0 ${width} ${height}">
    <clipPath id="card"><rect width="${width}" height="${height}" rx="3.18"/></clipPath>
    <g clip-path="url(#card)">
      <rect width="${width}" height="${height}" fill="hsl(${hue} 38% 92%)"/>${waves.join('')}
      <ellipse cx="48" cy="34" rx="20" ry="13" fill="hsl(${hue} 40% 86%)" opacity="0.5"/>
      ${words}
    </g></svg>`;
  return sharp(Buffer.from(svg)).composite(overlays).png({ compressionLevel: 1 }).toBuffer();
}

/** The photograph's place, 102 : 126, with the word for specimen over its foot. */
const PORTRAIT_MM = { left: 54.6, top: 7.2, width: 25.4, height: 31.4 } as const;

async function portraitOn(random: Random, picture: Uint8Array | null): Promise<OverlayOptions> {
  const width = Math.round(PORTRAIT_MM.width * CARD_SCALE);
  const height = Math.round(PORTRAIT_MM.height * CARD_SCALE);
  const shirt = `hsl(${random.whole(0, 360)} 30% 35%)`;
  const hair = random.one(['#1b1815', '#2b2320', '#6d6a68']);
  const figure = `<rect width="102" height="126" fill="#f3f4f5"/>
    <path d="M8 126 q4 -34 43 -34 q39 0 43 34 z" fill="${shirt}"/><rect x="42" y="74" width="18" height="24" fill="#e4b793"/>
    <ellipse cx="51" cy="54" rx="23" ry="29" fill="#edc4a2"/><path d="M27 52 q-2 -34 24 -34 q26 0 24 34 q-6 -18 -24 -18 q-18 0 -24 18" fill="${hair}"/>
    <circle cx="42" cy="54" r="2.4"/><circle cx="60" cy="54" r="2.4"/><path d="M44 70 q7 4 14 0" stroke="#8a4b3c" fill="none" stroke-width="2"/>`;
  const mark =
    '<text x="51" y="122" font-size="13" text-anchor="middle" font-family="Noto Sans CJK SC" fill="#b03a2e">样本</text>';
  const svg = (inside: string) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 102 126">${inside}</svg>`,
    );
  const base = picture ? sharp(picture).resize(width, height, { fit: 'cover' }) : sharp(svg(figure));
  const input = await base
    .composite([{ input: svg(mark) }])
    .png({ compressionLevel: 1 })
    .toBuffer();
  return { input, left: Math.round(PORTRAIT_MM.left * CARD_SCALE), top: Math.round(PORTRAIT_MM.top * CARD_SCALE) };
}

import sharp from 'sharp';
import { sampleCard } from '../../resources/sample-day/sample-card.ts';
import type { PlannedCandidate } from '../features/plan/plan-schema.ts';

/** Pixels a millimetre. */
const SCALE = 10;
/** ID-1, in millimetres. */
const [WIDTH_MM, HEIGHT_MM] = [85.6, 54];
const PORTRAIT_MM = { left: 54.6, top: 7.2, width: 25.4, height: 31.4 };

/** The specimen card of a candidate, laid on a table before the camera (JPEG). The words need a Chinese font of the system. */
export async function drawnCard(c: PlannedCandidate, photo: Uint8Array): Promise<Uint8Array> {
  const { name, sex, birth, address, number } = sampleCard(c);
  const text = (x: number, y: number, words: string, size = 3, colour = '#1d1d1f') =>
    `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" font-family="Noto Sans CJK SC">${words}</text>`;
  const label = (x: number, y: number, words: string) => text(x, y, words, 2.75, '#3a7fb4');
  const digits = [...number].map((digit, i) => text(28.4 + i * 2.82, 48.4, digit, 3.8));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH_MM * SCALE}" height="${HEIGHT_MM * SCALE}"
    viewBox="0 0 ${WIDTH_MM} ${HEIGHT_MM}"><rect width="100%" height="100%" rx="3.2" fill="#e6eef4"/>
    ${label(5.8, 9.5, '姓　名')}${text(15.6, 9.7, name, 3.6)}
    ${label(5.8, 16, '性　别')}${text(15.6, 16, sex === '1' ? '男' : '女')}
    ${label(25.2, 16, '民　族')}${text(34.2, 16, '汉')}
    ${label(5.8, 22.4, '出　生')}${text(15.6, 22.4, birth.slice(0, 4))}${label(24, 22.4, '年')}
    ${text(28.2, 22.4, String(Number(birth.slice(4, 6))))}${label(32.2, 22.4, '月')}
    ${text(36.4, 22.4, String(Number(birth.slice(6))))}${label(40.6, 22.4, '日')}
    ${label(5.8, 29.4, '住　址')}${text(15.6, 29.4, address)}
    ${label(5.8, 48.2, '公民身份号码')}${digits.join('')}</svg>`;
  const portrait = await sharp(photo)
    .resize(Math.round(PORTRAIT_MM.width * SCALE), Math.round(PORTRAIT_MM.height * SCALE), { fit: 'cover' })
    .toBuffer();
  const card = await sharp(Buffer.from(svg))
    .composite([
      { input: portrait, left: Math.round(PORTRAIT_MM.left * SCALE), top: Math.round(PORTRAIT_MM.top * SCALE) },
    ])
    .png()
    .toBuffer();
  const turned = await sharp(card).rotate(3, { background: '#00000000' }).toBuffer();
  const table = sharp({ create: { width: 1280, height: 800, channels: 3, background: '#5b5148' } });
  return new Uint8Array(
    await table
      .composite([{ input: turned }])
      .jpeg({ quality: 90 })
      .toBuffer(),
  );
}

import { open } from 'node:fs/promises';
import sharp from 'sharp';
import type { PlannedCandidate } from '../../../electron/features/plan/plan-schema.ts';
import { drawFront } from '../../bench/ocr/card-face.ts';
import { CONDITIONS } from '../../bench/ocr/conditions.ts';
import { photograph } from '../../bench/ocr/photograph.ts';
import { seeded } from '../../bench/ocr/random.ts';

/** A candidate's specimen card as it lies before the camera, drawn and photographed as for the reading benchmark, in a film of one second. */
export async function clipOfCard(
  { name, sex, documentNumber }: Pick<PlannedCandidate, 'name' | 'sex' | 'documentNumber'>,
  portrait: Uint8Array | null,
  clip: string,
): Promise<void> {
  const random = seeded('card before the door');
  const [year, month, day] = [documentNumber.slice(6, 10), documentNumber.slice(10, 12), documentNumber.slice(12, 14)];
  const specimen = {
    name,
    sex: sex === 'male' ? ('男' as const) : ('女' as const),
    nation: '汉',
    birth: `${year}-${month}-${day}`,
    address: '样本省样本市样本区样本路1号',
    number: documentNumber,
  };
  const card = await drawFront(specimen, random, portrait);
  const clean = CONDITIONS.clean!(random);
  const picture = await photograph(card, { ...clean, picture: { width: 1280, height: 720 }, cardWidth: 0.62 }, random);
  const frame = await sharp(picture).jpeg({ quality: 92, chromaSubsampling: '4:2:0', progressive: false }).toBuffer();
  const file = await open(clip, 'wx');
  try {
    for (let n = 0; n < 30; n += 1) await file.write(frame);
  } finally {
    await file.close();
  }
}

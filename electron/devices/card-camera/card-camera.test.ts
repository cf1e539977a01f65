import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawBack, drawFront } from '../../../test/bench/ocr/card-face.ts';
import { CONDITIONS, type Taking } from '../../../test/bench/ocr/conditions.ts';
import { develop, layOnTable, photograph, table } from '../../../test/bench/ocr/photograph.ts';
import { seeded } from '../../../test/bench/ocr/random.ts';
import { checkCharacter, type Specimen } from '../../../test/bench/ocr/specimen.ts';
import { openCardCamera } from './open.ts';
import type { CardCamera, CardReading } from './port.ts';
import { MAX_IMAGE_BYTES } from './port.ts';

let camera: CardCamera;
beforeAll(async () => {
  const opened = await openCardCamera();
  if (!opened.ok) throw new Error(opened.error.code);
  camera = opened.value;
});
afterAll(() => camera.close());

const numberOf = (seventeen: string) => seventeen + checkCharacter(seventeen);
const specimen: Specimen = {
  name: '热依汗·吐尔洪',
  sex: '女',
  nation: '维吾尔',
  birth: '1987-11-05',
  address: '新疆维吾尔自治区莎车县城关镇新桥村3组48号',
  number: numberOf('65312519871105304'),
};

const random = () => seeded('card camera');
const small = { picture: { width: 1280, height: 720 } };
const taking = (change: Partial<Taking> = {}): Taking => ({ ...CONDITIONS.clean!(random()), ...small, ...change });
const pictureOf = async (printed: Specimen, how: Partial<Taking> = {}) =>
  photograph(await drawFront(printed, random(), null), taking(how), random());

async function readingOf(image: Uint8Array): Promise<CardReading> {
  const reading = await camera.read(image);
  if (!reading.ok) throw new Error(JSON.stringify(reading.error));
  return reading.value;
}
const asRead = ({ fields }: CardReading) =>
  Object.fromEntries(fields.map(({ field, text, support }) => [field, [text, support]]));

const everything = {
  name: ['热依汗·吐尔洪', 'none'],
  sex: ['女', 'agrees-with-number'],
  nation: ['维吾尔', 'list'],
  birth: ['1987-11-05', 'agrees-with-number'],
  address: ['新疆维吾尔自治区莎车县城关镇新桥村3组48号', 'none'],
  number: [specimen.number, 'check-digit'],
};

describe('the front of a card', () => {
  test.each<[string, Partial<Taking>]>([
    ['lying straight', {}],
    ['upside down', { rollDeg: 176 }],
    ['on its side', { rollDeg: -91, cardWidth: 0.5 }],
    ['tilted', { rollDeg: 5, tiltDeg: { x: 18, y: -20 } }],
    ['in the dark', { gain: 0.2, noise: 3 }],
  ])('%s', async (_, how) => {
    const image = await pictureOf(specimen, how);
    const reading = await readingOf(image);
    expect(asRead(reading)).toEqual(everything);
    expect(reading.guidance).toBeNull();
    expect(reading.imageSha256).toBe(createHash('sha256').update(image).digest('hex'));
  });

  test('is shown upright, with its photograph and a crop of every field', async () => {
    const reading = await readingOf(await pictureOf(specimen, { rollDeg: 176 }));
    const upright = await sharp(reading.upright!).metadata();
    expect([upright.format, upright.width, upright.height]).toEqual(['jpeg', 856, 540]);
    const portrait = await sharp(reading.portrait!).stats();
    // The photograph is white around the figure; the card is not. Its foot carries the coloured clothes.
    expect(portrait.channels[0]!.max).toBeGreaterThan(200);
    const { width, height } = await sharp(reading.portrait!).metadata();
    expect(width / height).toBeCloseTo(102 / 126, 2);
    for (const { crop } of reading.fields) expect((await sharp(crop).metadata()).format).toBe('jpeg');
  });
});

describe('what contradicts itself is marked for the eye', () => {
  test('birth date and sex that the number does not have', async () => {
    const reading = await readingOf(await pictureOf({ ...specimen, birth: '1978-11-05', sex: '男' }));
    expect(asRead(reading)).toEqual({ ...everything, birth: ['1978-11-05', 'none'], sex: ['男', 'none'] });
  });

  test('a number whose check character is wrong, and with it all that leans on it', async () => {
    const wrong = specimen.number.slice(0, 17) + (specimen.number[17] === '0' ? '1' : '0');
    const reading = await readingOf(await pictureOf({ ...specimen, number: wrong }));
    expect(asRead(reading)).toMatchObject({
      number: [wrong, 'none'],
      birth: ['1987-11-05', 'none'],
      sex: ['女', 'none'],
    });
    expect(reading.guidance).not.toBeNull();
  });
});

describe('what is no single card front', () => {
  const nothing = { fields: [], portrait: null, upright: null };

  test('a table without a card', async () => {
    const image = await develop(await table(taking(), random()), taking(), random());
    expect(await readingOf(image)).toMatchObject({ ...nothing, guidance: 'no-card' });
  });

  test.each([0, 180])('the emblem side, turned by %i degrees', async (rollDeg) => {
    const image = await photograph(await drawBack(random()), taking({ rollDeg }), random());
    expect(await readingOf(image)).toMatchObject({ ...nothing, guidance: 'other-side' });
  });

  test('two cards', async () => {
    const how = taking({ cardWidth: 0.45 });
    const cards = [specimen, { ...specimen, number: numberOf('65312519871105306') }];
    let scene = await table(how, random());
    for (const [i, card] of cards.entries()) {
      scene = await layOnTable(scene, await drawFront(card, random(), null), how, random(), {
        x: 0.25 + i * 0.5,
        y: 0.5,
      });
    }
    expect(await readingOf(await develop(scene, how, random()))).toMatchObject({ ...nothing, guidance: 'one-card' });
  });
});

describe('bytes from outside', () => {
  test.each([
    ['no bytes', Buffer.alloc(0), 'image-unreadable'],
    ['garbage', Buffer.from('garbage, not a picture'), 'image-unreadable'],
    ['a JPEG’s first bytes and nonsense', Buffer.from('ffd8ffe0deadbeefdeadbeef', 'hex'), 'image-unreadable'],
    ['more than 4 MiB', Buffer.alloc(MAX_IMAGE_BYTES + 1, 0xff), 'image-too-large'],
  ])('%s', async (_, image, code) => {
    expect(await camera.read(image)).toEqual({ ok: false, error: { code } });
  });

  test.each([
    [1, 1],
    [2, 3000],
    [3000, 2],
  ])('a picture of %i x %i pixels has no card', async (width, height) => {
    const image = await sharp({ create: { width, height, channels: 3, background: '#999' } })
      .png()
      .toBuffer();
    expect((await readingOf(image)).guidance).toBe('no-card');
  });

  test('noise has no card', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const grain = sharp({ create: { width: 640, height: 480, channels: 3, background: '#808080', noise } });
    expect((await readingOf(await grain.jpeg().toBuffer())).fields).toEqual([]);
  });
});

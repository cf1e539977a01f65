import sharp from 'sharp';
import { CARD_MM } from './card-face.ts';
import type { Taking } from './conditions.ts';
import { type Random, seeded } from './random.ts';

/** A plane's picture in the camera: `x' = (a x + b y + c) / (g x + h y + 1)` and so on, row by row. */
type Projection = [number, number, number, number, number, number, number, number, number];

/**
 * A JPEG of the drawn card on a table, taken by a pinhole camera at three card widths. The card may be laid on a scene
 * that is already there, to have two in one picture.
 */
export async function photograph(card: Buffer, taking: Taking, random: Random): Promise<Buffer> {
  const scene = await layOnTable(await table(taking, random), card, taking, random);
  return develop(scene, taking, random);
}

export type Scene = { data: Uint8ClampedArray; width: number; height: number };

/** A table top: one colour that fades, with grain, sometimes boards, and at times a sheet of paper in view. */
export async function table({ picture: { width, height } }: Taking, random: Random): Promise<Scene> {
  const light = random.between(25, 75);
  const hue = random.whole(0, 360);
  const boards = random.chance(0.35)
    ? Array.from({ length: 7 }, (_, i) => {
        const y = (i * height) / 6 + random.between(-20, 20);
        return `<rect y="${y}" width="${width}" height="${random.between(2, 7)}" fill="hsl(${hue} 25% ${light - 12}%)"/>`;
      }).join('')
    : '';
  const sheet = random.chance(0.25)
    ? `<rect x="${random.between(-0.3, 0.7) * width}" y="${random.between(-0.3, 0.7) * height}" width="${width * 0.5}"
        height="${width * 0.6}" fill="#eef0f2" transform="rotate(${random.between(-30, 30)} ${width / 2} ${height / 2})"/>`
    : '';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <linearGradient id="g" x2="${random.next()}" y2="1"><stop stop-color="hsl(${hue} 22% ${light}%)"/>
    <stop offset="1" stop-color="hsl(${hue} 22% ${light + random.between(-12, 12)}%)"/></linearGradient>
    <rect width="100%" height="100%" fill="url(#g)"/>${boards}${sheet}</svg>`;
  const data = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer();
  return { data: new Uint8ClampedArray(data), width, height };
}

/** @param at  the card's middle, as shares of the picture; by default about the picture's middle */
export async function layOnTable(
  scene: Scene,
  card: Buffer,
  taking: Taking,
  random: Random,
  at = { x: 0.5 + random.between(-0.04, 0.04), y: 0.5 + random.between(-0.03, 0.03) },
): Promise<Scene> {
  const { width, height } = scene;
  // The height decides where the card would not fit: people hold it so that it does.
  const wide = Math.min(
    taking.cardWidth * width,
    ((1.25 * height) / (0.63 + 0.5 * Math.sin(Math.abs(taking.rollDeg) / 57.3))) * 0.72,
  );
  const drawn = await sharp(card)
    .resize(Math.round(wide * 1.15))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const source = { data: drawn.data, width: drawn.info.width, height: drawn.info.height };
  const back = inverse(projectionOf(taking, wide, at.x * width, at.y * height));
  const out = new Uint8ClampedArray(scene.data);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const w = back[6] * x + back[7] * y + back[8];
      const u = ((back[0] * x + back[1] * y + back[2]) / w + 0.5) * source.width - 0.5;
      const v =
        ((back[3] * x + back[4] * y + back[5]) / w / (CARD_MM.height / CARD_MM.width) + 0.5) * source.height - 0.5;
      if (u < -1 || v < -1 || u > source.width || v > source.height) continue;
      blend(out, 3 * (y * width + x), source, u, v);
    }
  }
  return { data: out, width, height };
}

/** What the lens and the sensor make of a scene: blur, smear, reflection, little light, noise, JPEG. */
export async function develop(scene: Scene, taking: Taking, random: Random): Promise<Buffer> {
  const { width, height } = scene;
  const shown = taking.glare ? withGlare(scene, taking, taking.glare, random) : scene.data;
  // What is burnt out stays so: the sensor saturates before anything else.
  const lit = new Uint8ClampedArray(shown.length);
  for (let i = 0; i < lit.length; i += 1) lit[i] = Math.min(255, shown[i]!) * taking.gain;
  const raw = { raw: { width, height, channels: 3 as const } };
  let picture = sharp(lit, raw);
  if (taking.blurPx >= 0.3) picture = picture.blur(taking.blurPx);
  const blurred = await picture.raw().toBuffer();
  const smeared = taking.smearPx > 1 ? smear(blurred, width, height, taking.smearPx, random) : blurred;
  const noisy = new Uint8ClampedArray(smeared.length);
  // A table of noise read from random places: drawing each value anew would take most of the time.
  let grain = 0;
  for (let i = 0; i < noisy.length; i += 1) {
    if (i % width === 0) grain = random.whole(0, GRAIN.length - width - 1);
    noisy[i] = smeared[i]! + taking.noise * GRAIN[grain + (i % width)]!;
  }
  return sharp(noisy, raw).jpeg({ quality: taking.jpegQuality }).toBuffer();
}

/** Card units (its width is 1, its middle 0) to pixels. */
function projectionOf(taking: Taking, wide: number, centreX: number, centreY: number): Projection {
  const [roll, tiltX, tiltY] = [taking.rollDeg, taking.tiltDeg.x, taking.tiltDeg.y].map(
    (deg) => (deg * Math.PI) / 180,
  ) as [number, number, number];
  const distance = 3;
  // Turned about its own x, then y, then the camera's axis; only the two columns of the card's plane are needed.
  const axisX = [Math.cos(tiltY), 0, -Math.sin(tiltY)] as const;
  const axisY = [Math.sin(tiltX) * Math.sin(tiltY), Math.cos(tiltX), Math.sin(tiltX) * Math.cos(tiltY)] as const;
  const turned = ([x, y, z]: readonly [number, number, number]) =>
    [x * Math.cos(roll) - y * Math.sin(roll), x * Math.sin(roll) + y * Math.cos(roll), z / distance] as const;
  const [a, d, g] = turned(axisX);
  const [b, e, h] = turned(axisY);
  return [
    wide * a + centreX * g,
    wide * b + centreX * h,
    centreX,
    wide * d + centreY * g,
    wide * e + centreY * h,
    centreY,
    g,
    h,
    1,
  ];
}

function inverse([a, b, c, d, e, f, g, h, i]: Projection): Projection {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

/** The card's colour at (u, v), between its four nearest pixels, over what lies there; beyond its edge it is transparent. */
function blend(
  out: Uint8ClampedArray,
  at: number,
  card: { data: Uint8Array; width: number; height: number },
  u: number,
  v: number,
) {
  const left = Math.floor(u);
  const top = Math.floor(v);
  let [alpha, red, green, blue] = [0, 0, 0, 0];
  for (let corner = 0; corner < 4; corner += 1) {
    const x = left + (corner & 1);
    const y = top + (corner >> 1);
    if (x < 0 || y < 0 || x >= card.width || y >= card.height) continue;
    const p = 4 * (y * card.width + x);
    const weight = (corner & 1 ? u - left : 1 - u + left) * (corner >> 1 ? v - top : 1 - v + top);
    const share = (weight * card.data[p + 3]!) / 255;
    alpha += share;
    red += share * card.data[p]!;
    green += share * card.data[p + 1]!;
    blue += share * card.data[p + 2]!;
  }
  out[at] = red + (1 - alpha) * out[at]!;
  out[at + 1] = green + (1 - alpha) * out[at + 1]!;
  out[at + 2] = blue + (1 - alpha) * out[at + 2]!;
}

function withGlare(scene: Scene, taking: Taking, glare: NonNullable<Taking['glare']>, random: Random): Float32Array {
  const { width, height } = scene;
  const shown = Float32Array.from(scene.data);
  const wide = taking.cardWidth * width;
  const radius = glare.radius * wide;
  const x0 = width / 2 + random.between(-0.4, 0.4) * wide;
  const y0 = height / 2 + random.between(-0.25, 0.25) * wide;
  const stretch = random.between(0.5, 1);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const r2 = ((x - x0) ** 2 + ((y - y0) / stretch) ** 2) / radius ** 2;
      const added = glare.peak * Math.exp(-r2 / 2);
      for (let k = 0; k < 3; k += 1, at += 1) shown[at]! += added;
    }
  }
  return shown;
}

/** Rows and columns are moved as whole rows: each step adds the picture, shifted, to a sum. */
function smear(data: Uint8Array, width: number, height: number, length: number, random: Random): Uint8Array {
  const angle = random.between(0, Math.PI);
  const steps = Math.round(length);
  const sum = new Uint16Array(data.length);
  for (let step = 0; step < steps; step += 1) {
    const t = step - (steps - 1) / 2;
    const dx = 3 * Math.round(t * Math.cos(angle));
    const dy = Math.round(t * Math.sin(angle));
    for (let y = 0; y < height; y += 1) {
      const row = 3 * width * Math.min(height - 1, Math.max(0, y + dy));
      const own = 3 * width * y;
      for (let i = 0; i < 3 * width; i += 1) sum[own + i]! += data[row + Math.min(3 * width - 3, Math.max(0, i + dx))]!;
    }
  }
  const smeared = new Uint8Array(data.length);
  for (let i = 0; i < sum.length; i += 1) smeared[i] = sum[i]! / steps;
  return smeared;
}

/** About normal, of variance 1: sums of three even ones. */
const GRAIN = Float32Array.from({ length: 1 << 18 }, bellFrom(seeded('grain')));

function bellFrom(random: Random): () => number {
  return () => (random.next() + random.next() + random.next() - 1.5) * 2;
}

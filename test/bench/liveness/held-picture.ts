import sharp from 'sharp';

type Raw = { data: Buffer; width: number; height: number };

/** A picture held before a camera: turned about the upright and the level axis, with the hand's tremble and the sensor's noise. */
export async function heldPicture(
  jpeg: Buffer,
): Promise<(turnedDeg: number, tiltedDeg: number, frame: number) => Promise<Buffer>> {
  const { data, info } = await sharp(jpeg).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const picture = { data, width: info.width, height: info.height };
  return async (turnedDeg, tiltedDeg, frame) => {
    const random = generator(frame + 1);
    const shift = [4 * (random() - 0.5), 4 * (random() - 0.5)] as const;
    const seen = project(picture, turnedDeg, tiltedDeg, shift);
    const from = Math.floor(random() * NOISE.length);
    for (let i = 0; i < seen.length; i += 1) seen[i] = seen[i]! + NOISE[(from + i) % NOISE.length]!;
    const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
    return sharp(Buffer.from(seen.buffer), { raw }).jpeg({ quality: 85 }).toBuffer();
  };
}

/** The distance from which the camera sees the picture, in its own widths. */
const DISTANCE = 2;
const GREY = 119;

/** A plane turned in space, seen by a pinhole camera; grey beside it. */
function project(
  { data, width, height }: Raw,
  turnedDeg: number,
  tiltedDeg: number,
  [dx, dy]: readonly [number, number],
) {
  const [cosT, sinT] = [Math.cos((turnedDeg * Math.PI) / 180), Math.sin((turnedDeg * Math.PI) / 180)];
  const [cosP, sinP] = [Math.cos((tiltedDeg * Math.PI) / 180), Math.sin((tiltedDeg * Math.PI) / 180)];
  const far = DISTANCE * width;
  const seen = new Uint8ClampedArray(data.length).fill(GREY);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      // The ray through this pixel, cut with the plane spanned by (cosT, 0, sinT) and (-sinT sinP, cosP, cosT sinP).
      const x = column - width / 2 - dx;
      const y = row - height / 2 - dy;
      const normal = [-sinT * cosP, -sinP, cosT * cosP] as const;
      const reach = (normal[2] * far) / (normal[0] * x + normal[1] * y + normal[2] * far);
      const [px, py, pz] = [reach * x, reach * y, reach * far - far];
      const u = Math.round(px * cosT + pz * sinT + width / 2);
      const v = Math.round(-px * sinT * sinP + py * cosP + pz * cosT * sinP + height / 2);
      if (u < 0 || v < 0 || u >= width || v >= height) continue;
      const from = 3 * (v * width + u);
      const to = 3 * (row * width + column);
      for (let colour = 0; colour < 3; colour += 1) seen[to + colour] = data[from + colour]!;
    }
  }
  return seen;
}

/** A sensor's noise, some two grey levels; made once, since it is the slow part, and begun elsewhere for every frame. */
const NOISE = noiseOf(1_000_003);

function noiseOf(length: number): Int8Array {
  const random = generator(1);
  return Int8Array.from({ length }, () => Math.round(5 * (random() + random() + random() - 1.5)));
}

/** Mulberry32: the same noise in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

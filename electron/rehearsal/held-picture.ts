import sharp from 'sharp';

const [WIDTH, HEIGHT] = [640, 640];

/**
 * A photograph held still before a camera, frame after frame without an end: the hand trembles, the sensor has noise, and nothing
 * else moves.
 */
export async function* heldPicture(photo: Uint8Array): AsyncGenerator<Uint8Array> {
  const { data, info } = await sharp(photo)
    .resize(WIDTH - 160, HEIGHT - 40, { fit: 'cover' })
    .extend({ left: 90, right: 90, top: 30, bottom: 30, background: '#8a8f94' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const trembles = sharp(data, { raw: { width, height, channels: 3 } });
  for (;;) {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 4 };
    const grain = sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#808080', noise } });
    const seen = await trembles
      .clone()
      .extract({ left: 8 + shake(), top: 8 + shake(), width: WIDTH, height: HEIGHT })
      .composite([{ input: await grain.png({ compressionLevel: 0 }).toBuffer(), blend: 'soft-light' }])
      .jpeg({ quality: 85 })
      .toBuffer();
    yield new Uint8Array(seen);
  }
}

/** A pixel or two either way. */
const shake = (): number => Math.round(4 * Math.random() - 2);

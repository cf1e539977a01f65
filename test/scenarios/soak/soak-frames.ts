import sharp from 'sharp';

const FRAME = { width: 640, height: 480 } as const;

/**
 * What a door's camera gives of a person who stands a little restless: the photograph before a grey wall, each time a
 * little elsewhere and in another light, so that no two frames are the same.
 */
export async function framesOf(photo: Uint8Array, count: number): Promise<Uint8Array[]> {
  const person = await sharp(photo).resize({ height: 440 }).toBuffer();
  const { width = 0, height = 0 } = await sharp(person).metadata();
  const frames: Uint8Array[] = [];
  for (let i = 0; i < count; i += 1) {
    const left = Math.round((FRAME.width - width) / 2) + ((i * 7) % 15) - 7;
    const top = Math.round((FRAME.height - height) / 2) + ((i * 5) % 11) - 5;
    const wall = sharp({ create: { ...FRAME, channels: 3, background: '#8a8a86' } });
    const stood = await wall
      .composite([{ input: person, left, top }])
      .png()
      .toBuffer();
    const lit = sharp(stood).linear(0.96 + (i % 5) * 0.02, 0);
    frames.push(new Uint8Array(await lit.jpeg({ quality: 90 }).toBuffer()));
  }
  return frames;
}

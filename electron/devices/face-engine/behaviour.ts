import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FaceEngine, FaceReading, Following, Track } from './port.ts';
import { MAX_IMAGE_BYTES } from './port.ts';
import { faceSimilarity } from './similarity.ts';
import { photographs } from './specimen-photographs.ts';

/** What every face engine must do, on real faces. Run it from the engine's own test with a way to open it. */
export function faceEngineBehaviour(name: string, open: () => Promise<FaceEngine>): void {
  describe(`${name} behaves as a face engine`, () => {
    let engine: FaceEngine;
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => engine.close());

    async function faceIn(image: Uint8Array, purpose: 'live' | 'photo' = 'live') {
      const reading = await engine.analyse(image, { purpose });
      if (!reading.ok || reading.value.kind !== 'face') throw new Error(`no face: ${JSON.stringify(reading)}`);
      return reading.value;
    }
    const kindOf = async (image: Uint8Array): Promise<FaceReading['kind'] | string> => {
      const reading = await engine.analyse(image);
      return reading.ok ? reading.value.kind : reading.error.code;
    };

    test('it names itself, its models and rising thresholds', () => {
      expect(engine.name).toMatch(/\d/);
      expect(engine.models.every((model) => /^[0-9a-f]{64}$/.test(model.sha256))).toBe(true);
      const { fmr1e2, fmr1e3, fmr1e4 } = engine.thresholds;
      expect(fmr1e2).toBeLessThan(fmr1e3);
      expect(fmr1e3).toBeLessThan(fmr1e4);
    });

    test('the same person is above the strictest threshold, smiling and turned too', async () => {
      const facing = await faceIn(await photographs.manFacing());
      for (const other of [photographs.manSmiling, photographs.manTurned]) {
        const likeness = faceSimilarity(facing.embedding, (await faceIn(await other())).embedding);
        expect(likeness).toBeGreaterThan(engine.thresholds.fmr1e4);
      }
    });

    test('different people are below the loosest threshold', async () => {
      const people = [photographs.manFacing, photographs.woman, photographs.olderMan];
      const faces = await Promise.all(people.map(async (photograph) => faceIn(await photograph())));
      for (const [i, a] of faces.entries()) {
        for (const b of faces.slice(i + 1)) {
          expect(faceSimilarity(a.embedding, b.embedding)).toBeLessThan(engine.thresholds.fmr1e2);
        }
      }
    });

    test('a photograph as small as a card’s is still the same person', async () => {
      const small = await sharp(await photographs.manSmiling())
        .extract({ left: 220, top: 90, width: 384, height: 474 })
        .resize(102, 126)
        .jpeg({ quality: 80 })
        .toBuffer();
      const live = await faceIn(await photographs.manFacing());
      const card = await faceIn(small, 'photo');
      expect(faceSimilarity(live.embedding, card.embedding)).toBeGreaterThan(engine.thresholds.fmr1e3);
    });

    test('the reading says where the face is, how it looks, and of which bytes it speaks', async () => {
      const image = await photographs.manFacing();
      const face = await faceIn(image);
      expect([face.imageWidth, face.imageHeight]).toEqual([720, 576]);
      // Within the frame, around the middle of the face at (395, 330).
      expect(face.box.left).toBeLessThan(330);
      expect(face.box.left + face.box.width).toBeGreaterThan(450);
      expect(face.box.top).toBeLessThan(270);
      expect(face.box.top + face.box.height).toBeGreaterThan(390);
      expect(face.quality.brightness).toBeGreaterThan(60);
      expect(face.guidance).toBeNull();
      expect(Math.hypot(...face.embedding)).toBeCloseTo(1, 4);
      expect(face.frameSha256).toBe(createHash('sha256').update(image).digest('hex'));
    });

    test('the head’s turn has a sign', async () => {
      expect((await faceIn(await photographs.manTurned())).yawDeg).toBeLessThan(-8);
      expect((await faceIn(await photographs.manSmiling())).yawDeg).toBeGreaterThan(3);
    });

    test('nobody in the picture', async () => {
      const wall = sharp({ create: { width: 640, height: 480, channels: 3, background: '#8a8f94' } });
      expect(await kindOf(await wall.jpeg().toBuffer())).toBe('no-face');
      const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
      const grain = sharp({ create: { width: 640, height: 480, channels: 3, background: '#808080', noise } });
      expect(await kindOf(await grain.png().toBuffer())).toBe('no-face');
    });

    test('two and three people at the desk', async () => {
      expect(await engine.analyse(await photographs.twoPeople())).toMatchObject({
        value: { kind: 'several-faces', count: 2 },
      });
      expect(await engine.analyse(await photographs.threePeople())).toMatchObject({
        value: { kind: 'several-faces', count: 3 },
      });
    });

    test('someone small in the background is not a second person at the desk', async () => {
      // Her face is a third as wide as his, and found: a smaller one would not show that it was left out.
      const behind = await sharp(await photographs.woman())
        .resize(190)
        .toBuffer();
      const scene = await sharp(await photographs.manFacing())
        .composite([{ input: behind, left: 10, top: 10 }])
        .jpeg({ quality: 95 })
        .toBuffer();
      expect(await kindOf(scene)).toBe('face');
    });

    test('a photograph with two people still answers with one face', async () => {
      expect((await faceIn(await photographs.twoPeople(), 'photo')).embedding.length).toBeGreaterThan(0);
    });

    test('a face far away is asked to come closer', async () => {
      const far = await sharp(await photographs.manFacing())
        .resize(180)
        .extend({ top: 168, bottom: 168, left: 230, right: 230, background: '#777' })
        .jpeg({ quality: 95 })
        .toBuffer();
      expect((await faceIn(far)).guidance).toBe('closer');
    });

    test.each([
      ['no bytes', Buffer.alloc(0), 'image-unreadable'],
      ['garbage', Buffer.from('garbage, not a picture'), 'image-unreadable'],
      ['a JPEG’s first bytes and nonsense', Buffer.from('ffd8ffe0deadbeefdeadbeef', 'hex'), 'image-unreadable'],
      ['more than 4 MiB', Buffer.alloc(MAX_IMAGE_BYTES + 1, 0xff), 'image-too-large'],
    ])('%s', async (_, image, code) => {
      expect(await kindOf(image)).toBe(code);
    });

    test('after bad bytes the next picture is read as before', async () => {
      await engine.analyse(Buffer.from('ffd8ff00', 'hex'));
      expect(await kindOf(await photographs.woman())).toBe('face');
    });

    test('pictures handed in together are each answered for themselves', async () => {
      const [man, text, woman, two] = await Promise.all([
        kindOf(await photographs.manFacing()),
        kindOf(Buffer.from('text')),
        kindOf(await photographs.woman()),
        kindOf(await photographs.twoPeople()),
      ]);
      expect([man, text, woman, two]).toEqual(['face', 'image-unreadable', 'face', 'several-faces']);
    });

    /** Frames handed in one after another, each with the track of the one before. */
    async function followed(images: readonly Uint8Array[]): Promise<Following[]> {
      const seen: Following[] = [];
      let track: Track | null = null;
      for (const image of images) {
        const found = await engine.follow(image, track);
        if (!found.ok) throw new Error(found.error.code);
        seen.push(found.value);
        track = found.value.kind === 'face' ? found.value.track : null;
      }
      return seen;
    }

    test('a followed face is measured as a still is, without a template', async () => {
      const image = await photographs.manSmiling();
      const still = await faceIn(image);
      const seen = await followed([image, image, image]);
      expect(seen.map((s) => s.kind === 'face' && s.continued)).toEqual([false, true, true]);
      const last = seen[2]!;
      if (last.kind !== 'face') throw new Error(last.kind);
      expect(Math.abs(last.yawDeg - still.yawDeg)).toBeLessThan(4);
      expect(Math.abs(last.turn - still.turn)).toBeLessThan(0.12);
      expect(last.eyeOpenLeft).toBeGreaterThan(0.1);
      expect(last.eyeOpenRight).toBeLessThan(0.6);
      // The middle of the still's box lies in the landmarks' box.
      expect(last.box.left).toBeLessThan(still.box.left + still.box.width / 2);
      expect(last.box.left + last.box.width).toBeGreaterThan(still.box.left + still.box.width / 2);
      expect(last.frameSha256).toBe(still.frameSha256);
      expect(last).not.toHaveProperty('embedding');
    });

    test('a face that moves on is the same one, one that is suddenly elsewhere is not', async () => {
      const man = sharp(await photographs.manFacing());
      const at = (left: number) =>
        man.clone().extract({ left, top: 56, width: 520, height: 520 }).jpeg({ quality: 95 }).toBuffer();
      const [here, onward] = [await at(160), await at(140)];
      const elsewhere = await sharp({ create: { width: 1400, height: 520, channels: 3, background: '#777' } })
        .composite([{ input: here, left: 880, top: 0 }])
        .jpeg({ quality: 95 })
        .toBuffer();
      const continued = (await followed([here, onward, elsewhere])).map((s) => s.kind === 'face' && s.continued);
      expect(continued).toEqual([false, true, false]);
    });

    test('whoever leaves is gone at once, and who steps in beside is seen within half a second of frames', async () => {
      const man = await photographs.manFacing();
      const wall = await sharp({ create: { width: 720, height: 576, channels: 3, background: '#8a8f94' } })
        .jpeg()
        .toBuffer();
      expect((await followed([man, man, wall, man])).map((s) => s.kind)).toEqual(['face', 'face', 'no-face', 'face']);
      const woman = sharp(await photographs.woman()).resize({ height: 576 });
      const both = await sharp({ create: { width: 1152, height: 576, channels: 3, background: '#777' } })
        .composite([
          { input: man, left: 0, top: 0 },
          { input: await woman.toBuffer(), left: 720, top: 0 },
        ])
        .jpeg({ quality: 95 })
        .toBuffer();
      const alone = await sharp({ create: { width: 1152, height: 576, channels: 3, background: '#777' } })
        .composite([{ input: man, left: 0, top: 0 }])
        .jpeg({ quality: 95 })
        .toBuffer();
      const kinds = (await followed([alone, ...Array(6).fill(both)])).map((s) => s.kind);
      expect(kinds[0]).toBe('face');
      expect(kinds.at(-1)).toBe('several-faces');
    });

    test('another engine’s track is no help and no harm', async () => {
      const image = await photographs.woman();
      for (const points of [new Float32Array(7), new Float32Array(1404).fill(Number.NaN)]) {
        const found = await engine.follow(image, { points, framesSinceDetection: 2 });
        expect(found).toMatchObject({ ok: true, value: { kind: 'face', continued: false } });
      }
    });

    test('the sketch is the frame’s: the same for the same pixels, another with the least noise', async () => {
      const image = await photographs.manFacing();
      const noisy = await sharp(image).linear(1, 0.6).jpeg({ quality: 95 }).toBuffer();
      const [a, b, c] = (await followed([image, image, noisy])).map((seen) => seen.sketch);
      expect(a).toHaveLength(192);
      expect(b).toEqual(a);
      expect(c).not.toEqual(a);
    });

    test('bytes that are no picture cannot be followed', async () => {
      const garbage = await engine.follow(Buffer.from('garbage, not a picture'), null);
      expect(garbage).toEqual({ ok: false, error: { code: 'image-unreadable' } });
      const huge = await engine.follow(Buffer.alloc(MAX_IMAGE_BYTES + 1, 0xff), null);
      expect(huge).toEqual({ ok: false, error: { code: 'image-too-large' } });
    });

    test('closed, it answers that it is stopped', async () => {
      const other = await open();
      await other.close();
      await other.close();
      expect(await other.analyse(await photographs.woman())).toEqual({ ok: false, error: { code: 'engine-stopped' } });
    });
  });
}

import { createHash } from 'node:crypto';
import type { FaceEngine, FaceEngineError, FaceReading, Guidance } from '../../electron/devices/face-engine/port.ts';
import { err, ok } from '../../electron/lib/result.ts';

const THRESHOLDS = { fmr1e2: 0.4, fmr1e3: 0.5, fmr1e4: 0.6 };
const DIMENSIONS = 32;
let taken = 0;

/** A picture in words: whose face it shows, and how like they look, as a cosine. No two frames are the same bytes. */
export const pictureOf = (candidateId: string, likeness = 1): Blob => {
  taken += 1;
  return new Blob([`face ${candidateId} ${likeness} ${taken}`]);
};
/** A picture that shows no one face, or one too poor to decide, or is no picture, or breaks the engine. */
export const pictureWithout = (what: 'no-face' | 'several-faces' | 'unreadable' | 'engine-stopped' | Guidance): Blob =>
  new Blob([`none ${what}`]);

/** Reads pictures in words, and the headers that stand for the plan's photographs (`pngHead`: the number is the person). */
export function fakeFaceEngine(): FaceEngine {
  return {
    name: 'fake-engine 1',
    models: [{ role: 'embedder', file: 'fake.onnx', sha256: '0'.repeat(64) }],
    thresholds: THRESHOLDS,
    async analyse(image) {
      const bytes = Buffer.from(image);
      const frameSha256 = createHash('sha256').update(bytes).digest('hex');
      if (bytes[0] === 0x89) return ok(face(bytes.readUInt32BE(36), 1, null, frameSha256));
      const [kind, what = '', likeness] = bytes.toString('utf8').split(' ');
      if (kind === 'face') return ok(face(Number(what.slice(1)), Number(likeness), null, frameSha256));
      switch (what) {
        case 'no-face':
          return ok({ kind: 'no-face', frameSha256 });
        case 'several-faces':
          return ok({ kind: 'several-faces', count: 2, frameSha256 });
        case 'unreadable':
          return err<FaceEngineError>({ code: 'image-unreadable' });
        case 'engine-stopped':
          return err<FaceEngineError>({ code: 'engine-stopped' });
        default:
          return ok(face(0, 1, what as Guidance, frameSha256));
      }
    },
    async close() {},
  };
}

/** Everyone is their own direction; what a likeness lacks to 1 points where nobody is. */
function face(person: number, likeness: number, guidance: Guidance | null, frameSha256: string): FaceReading {
  const embedding = new Float32Array(DIMENSIONS);
  embedding[person % (DIMENSIONS - 1)] = likeness;
  embedding[DIMENSIONS - 1] = Math.sqrt(1 - likeness ** 2);
  return {
    kind: 'face',
    frameSha256,
    box: { left: 0, top: 0, width: 200, height: 200 },
    imageWidth: 640,
    imageHeight: 480,
    yawDeg: 0,
    turn: 0,
    quality: { sizePx: 200, brightness: 128, contrast: 40, sharpness: 0.1, darkShare: 0, brightShare: 0 },
    guidance,
    embedding,
  };
}

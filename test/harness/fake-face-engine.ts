import { createHash } from 'node:crypto';
import type {
  FaceEngine,
  FaceEngineError,
  FaceReading,
  FollowedFace,
  Guidance,
} from '../../electron/devices/face-engine/port.ts';
import { err, ok } from '../../electron/lib/result.ts';

const THRESHOLDS = { fmr1e2: 0.4, fmr1e3: 0.5, fmr1e4: 0.6 };
/** Room for as many different people as any test or benchmark has at a door. */
const DIMENSIONS = 512;
let taken = 0;

/** A picture in words: whose face it shows, and how like they look, as a cosine. No two frames are the same bytes. */
export const pictureOf = (candidateId: string, likeness = 1): Blob => {
  taken += 1;
  return new Blob([`face ${candidateId} ${likeness} ${taken}`]);
};
/** A frame in words of a head held some way, for following: `pictureOfHead('C01', { yawDeg: 20, turn: 0.5 })`. */
export const pictureOfHead = (candidateId: string, held: Partial<HeldHead> = {}, likeness = 1): Blob => {
  taken += 1;
  return new Blob([`head ${candidateId} ${likeness} ${taken} ${JSON.stringify(held)}`]);
};
/** A head turned to the person's own side: on the picture as the camera takes it, their left is the right. */
export const pictureOfTurn = (candidateId: string, side: 'left' | 'right', likeness = 1): Blob =>
  pictureOfHead(candidateId, side === 'left' ? { yawDeg: 24, turn: 0.6 } : { yawDeg: -24, turn: -0.6 }, likeness);

type HeldHead = Pick<FollowedFace, 'box' | 'yawDeg' | 'turn' | 'pitchDeg' | 'eyeOpenLeft' | 'eyeOpenRight'>;

/** A picture that shows no one face, or one too poor to decide, or is no picture, or breaks the engine. */
export const pictureWithout = (
  what: 'no-face' | 'several-faces' | 'unreadable' | 'engine-stopped' | Guidance,
): Blob => {
  taken += 1;
  return new Blob([`none ${what} ${taken}`]);
};

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
      if (kind === 'face' || kind === 'head') {
        return ok(face(Number(what.slice(1)), Number(likeness), null, frameSha256));
      }
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
    async follow(image, previous) {
      const hash = createHash('sha256').update(image).digest();
      const seen = {
        frameSha256: hash.toString('hex'),
        sketch: Uint16Array.from({ length: 192 }, (_, i) => hash[i % 32]!),
      };
      const [kind, what = '', , , held = '{}'] = Buffer.from(image).toString('utf8').split(' ');
      if (kind === 'none' && what === 'unreadable') return err<FaceEngineError>({ code: 'image-unreadable' });
      if (kind === 'none' && what === 'engine-stopped') return err<FaceEngineError>({ code: 'engine-stopped' });
      if (kind === 'none' && what === 'no-face') return ok({ ...seen, kind: 'no-face' });
      if (kind === 'none' && what === 'several-faces') return ok({ ...seen, kind: 'several-faces', count: 2 });
      return ok({ ...seen, ...followed(kind === 'head' ? JSON.parse(held) : {}), continued: previous !== null });
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

function followed(held: Partial<HeldHead>) {
  return {
    kind: 'face' as const,
    track: { points: new Float32Array(3), framesSinceDetection: 0 },
    box: { left: 220, top: 140, width: 200, height: 200 },
    imageWidth: 640,
    imageHeight: 480,
    yawDeg: 0,
    turn: 0,
    pitchDeg: 0,
    eyeOpenLeft: 0.3,
    eyeOpenRight: 0.3,
    ...held,
  };
}

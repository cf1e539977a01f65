import { err, ok, type Result } from '../../lib/result.ts';

export type PhotoFaultCode = 'photo-missing' | 'photo-not-an-image' | 'photo-too-large' | 'photo-too-small';

export const MAX_PHOTO_BYTES = 5 * 1024 * 1024;
const MAX_SIDE = 6000;
/** An ID card's chip picture is 102 x 126 pixels; anything smaller cannot be compared. */
const [MIN_WIDTH, MIN_HEIGHT] = [100, 120];

export interface PhotoSize {
  kind: 'jpeg' | 'png';
  width: number;
  height: number;
}

/**
 * What a photo file says it is, from its own first bytes and not from its name. The picture itself is not decoded
 * here. Never throws.
 */
export function checkPhoto(bytes: Uint8Array): Result<PhotoSize, PhotoFaultCode> {
  if (bytes.length > MAX_PHOTO_BYTES) return err('photo-too-large');
  const size = pngSize(bytes) ?? jpegSize(bytes);
  if (size === null || size.width === 0 || size.height === 0) return err('photo-not-an-image');
  if (size.width > MAX_SIDE || size.height > MAX_SIDE) return err('photo-too-large');
  if (size.width < MIN_WIDTH || size.height < MIN_HEIGHT) return err('photo-too-small');
  return ok(size);
}

function pngSize(bytes: Uint8Array): PhotoSize | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 33 || view.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  if (view.toString('latin1', 12, 16) !== 'IHDR') return null;
  return { kind: 'png', width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
}

/** Walks the JPEG's segments to its frame header (SOF0 to SOF15 without the tables DHT, JPG and DAC). */
function jpegSize(bytes: Uint8Array): PhotoSize | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length < 4 || view.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 < view.length) {
    if (view[at] !== 0xff) return null;
    const marker = view[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { kind: 'jpeg', width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) };
    }
    at += 2 + view.readUInt16BE(at + 2);
  }
  return null;
}

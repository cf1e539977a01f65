import { readScanFile } from '../../paper/scan-file.ts';

/** Formats that are read in thirty years as well: each is a published standard without a maker. */
const LASTING = [
  'application/json',
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'text/plain',
  'text/csv',
  'video/mp4',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

export const isLasting = (mediaType: string): boolean => LASTING.includes(mediaType.split(';')[0]!.trim());

/** Whether plain bytes are what their media type says, as far as their own first bytes and grammar tell. Never throws. */
export function looksLike(mediaType: string, bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = view.toString('latin1', 0, 12);
  switch (mediaType.split(';')[0]!.trim()) {
    case 'application/json':
      try {
        JSON.parse(view.toString('utf8'));
        return true;
      } catch {
        return false;
      }
    case 'application/pdf':
      return head.startsWith('%PDF-');
    case 'image/jpeg':
      return head.startsWith('\xff\xd8\xff');
    case 'image/png':
      return head.startsWith('\x89PNG\r\n\x1a\n');
    case 'image/tiff':
      return head.startsWith('II*\0') || head.startsWith('MM\0*');
    case 'video/mp4':
      return head.slice(4, 8) === 'ftyp';
    default:
      return bytes.length > 0;
  }
}

/** A scan is read once more as it was when it came in: nothing in it runs when it is opened. */
export const isHarmless = (bytes: Uint8Array): boolean => readScanFile(bytes).ok;

import { err, ok, type Result } from '../../lib/result.ts';
import type { Scan, ScanFault } from './contract.ts';

export const MAX_SCAN_BYTES = 32 * 1024 * 1024;
const MAX_PAGES = 500;
const MAX_SIDE = 20_000;
/** A sheet of A3 at 600 dpi has 70 million. */
const MAX_PIXELS = 120_000_000;

export interface ScanFile {
  mediaType: Scan['mediaType'];
  /** Null for a PDF that keeps its pages in compressed objects. */
  pages: number | null;
}

/**
 * What a scanner's file says it is, by its own bytes and not by its name: PDF, JPEG, PNG or TIFF, whole, of a bounded
 * size. Nothing is decoded: a picture that is taken may still not be one. A PDF that runs something, or carries files, or
 * needs a password, is refused: it would be opened years later by somebody who trusts the archive. Never throws.
 */
export function readScanFile(bytes: Uint8Array): Result<ScanFile, ScanFault> {
  if (bytes.length === 0) return err('empty');
  if (bytes.length > MAX_SCAN_BYTES) return err('too-large');
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.toString('latin1', 0, 5) === '%PDF-') return readPdf(view);
  if (view.toString('latin1', 0, 8) === '\x89PNG\r\n\x1a\n') return readPng(view);
  if (view.length > 2 && view.readUInt16BE(0) === 0xffd8) return readJpeg(view);
  if (['II*\0', 'MM\0*'].includes(view.toString('latin1', 0, 4))) return readTiff(view);
  return err('not-a-scan');
}

function sizeFault(width: number, height: number): ScanFault | null {
  if (width === 0 || height === 0) return 'not-a-scan';
  return width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS ? 'picture-too-large' : null;
}

const picture = (mediaType: Scan['mediaType'], width: number, height: number): Result<ScanFile, ScanFault> => {
  const fault = sizeFault(width, height);
  return fault ? err(fault) : ok({ mediaType, pages: 1 });
};

/** Chunk by chunk from IHDR to IEND; nothing may follow. */
function readPng(view: Buffer): Result<ScanFile, ScanFault> {
  let at = 8;
  let size: [number, number] | null = null;
  while (at + 12 <= view.length) {
    const length = view.readUInt32BE(at);
    const type = view.toString('latin1', at + 4, at + 8);
    if (at + 12 + length > view.length) return err('cut-off');
    if (size === null) {
      if (type !== 'IHDR' || length !== 13) return err('not-a-scan');
      size = [view.readUInt32BE(at + 8), view.readUInt32BE(at + 12)];
    }
    at += 12 + length;
    if (type === 'IEND') return at === view.length ? picture('image/png', ...size) : err('not-a-scan');
  }
  return err('cut-off');
}

const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Segment by segment to the frame header, and an end of image at the end. Some cameras pad behind it with zeros. */
function readJpeg(view: Buffer): Result<ScanFile, ScanFault> {
  let end = view.length;
  while (end > 2 && view[end - 1] === 0) end -= 1;
  if (end < 4 || view.readUInt16BE(end - 2) !== 0xffd9) return err('cut-off');
  let at = 2;
  while (at + 9 < end) {
    if (view[at] !== 0xff) return err('not-a-scan');
    const marker = view[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrameHeader(marker)) return picture('image/jpeg', view.readUInt16BE(at + 7), view.readUInt16BE(at + 5));
    const length = view.readUInt16BE(at + 2);
    if (marker === 0xda || length < 2) return err('not-a-scan');
    at += 2 + length;
  }
  return err('cut-off');
}

const TIFF_VALUE = { 3: 'short', 4: 'long' } as const;

/** Directory by directory; each is one page. An offset outside the file or back to a directory already read ends it. */
function readTiff(view: Buffer): Result<ScanFile, ScanFault> {
  const little = view[0] === 0x49;
  const short = (at: number) => (little ? view.readUInt16LE(at) : view.readUInt16BE(at));
  const long = (at: number) => (little ? view.readUInt32LE(at) : view.readUInt32BE(at));
  if (view.length < 8) return err('cut-off');
  const seen = new Set<number>();
  for (let at = long(4); at !== 0; ) {
    if (seen.has(at)) return err('not-a-scan');
    seen.add(at);
    if (seen.size > MAX_PAGES) return err('too-many-pages');
    if (at + 2 > view.length) return err('cut-off');
    const entries = short(at);
    const next = at + 2 + entries * 12;
    if (next + 4 > view.length) return err('cut-off');
    const side = { 256: 0, 257: 0 } as Record<number, number>;
    for (let i = 0; i < entries; i += 1) {
      const entry = at + 2 + i * 12;
      const kind = TIFF_VALUE[short(entry + 2) as 3 | 4];
      if (side[short(entry)] !== undefined && kind)
        side[short(entry)] = kind === 'short' ? short(entry + 8) : long(entry + 8);
    }
    const fault = sizeFault(side[256] ?? 0, side[257] ?? 0);
    if (fault) return err(fault);
    at = long(next);
  }
  return seen.size === 0 ? err('not-a-scan') : ok({ mediaType: 'image/tiff', pages: seen.size });
}

/** What makes a PDF do something, or hide something, when it is opened. Names may be written with `#` codes. */
const ACTIVE =
  /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|OpenAction|AA|SubmitForm|ImportData)(?![A-Za-z0-9])/;
/** The file's end stands in its last kilobyte (ISO 32000-1, annex H). */
const PDF_TAIL = 1024;

function readPdf(view: Buffer): Result<ScanFile, ScanFault> {
  if (!/^%PDF-(?:1\.[0-7]|2\.0)[\r\n ]/.test(view.toString('latin1', 0, 9))) return err('not-a-scan');
  if (!view.toString('latin1', Math.max(0, view.length - PDF_TAIL)).includes('%%EOF')) return err('cut-off');
  const text = outsideStreams(view).replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (/\/Encrypt(?![A-Za-z0-9])/.test(text)) return err('encrypted');
  if (ACTIVE.test(text)) return err('active-content');
  const pages = pagesIn(text);
  if (pages > MAX_PAGES) return err('too-many-pages');
  return ok({ mediaType: 'application/pdf', pages: pages === 0 ? null : pages });
}

const pagesIn = (text: string): number => text.match(/\/Type\s*\/Page(?![A-Za-z0-9])/g)?.length ?? 0;

/** Pages of a PDF that keeps them in the clear, as this station prints it; null otherwise. */
export const pdfPages = (bytes: Uint8Array): number | null =>
  pagesIn(outsideStreams(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) || null;

/** The text of a PDF without the bytes of its streams, in which anything may stand by chance. */
function outsideStreams(view: Buffer): string {
  const parts: string[] = [];
  let at = 0;
  for (;;) {
    const begin = view.indexOf('stream', at, 'latin1');
    if (begin < 0) break;
    parts.push(view.toString('latin1', at, begin));
    const end = view.indexOf('endstream', begin + 6, 'latin1');
    at = end < 0 ? view.length : end + 9;
  }
  parts.push(view.toString('latin1', at));
  return parts.join('\n');
}

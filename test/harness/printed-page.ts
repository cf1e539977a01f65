import { execFile, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';

/** Poppler's commands are there; without them a printed page cannot be looked at, and the tests say so. */
export const canLookAtPages = spawnSync('pdftoppm', ['-v']).error === undefined;
if (!canLookAtPages)
  console.warn('SKIPPED: printed pages are not looked at, pdftoppm (poppler-utils) is not installed');

const ready = prepareZXingModule({
  overrides: {
    wasmBinary: readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
      .buffer as ArrayBuffer,
  },
  fireImmediately: true,
});

/** One page of a PDF as a PNG, as a printer of this resolution would see it. */
export async function pageAsPng(pdf: Uint8Array, page: number, dotsPerInch: number): Promise<Buffer> {
  return withFile(pdf, async (path, out) => {
    const only = ['-f', String(page), '-l', String(page), '-singlefile'];
    await promisify(execFile)('pdftoppm', ['-r', String(dotsPerInch), '-png', ...only, path, out]);
    return readFile(`${out}.png`);
  });
}

/** The text of a whole PDF, as a person copies it out. */
export async function textOfPdf(pdf: Uint8Array): Promise<string> {
  return withFile(pdf, async (path) => (await promisify(execFile)('pdftotext', ['-layout', path, '-'])).stdout);
}

/** Codes in a picture file or in raw pixels, in no order. */
export async function codesIn(
  picture: Uint8Array | ImageData,
  formats: ReaderOptions['formats'] = ['QRCode', 'Code128'],
): Promise<{ format: string; text: string }[]> {
  await ready;
  const found = await readBarcodes(picture, { formats: formats ?? [], tryHarder: true });
  return found.filter((code) => code.isValid).map(({ format, text }) => ({ format, text }));
}

async function withFile<T>(pdf: Uint8Array, use: (path: string, out: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'kaodian-printed-'));
  try {
    await writeFile(join(folder, 'printed.pdf'), pdf);
    return await use(join(folder, 'printed.pdf'), join(folder, 'page'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

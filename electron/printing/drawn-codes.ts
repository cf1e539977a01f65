import type { Content } from 'pdfmake';
import { code128Widths } from './code-128.ts';
import { mm } from './millimetres.ts';
import { qrModules } from './qr-modules.ts';

/** A module of a printed QR code; readers at a door see it from 20 cm. */
export const QR_MODULE_MM = 0.5;
/** For codes that lie flat under a phone: beside a signature there is little room. */
export const SMALL_QR_MODULE_MM = 0.4;
const QR_QUIET_MODULES = 4;
const BARS_QUIET_MODULES = 10;
/** A wedge scanner of the cheap kind reads bars from a quarter of a millimetre. */
const BAR_MM = { most: 0.4, least: 0.25 } as const;

/**
 * A QR code with its quiet zone, modules of half a millimetre: the length of the text decides its size (a signed ticket:
 * version 10, 57 modules, 32.5 mm in all).
 *
 * @param moduleMm  not under `SMALL_QR_MODULE_MM`: copies of copies must still be read
 */
export function qrCode(text: string, moduleMm = QR_MODULE_MM): Content {
  const rows = qrModules(text);
  const runs = rows.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`));
  return drawing(runs.join(''), rows.length, rows.length, QR_QUIET_MODULES, QR_QUIET_MODULES, moduleMm);
}

/** Side of `qrCode` with its quiet zone, in mm. */
export const qrCodeSideMm = (text: string): number => (qrModules(text).length + 2 * QR_QUIET_MODULES) * QR_MODULE_MM;

/**
 * A text as Code 128 with its quiet zones, at most `widthMm` wide where bars of 0.25 mm allow that.
 *
 * @throws RangeError for characters outside printable ASCII
 */
export function code128(text: string, size: { widthMm: number; heightMm: number }): Content {
  const widths = code128Widths(text);
  const modules = widths.reduce((sum, width) => sum + width, 0);
  const barMm = Math.max(BAR_MM.least, Math.min(BAR_MM.most, size.widthMm / (modules + 2 * BARS_QUIET_MODULES)));
  const height = size.heightMm / barMm;
  let x = 0;
  let bars = '';
  for (const [i, width] of widths.entries()) {
    if (i % 2 === 0) bars += `M${x} 0h${width}v${height}h-${width}z`;
    x += width;
  }
  return drawing(bars, modules, height, BARS_QUIET_MODULES, 0, barMm);
}

/** One black shape in units of `unitMm`, with white margins; one shape, so that neighbours leave no seam. */
function drawing(path: string, width: number, height: number, sides: number, ends: number, unitMm: number): Content {
  const [w, h] = [width + 2 * sides, height + 2 * ends];
  const box = `viewBox="${-sides} ${-ends} ${w} ${h}" width="${w}" height="${h}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${box}><path d="${path}" fill="black"/></svg>`;
  return { svg, width: mm(w * unitMm) };
}

function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    const last = runs.at(-1);
    if (!dark) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}

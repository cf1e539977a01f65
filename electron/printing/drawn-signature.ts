import type { Content } from 'pdfmake';
import { mm } from './millimetres.ts';

/** x and y in thousandths of the pad's width and height; further numbers, as the time of the point, are not drawn. */
type Strokes = readonly (readonly (readonly number[])[])[];

/** Strokes of handwriting as lines, in a box of this size; a stroke of one point is a dot. Empty for no strokes. */
export function signature(strokes: Strokes, size: { widthMm: number; heightMm: number }): Content {
  const [width, height] = [mm(size.widthMm), mm(size.heightMm)];
  const lines = strokes.filter((stroke) => stroke.length > 0).map((stroke) => pathOf(stroke, width, height));
  const pen = 'fill="none" stroke="black" stroke-width="1" stroke-linecap="round" stroke-linejoin="round"';
  const box = `viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`;
  return { svg: `<svg xmlns="http://www.w3.org/2000/svg" ${box}><path d="${lines.join('')}" ${pen}/></svg>`, width };
}

function pathOf(stroke: readonly (readonly number[])[], width: number, height: number): string {
  const points = stroke.map(([x = 0, y = 0]) => `${hundredths(x * width)} ${hundredths(y * height)}`);
  return `M${points[0]}L${(points.length === 1 ? [points[0]] : points.slice(1)).join(' ')}`;
}

/** Thousandths of a pad, as hundredths of a point: finer than any printer. */
const hundredths = (value: number): number => Math.round(value / 10) / 100;

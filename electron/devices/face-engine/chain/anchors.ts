import type { Point } from './picture.ts';

export const DETECTOR_SIZE = 128;

/**
 * The fixed spots from which BlazeFace short-range measures its boxes, as shares of the input's side, in the order of
 * its 896 outputs: two for each cell of 16 x 16, then six for each cell of 8 x 8, row by row.
 */
export const ANCHORS: readonly Point[] = [...gridOf(16, 2), ...gridOf(8, 6)];

function gridOf(cells: number, perCell: number): Point[] {
  return Array.from({ length: cells * cells * perCell }, (_, i) => {
    const cell = Math.floor(i / perCell);
    return [((cell % cells) + 0.5) / cells, (Math.floor(cell / cells) + 0.5) / cells];
  });
}

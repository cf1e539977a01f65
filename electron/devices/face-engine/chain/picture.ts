/**
 * An upright picture: red, green, blue bytes, row by row. `jpegSteps` is how coarsely its brightness was compressed, the 64
 * quantisation steps in rows, where it came from a JPEG whose blocks still lie upright.
 */
export type Picture = { data: Uint8Array; width: number; height: number; jpegSteps?: Uint16Array };

/** Pixel coordinates; whole numbers are the centres of pixels. */
export type Point = readonly [x: number, y: number];

/** The middle of the picture. */
export const centreOf = ({ width, height }: Picture): Point => [(width - 1) / 2, (height - 1) / 2];

/** Text as coverage: one byte a pixel, 0 ground to 255 ink. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly ink: Uint8Array;
}

/** Luma of ground and ink, inside the limited range of video (16 to 235). */
const ground = 24;
const ink = 232;

/** Bitmaps of one height side by side. */
export function sideBySide(parts: readonly Bitmap[]): Bitmap {
  const width = parts.reduce((sum, p) => sum + p.width, 0);
  const height = Math.max(0, ...parts.map((p) => p.height));
  const line = { width, height, ink: new Uint8Array(width * height) };
  let x = 0;
  for (const part of parts) {
    for (let row = 0; row < part.height; row += 1) {
      line.ink.set(part.ink.subarray(row * part.width, (row + 1) * part.width), row * width + x);
    }
    x += part.width;
  }
  return line;
}

/** The bitmap of a text in known characters; a character that is not known leaves a hole of no width. */
export function lineOf(text: string, glyphs: Readonly<Record<string, Bitmap>>): Bitmap {
  return sideBySide([...text].flatMap((character) => glyphs[character] ?? []));
}

/**
 * Writes the text on a dark box into a plane of luma, cut off at the picture's edges. Only luma is touched: 0.5 ms a
 * frame together with the copy, where a canvas takes 2-3 ms and stalls whenever the window is busy.
 *
 * @param stride  bytes from one row to the next
 */
export function stampLuma(
  luma: Uint8Array,
  picture: { width: number; height: number; stride: number },
  text: Bitmap,
  at: { x: number; y: number },
): void {
  const right = Math.min(text.width, picture.width - at.x);
  const bottom = Math.min(text.height, picture.height - at.y);
  for (let row = 0; row < bottom; row += 1) {
    const from = row * text.width;
    const to = (at.y + row) * picture.stride + at.x;
    for (let column = 0; column < right; column += 1) {
      luma[to + column] = ground + (((ink - ground) * (text.ink[from + column] ?? 0)) >> 8);
    }
  }
}

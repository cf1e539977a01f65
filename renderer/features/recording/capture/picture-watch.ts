/** How long a picture may be black or unchanged before it is a fault. */
export const uselessAfterMs = 3_000;

/** Below this mean luma, with next to no contrast, a lens is covered or the sensor gives nothing (16 is black). */
const darkMean = 28;
const darkSpread = 6;

const columns = 48;
const rows = 27;

export type PictureFault = 'black' | 'frozen';

/**
 * Looks at a grid of some 1,300 pixels of luma. Black: dark and without contrast. Frozen: not one of them changed; a
 * live sensor's noise alone changes hundreds, even in a still room.
 */
export class PictureWatch {
  #last = new Uint8Array(columns * rows);
  #now = new Uint8Array(columns * rows);
  #isFirst = true;
  #blackSinceMs: number | null = null;
  #frozenSinceMs: number | null = null;

  /** @returns what is wrong, and since when; null when the picture is worth having */
  look(
    luma: Uint8Array,
    picture: { width: number; height: number; stride: number },
    atMs: number,
  ): { fault: PictureFault; sinceMs: number } | null {
    const { mean, spread } = this.#sample(luma, picture);
    const isBlack = mean < darkMean && spread < darkSpread;
    const isSame = !this.#isFirst && this.#last.every((v, i) => v === this.#now[i]);
    this.#isFirst = false;
    [this.#last, this.#now] = [this.#now, this.#last];

    this.#blackSinceMs = isBlack ? (this.#blackSinceMs ?? atMs) : null;
    this.#frozenSinceMs = isSame ? (this.#frozenSinceMs ?? atMs) : null;
    // A covered lens is often both; black is the more useful word.
    for (const [fault, sinceMs] of [
      ['black', this.#blackSinceMs],
      ['frozen', this.#frozenSinceMs],
    ] as const) {
      if (sinceMs !== null && atMs - sinceMs >= uselessAfterMs) return { fault, sinceMs };
    }
    return null;
  }

  #sample(luma: Uint8Array, { width, height, stride }: { width: number; height: number; stride: number }) {
    let sum = 0;
    let low = 255;
    let high = 0;
    for (let row = 0; row < rows; row += 1) {
      const y = Math.floor(((row + 0.5) * height) / rows);
      for (let column = 0; column < columns; column += 1) {
        const value = luma[y * stride + Math.floor(((column + 0.5) * width) / columns)] ?? 0;
        this.#now[row * columns + column] = value;
        sum += value;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    return { mean: sum / (rows * columns), spread: high - low };
  }
}

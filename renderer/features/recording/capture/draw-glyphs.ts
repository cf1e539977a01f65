import type { Bitmap } from './overlay.ts';

/** The characters a stamped clock is made of. */
const clockCharacters = '0123456789-: ';

/**
 * Draws the overlay's characters and the room's name with the page's font. In the window, and once: a worker does not
 * have the page's fonts, and a canvas in the way of the frames would cost more than the encoder.
 *
 * @param heightPx  of the line: a fortieth of the picture can be read on a quarter of a screen
 */
export async function drawGlyphs(
  label: string,
  heightPx: number,
): Promise<{ glyphs: Record<string, Bitmap>; label: Bitmap }> {
  const font = `600 ${Math.round(heightPx * 0.78)}px "Noto Sans SC Variable", "Noto Sans CJK SC", sans-serif`;
  // A font that does not load in time is replaced by the system's; the clock must not wait for it.
  await Promise.race([
    document.fonts.load(font, label + clockCharacters).catch(() => []),
    new Promise((resolve) => setTimeout(resolve, 1_500)),
  ]);
  const digitWidth = Math.max(...[...'0123456789'].map((digit) => measure(digit, font)));
  const glyphs = Object.fromEntries(
    [...clockCharacters].map((c) => [c, draw(c, font, heightPx, /\d/.test(c) ? digitWidth : measure(c, font))]),
  );
  return { glyphs, label: draw(`${label} `, font, heightPx, Math.min(900, measure(`${label} `, font))) };
}

function measure(text: string, font: string): number {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
  canvas.font = font;
  return Math.max(1, Math.ceil(canvas.measureText(text).width));
}

function draw(text: string, font: string, height: number, width: number): Bitmap {
  const canvas = new OffscreenCanvas(width, height).getContext('2d')!;
  canvas.font = font;
  canvas.fillStyle = '#fff';
  canvas.textBaseline = 'middle';
  canvas.textAlign = 'center';
  canvas.fillText(text, width / 2, height / 2 + 1);
  const { data } = canvas.getImageData(0, 0, width, height);
  return { width, height, ink: Uint8Array.from({ length: width * height }, (_, i) => data[i * 4 + 3]!) };
}

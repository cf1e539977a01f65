import { createRequire } from 'node:module';

type Rectangle = { x: number; y: number; w: number; h: number };
type Wish = { qr: string; eccLevel: 'L' | 'M' | 'Q' | 'H'; version?: number };
type Encoder = { measure(node: Wish): { _canvas: Rectangle[]; _width: number } };

/** By `require`: an import of this CommonJS file gives another thing under a bundler than under node. */
const encoder: Encoder = createRequire(import.meta.url)('pdfmake/js/qrEnc.js').default;

/**
 * The dark modules of a QR code at error correction M, row by row without the quiet zone; digits alone are packed as
 * digits. pdfmake's own encoder makes it, but its `qr` node rounds modules down to whole points, so a ticket's could not
 * be half a millimetre.
 *
 * @throws when the text is longer than the largest version takes (5,594 digits)
 */
export function qrModules(text: string): boolean[][] {
  // The encoder spoils a code that its text fills to the last bits, where the mark of the end does not fit: the version
  // is one that had room for two characters more.
  const version = (draw({ qr: `${text}00`, eccLevel: 'M' }).length - 17) / 4;
  return draw({ qr: text, eccLevel: 'M', version });
}

function draw(wish: Wish): boolean[][] {
  const { _canvas: rectangles, _width: size } = encoder.measure(wish);
  const [ground, ...dark] = rectangles;
  const module = dark[0]?.w ?? 1;
  if (ground?.w !== size) throw new Error('the QR encoder draws otherwise than it did');
  const count = size / module;
  const rows = Array.from({ length: count }, () => new Array<boolean>(count).fill(false));
  for (const { x, y } of dark) rows[y / module]![x / module] = true;
  return rows;
}

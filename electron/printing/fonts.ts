import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Coverage, covers, type FontFile, fontCoverage } from './font-coverage.ts';

/** The family that everything is printed in; it has one weight, so emphasis is size and colour. */
export const HAN = 'Han';

export interface Typeface {
  /** Name under which a run of text asks for it. */
  family: string;
  file: FontFile;
  coverage: Coverage;
}

/**
 * Fonts of operating systems that draw characters of Extensions B and beyond (𠮷), asked in this order for what the
 * station's own font lacks. Not shipped: tens of megabytes for a few names.
 */
const SYSTEM_FONTS: readonly FontFile[] = [
  { path: 'C:\\Windows\\Fonts\\simsunb.ttf' },
  { path: 'C:\\Windows\\Fonts\\SimsunExtG.ttf' },
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', postscriptName: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc', postscriptName: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/truetype/hanazono/HanaMinB.ttf' },
  { path: '/System/Library/Fonts/Supplemental/Songti.ttc', postscriptName: 'STSongti-SC-Regular' },
  // Signs that are no Han characters, such as the dot operator that some names are typed with.
  { path: 'C:\\Windows\\Fonts\\seguisym.ttf' },
  { path: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf' },
];

/**
 * The faces for printing, the station's own first; a font of the system joins only when `isDrawn` by none before it.
 *
 * @param fontsDir `resources/fonts`
 * @throws Error when the station's own font is missing: the installation is incomplete
 */
export function typefaces(
  fontsDir: string,
  codePoints: ReadonlySet<number>,
  systemFonts: readonly FontFile[] = SYSTEM_FONTS,
): Typeface[] {
  const own = { path: join(fontsDir, 'NotoSansSC-Regular.ttf') };
  const faces: Typeface[] = [{ family: HAN, file: own, coverage: coverageOf(own) }];
  let missing = [...codePoints].filter((c) => !faceFor(faces, c));
  for (const [i, file] of systemFonts.entries()) {
    if (missing.length === 0) break;
    if (!existsSync(file.path)) continue;
    const face = { family: `Han${i + 1}`, file, coverage: coverageOf(file) };
    if (!missing.some((c) => covers(face.coverage, c))) continue;
    faces.push(face);
    missing = missing.filter((c) => !covers(face.coverage, c));
  }
  return faces;
}

export const faceFor = (faces: readonly Typeface[], codePoint: number): Typeface | undefined =>
  faces.find((face) => covers(face.coverage, codePoint));

const known = new Map<string, Coverage>();

/** Read once a run of the program: the file has 10 MB. */
function coverageOf({ path }: FontFile): Coverage {
  const before = known.get(path);
  if (before) return before;
  const coverage = fontCoverage(readFileSync(path));
  known.set(path, coverage);
  return coverage;
}

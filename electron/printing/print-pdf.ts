import pdfmake, { type Content } from 'pdfmake';
import { HAN, type Typeface, typefaces } from './fonts.ts';
import { mm } from './millimetres.ts';
import { codePointsOf, setInFaces } from './set-text.ts';

export type { Content, TableCell } from 'pdfmake';
export type { ContentStack, ContentText } from 'pdfmake/interfaces.js';

/** What to print. Contents are pdfmake's; sizes are points (`mm`), text is black 10 point on 14.5 unless it says otherwise. */
export interface PrintedDocument {
  /** Shown by viewers as the window's title, with `author` kept in the file's properties. */
  title: string;
  author: string;
  /** Kept in the file's properties for programs, in ASCII. */
  keywords?: string;
  /** The only time in the file: the same document at the same time is the same bytes. */
  madeAtMs: number;
  content: Content[];
  /** Drawn at the head of every page. */
  header?: Content;
  /** At the foot of every page, left of the page number. */
  footer?: Content;
  /** Name in `content` -> JPEG or PNG; a picture used twice is stored once. */
  images?: ReadonlyMap<string, Uint8Array>;
  orientation?: 'portrait' | 'landscape';
  /** How pages are counted at the foot: `1 / 3`, or 第 1 页 共 3 页 as official forms have it. */
  numbering?: 'plain' | 'official';
}

export interface Printed {
  pdf: Uint8Array;
  /** Characters that no font of this machine draws; each stands as its code point. */
  undrawn: string[];
}

/** `top` is of a page without a header. */
const MARGIN_MM = { side: 18, top: 14, belowHeader: 20, bottom: 18 } as const;
const NOTHING: Content = '';
const NUMBERED = {
  plain: (page: number, pages: number) => `${page} / ${pages}`,
  official: (page: number, pages: number) => `第 ${page} 页 共 ${pages} 页`,
} as const;

/**
 * Makes a PDF of A4 pages in Chinese, numbered, with only the used characters of the fonts in it. Nothing is
 * fetched and no file but the fonts is read, whatever the content names.
 *
 * @param fontsDir `resources/fonts`
 * @throws Error when the font is missing or a picture is none
 */
export async function printPdf(document: PrintedDocument, fontsDir: string): Promise<Printed> {
  const { header = NOTHING, footer = NOTHING, content, numbering = 'plain' } = document;
  const faces = typefaces(fontsDir, codePointsOf([content, header, footer]));
  const undrawn = new Set<string>();
  const set = (node: Content): Content => setInFaces(node, faces, undrawn);
  const made = create(faces, {
    pageSize: 'A4',
    pageOrientation: document.orientation ?? 'portrait',
    pageMargins: [
      mm(MARGIN_MM.side),
      mm(header === NOTHING ? MARGIN_MM.top : MARGIN_MM.belowHeader),
      mm(MARGIN_MM.side),
      mm(MARGIN_MM.bottom),
    ],
    info: {
      title: document.title,
      author: document.author,
      creationDate: new Date(document.madeAtMs),
      ...(document.keywords !== undefined && { keywords: document.keywords }),
    },
    displayTitle: true,
    language: 'zh-CN',
    images: Object.fromEntries([...(document.images ?? [])].map(([name, bytes]) => [name, dataUrl(bytes)])),
    content: content.map(set),
    header: () => ({ margin: [mm(MARGIN_MM.side), mm(9), mm(MARGIN_MM.side), 0], fontSize: 8, stack: [set(header)] }),
    footer: (page, pages) => ({
      margin: [mm(MARGIN_MM.side), mm(5), mm(MARGIN_MM.side), 0],
      fontSize: 8,
      columns: [
        { width: '*', stack: [set(footer)] },
        { width: 'auto', text: NUMBERED[numbering](page, pages), alignment: 'right' },
      ],
    }),
    defaultStyle: { font: HAN, fontSize: 10 },
  });
  return { pdf: new Uint8Array(await made.getBuffer()), undrawn: [...undrawn] };
}

function create(faces: readonly Typeface[], definition: Parameters<typeof pdfmake.createPdf>[0]) {
  const allowed = new Set(faces.map(({ file }) => file.path));
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => allowed.has(path));
  // pdfmake keeps one dictionary for all documents and writes into it: each gets its own.
  pdfmake.setFonts(
    Object.fromEntries(
      faces.map(({ family, file: { path, postscriptName } }) => [
        family,
        { normal: postscriptName === undefined ? path : [path, postscriptName] },
      ]),
    ) as Parameters<typeof pdfmake.setFonts>[0],
  );
  return pdfmake.createPdf(definition);
}

const dataUrl = (bytes: Uint8Array): string =>
  `data:image/${bytes[0] === 0x89 ? 'png' : 'jpeg'};base64,${Buffer.from(bytes).toString('base64')}`;

import type { Content } from 'pdfmake';
import { faceFor, HAN, type Typeface } from './fonts.ts';

type Run = { text: string; font: string };

/** Members of a pdfmake node in which there is text, or nodes with text. All others are left as they are. */
const HOLDING = new Set(['text', 'stack', 'columns', 'ul', 'ol', 'table', 'body']);

/**
 * The content with every text in faces that draw it, as a copy: pdfmake writes into what it is given. A character that
 * no face draws stands as its code point, 〔U+20BB7〕, so that a reader sees that something is missing and what.
 *
 * @param undrawn gets those characters
 */
export function setInFaces(content: Content, faces: readonly Typeface[], undrawn: Set<string>): Content {
  const copy = (node: unknown): unknown => {
    if (typeof node === 'string') return { text: inline(node, {}) };
    if (Array.isArray(node)) return node.map(copy);
    if (!isNode(node)) return node;
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, member(name, value)]));
  };
  const member = (name: string, value: unknown): unknown => {
    if (name === 'text') return inline(value, {});
    return HOLDING.has(name) ? copy(value) : value;
  };
  // Runs within runs would lose the outer one's size and colour: each gets them itself.
  const inline = (text: unknown, style: object): Run[] => {
    if (Array.isArray(text)) return text.flatMap((part) => inline(part, style));
    if (isNode(text)) return 'text' in text ? inline(text.text, { ...style, ...text }) : [];
    return runsOf(String(text), faces, undrawn).map((run) => ({ ...style, ...run }));
  };
  return copy(content) as Content;
}

/** Every code point that the content prints. */
export function codePointsOf(content: unknown, found: Set<number> = new Set()): Set<number> {
  if (typeof content === 'string') for (const c of content) found.add(c.codePointAt(0)!);
  else if (Array.isArray(content)) for (const one of content) codePointsOf(one, found);
  else if (isNode(content)) {
    for (const [name, value] of Object.entries(content)) if (HOLDING.has(name)) codePointsOf(value, found);
  }
  return found;
}

const isNode = (value: unknown): value is object => value !== null && typeof value === 'object';

/** A text as runs of one face each. */
function runsOf(text: string, faces: readonly Typeface[], undrawn: Set<string>): Run[] {
  const runs: Run[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    const face = faceFor(faces, codePoint);
    const invisible = face === undefined && isInvisible(character);
    if (face === undefined && !invisible) undrawn.add(character);
    const drawn = face || invisible ? character : `〔U+${codePoint.toString(16).toUpperCase()}〕`;
    const font = face?.family ?? (invisible ? runs.at(-1)?.font : HAN) ?? HAN;
    const last = runs.at(-1);
    if (last?.font === font) last.text += drawn;
    else runs.push({ text: drawn, font });
  }
  return runs.length > 0 ? runs : [{ text: '', font: HAN }];
}

/** Line breaks, and selectors of a variant of the character before. */
const isInvisible = (character: string): boolean => /[\n\t\u200b]|\p{Variation_Selector}/u.test(character);

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { fromBase64, toBase64 } from './base64.ts';

/** One recipient stanza: `-> type args...` and its body. */
export type Stanza = { type: string; args: string[]; body: Uint8Array };
/** `signed` is what the MAC covers: everything up to and including `---`. */
export type Header = { stanzas: Stanza[]; signed: Uint8Array; mac: Uint8Array; lengthBytes: number };
export type HeaderReading =
  | { kind: 'whole'; header: Header }
  | { kind: 'unfinished' }
  | { kind: 'not-age'; armored: boolean }
  | { kind: 'bad'; reason: string };

const VERSION = 'age-encryption.org/v1';
const ARMOR = '-----BEGIN AGE ENCRYPTED FILE-----';
/** Room for some six hundred recipients; a longer header is refused unread. */
export const MAX_HEADER_BYTES = 64 * 1024;
const COLUMNS = 64;

const bad = (reason: string): HeaderReading => ({ kind: 'bad', reason });

/**
 * Reads the text header at the start of an age file (C2SP age.md), strictly: canonical base64, lines of 64, one space
 * between arguments, LF alone. `unfinished` when `bytes` ends before the header does.
 */
export function parseHeader(bytes: Uint8Array): HeaderReading {
  const window = bytes.subarray(0, MAX_HEADER_BYTES);
  const text = Buffer.from(window.buffer, window.byteOffset, window.length).toString('latin1');
  const opening = `${VERSION}\n`;
  if (!text.startsWith(opening.slice(0, text.length))) {
    return { kind: 'not-age', armored: text.startsWith(ARMOR.slice(0, text.length)) };
  }
  let at = opening.length;
  const nextLine = (): string | undefined => {
    const end = text.indexOf('\n', at);
    if (end < 0) return undefined;
    const line = text.slice(at, end);
    at = end + 1;
    return line;
  };
  const short = (): HeaderReading =>
    bytes.length > MAX_HEADER_BYTES ? bad('the header is longer than 64 KiB') : { kind: 'unfinished' };
  if (text.length < opening.length) return short();

  const stanzas: Stanza[] = [];
  for (;;) {
    const lineStart = at;
    const line = nextLine();
    if (line === undefined) return short();
    if (line.startsWith('---')) {
      const mac = line.startsWith('--- ') ? fromBase64(line.slice(4)) : undefined;
      if (mac?.length !== 32) return bad('the header MAC is malformed');
      if (stanzas.length === 0) return bad('no recipient');
      const signed = bytes.subarray(0, lineStart + 3);
      return { kind: 'whole', header: { stanzas, signed, mac, lengthBytes: at } };
    }
    const words = line.split(' ');
    if (words[0] !== '->' || words.length < 2) return bad('a line that is neither a recipient nor the MAC');
    if (words.some((word) => !/^[\x21-\x7e]+$/.test(word))) return bad('a recipient line with a foreign character');
    let body = '';
    for (;;) {
      const bodyLine = nextLine();
      if (bodyLine === undefined) return short();
      if (bodyLine.length > COLUMNS) return bad('a recipient body line longer than 64');
      body += bodyLine;
      if (bodyLine.length < COLUMNS) break;
    }
    const decoded = fromBase64(body);
    if (!decoded) return bad('a recipient body that is not canonical base64');
    stanzas.push({ type: words[1]!, args: words.slice(2), body: decoded });
  }
}

function macOf(fileKey: Uint8Array, signed: Uint8Array): Buffer {
  const key = hkdfSync('sha256', fileKey, new Uint8Array(0), 'header', 32);
  return createHmac('sha256', new Uint8Array(key)).update(signed).digest();
}

export const macMatches = (header: Header, fileKey: Uint8Array): boolean =>
  timingSafeEqual(macOf(fileKey, header.signed), header.mac);

/** The header's bytes for these stanzas, MAC included. */
export function writeHeader(stanzas: readonly Stanza[], fileKey: Uint8Array): Uint8Array {
  const lines = [VERSION];
  for (const { type, args, body } of stanzas) {
    lines.push(['->', type, ...args].join(' '));
    const text = toBase64(body);
    for (let at = 0; at <= text.length; at += COLUMNS) lines.push(text.slice(at, at + COLUMNS));
  }
  const signed = Buffer.from(`${lines.join('\n')}\n---`, 'latin1');
  return Buffer.concat([signed, Buffer.from(` ${toBase64(macOf(fileKey, signed))}\n`, 'latin1')]);
}

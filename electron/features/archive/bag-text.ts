import { err, ok, type Result } from '../../lib/result.ts';

/** BagIt writes CR, LF and % in a file name as %0D, %0A and %25 (RFC 8493, 2.1.3), and nothing else. */
export const encodeBagPath = (path: string): string =>
  path.replace(/[%\r\n]/g, (c) => ({ '%': '%25', '\r': '%0D', '\n': '%0A' })[c] ?? c);

export const decodeBagPath = (text: string): string =>
  text.replace(/%(25|0[Dd]|0[Aa])/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Lines that `sha256sum -c` reads, sorted by path. */
export function manifestText(files: ReadonlyMap<string, string>): string {
  const paths = [...files.keys()].sort((a, b) => (a < b ? -1 : 1));
  return paths.map((path) => `${files.get(path)}  ${encodeBagPath(path)}\n`).join('');
}

/** Path to hash, as written; the error is the first line (from 1) that is not in the one accepted spelling. */
export function parseManifest(text: string): Result<Map<string, string>, { line: number }> {
  const files = new Map<string, string>();
  let line = 0;
  for (let at = 0; at < text.length; ) {
    line += 1;
    const end = text.indexOf('\n', at);
    const [, hash, name] = /^([0-9a-f]{64}) {2}([^\r\n]{1,400})$/.exec(end < 0 ? '' : text.slice(at, end)) ?? [];
    const path = name && decodeBagPath(name);
    if (!hash || !path || files.has(path)) return err({ line });
    files.set(path, hash);
    at = end + 1;
  }
  return ok(files);
}

/** `Label: value` lines; what would break a line becomes a space. */
export const bagInfoText = (fields: readonly (readonly [string, string])[]): string =>
  fields.map(([label, value]) => `${label}: ${value.replace(/\p{Cc}+/gu, ' ')}\n`).join('');

/** The fields of a bag-info file by label, first value of each; an indented line continues the one before it. */
export function parseBagInfo(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, label, value = ''] = /^([A-Za-z0-9-]{1,80}): ?(.*)$/.exec(line) ?? [];
    if (label && !fields.has(label)) fields.set(label, value);
  }
  return fields;
}

/**
 * Headers of a tar archive (POSIX.1-1988 ustar, and pax of POSIX.1-2001 where ustar has no room). Of all a header can say, only
 * name and size vary here: the same files give the same bytes on every machine.
 */
export const BLOCK = 512;

/** The last size that ustar's eleven octal digits hold: 8 GiB less one. */
const MAX_USTAR_SIZE = 0o77777777777;
const NAME_BYTES = 100;
const PREFIX_BYTES = 155;

/** Where a path is cut between ustar's two fields; undefined when it fits neither way. */
function ustarName(path: string): { name: string; prefix: string } | undefined {
  if (!/^[\x20-\x7e]+$/.test(path)) return undefined;
  if (path.length <= NAME_BYTES) return { name: path, prefix: '' };
  for (let cut = path.indexOf('/'); cut >= 0 && cut <= PREFIX_BYTES; cut = path.indexOf('/', cut + 1)) {
    const name = path.slice(cut + 1);
    if (cut > 0 && name.length > 0 && name.length <= NAME_BYTES) return { name, prefix: path.slice(0, cut) };
  }
  return undefined;
}

/** Sum of all bytes of a header, its own field taken as spaces. */
export function checksum(block: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < BLOCK; i += 1) sum += i >= 148 && i < 156 ? 0x20 : block[i]!;
  return sum;
}

function ustarBlock(name: string, prefix: string, sizeBytes: number, type: '0' | 'x'): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${value.toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  block.write(name, 0, 'latin1');
  octal(0o644, 100, 7);
  octal(0, 108, 7);
  octal(0, 116, 7);
  octal(sizeBytes, 124, 11);
  octal(0, 136, 11);
  block.write(type, 156, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  block.write(prefix, 345, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** One pax record, `length key=value\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

export const padded = (sizeBytes: number): number => Math.ceil(sizeBytes / BLOCK) * BLOCK;

/** What stands before a file's bytes: one block, or three and more where path or size need pax. @throws RangeError on no path */
export function headerOf(path: string, sizeBytes: number): Buffer {
  if (path === '' || path.startsWith('/') || path.includes('\0')) throw new RangeError('not a path for an archive');
  const names = ustarName(path);
  const records: Buffer[] = [];
  if (!names) records.push(paxRecord('path', path));
  if (sizeBytes > MAX_USTAR_SIZE) records.push(paxRecord('size', String(sizeBytes)));
  const { name, prefix } = names ?? { name: 'long-name', prefix: '' };
  const own = ustarBlock(name, prefix, sizeBytes > MAX_USTAR_SIZE ? 0 : sizeBytes, '0');
  if (records.length === 0) return own;
  const body = Buffer.concat(records);
  const filler = Buffer.alloc(padded(body.length) - body.length);
  return Buffer.concat([ustarBlock('pax-header', '', body.length, 'x'), body, filler, own]);
}

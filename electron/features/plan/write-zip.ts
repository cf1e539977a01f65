import { crc32 } from 'node:zlib';

const UTF8_FLAG = 0x800;
/** 1980-01-01, the zero of zip dates: the same contents make the same bytes on every day. */
const DATE = (1 << 5) | 1;

/**
 * A zip of stored (uncompressed) entries, in the order of the map, byte-identical for equal contents. Photographs and
 * signatures do not shrink, and what is rebuilt for a parser need not.
 *
 * @throws RangeError above the bounds of zip without its 64-bit extension (65,535 entries, 4 GiB)
 */
export function writeStoredZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array {
  if (entries.size >= 0xffff) throw new RangeError('too many entries for a plain zip');
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [name, content] of entries) {
    const rawName = Buffer.from(name, 'utf8');
    const common = commonFields(rawName, content);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, rawName]);
    parts.push(local, content);
    directory.push(centralHeader(common, offset), rawName);
    offset += local.length + content.length;
  }
  const central = Buffer.concat(directory);
  if (offset + central.length > 0xfffffffe) throw new RangeError('too large for a plain zip');
  return new Uint8Array(Buffer.concat([...parts, central, endRecord(entries.size, central.length, offset)]));
}

/** What local and central header share: version needed to extra-field length, 26 bytes. */
function commonFields(rawName: Uint8Array, content: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(UTF8_FLAG, 2);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(rawName.length, 22);
  return fields;
}

function centralHeader(common: Uint8Array, offset: number): Buffer {
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail]);
}

function endRecord(count: number, centralBytes: number, centralOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(centralBytes, 12);
  end.writeUInt32LE(centralOffset, 16);
  return end;
}

/** For tests only: the smallest files that are what they say, without a picture in them. */

export function aJpeg(width: number, height: number): Buffer {
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  const frame = Buffer.from('ffc0001108000000000301220002110103110000', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([head, frame, Buffer.from('ffd9', 'hex')]);
}

export function aPng(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const whole = Buffer.alloc(12 + data.length);
    whole.writeUInt32BE(data.length, 0);
    whole.write(type, 4, 'latin1');
    data.copy(whole, 8);
    return whole;
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', size),
    chunk('IDAT', Buffer.alloc(20)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export function aTiff(pages: number, little: boolean): Buffer {
  const DIRECTORY = 2 + 2 * 12 + 4;
  const bytes = Buffer.alloc(8 + pages * DIRECTORY);
  const short = (value: number, at: number) =>
    little ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    little ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  bytes.write(little ? 'II*\0' : 'MM\0*', 0, 'latin1');
  long(8, 4);
  for (let page = 0; page < pages; page += 1) {
    const at = 8 + page * DIRECTORY;
    short(2, at);
    for (const [i, tag] of [256, 257].entries()) {
      const entry = at + 2 + i * 12;
      short(tag, entry);
      short(3, entry + 2);
      long(1, entry + 4);
      short(1000, entry + 8);
    }
    long(page + 1 < pages ? at + DIRECTORY : 0, at + 26);
  }
  return bytes;
}

export const aPdf = (pages: number, catalog = '', stream = ''): Buffer =>
  Buffer.from(
    [
      '%PDF-1.4',
      `1 0 obj << /Type /Catalog /Pages 2 0 R ${catalog} >> endobj`,
      `2 0 obj << /Type /Pages /Count ${pages} >> endobj`,
      ...Array.from({ length: pages }, (_, i) => `${i + 3} 0 obj << /Type /Page /Parent 2 0 R >> endobj`),
      `9999 0 obj << /Length ${stream.length} >> stream\n${stream}\nendstream endobj`,
      'trailer << /Root 1 0 R >>',
      '%%EOF',
    ].join('\n'),
    'latin1',
  );

/** One value of DER (X.690). `raw` is tag, length and content; `body` the content alone. */
export type Der = { tag: number; raw: Buffer; body: Buffer };

/** The value at the start of `bytes` and what follows it; undefined when it is cut or its length is not DER. */
function next(bytes: Buffer): { value: Der; rest: Buffer } | undefined {
  const [tag, first] = [bytes[0], bytes[1]];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || first > 0x84 || first === 0x80)
    return undefined;
  const lengthBytes = first > 0x80 ? first - 0x80 : 0;
  if (bytes.length < 2 + lengthBytes) return undefined;
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes);
  const end = 2 + lengthBytes + length;
  if (end > bytes.length) return undefined;
  return {
    value: { tag, raw: bytes.subarray(0, end), body: bytes.subarray(2 + lengthBytes, end) },
    rest: bytes.subarray(end),
  };
}

/** All values one behind the other; undefined when they do not fill `bytes` exactly. */
export function readAll(bytes: Buffer): Der[] | undefined {
  const values: Der[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const one = next(rest);
    if (!one || values.length > 1_000) return undefined;
    values.push(one.value);
    rest = one.rest;
  }
  return values;
}

/** The parts of a constructed value of this tag; empty where it is another or malformed, so that a look for a part fails. */
export const partsOf = (value: Der | undefined, tag: number): Der[] =>
  value?.tag === tag ? (readAll(value.body) ?? []) : [];

export function write(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Uint8Array.of(tag, body.length), body]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length);
  return Buffer.concat([Uint8Array.of(tag, 0x82), length, body]);
}

export const TAG = {
  integer: 0x02,
  octets: 0x04,
  oid: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

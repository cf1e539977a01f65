/** Fields of a Protocol Buffers message, written in the order given (https://protobuf.dev/programming-guides/encoding). */

export function varint(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 0x80);
  } while (rest !== 0n);
  return Buffer.from(bytes);
}

export const integer = (field: number, value: number): Buffer => Buffer.concat([varint(field << 3), varint(value)]);

/** A length-delimited field: bytes, a text, or the fields of an inner message. */
export function block(field: number, ...content: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
}

/**
 * One table of a FlatBuffers file (https://flatbuffers.dev, binary format). Fields are addressed by their number in the
 * schema; a field the writer left out reads as its default, an empty list or null. Reading outside the file throws RangeError.
 */
export class FlatTable {
  readonly #bytes: Buffer;
  readonly #position: number;

  constructor(bytes: Buffer, position: number) {
    this.#bytes = bytes;
    this.#position = position;
  }

  /** The root table, whose offset stands in the first four bytes. */
  static root(bytes: Buffer): FlatTable {
    return new FlatTable(bytes, bytes.readUInt32LE(0));
  }

  int8(field: number, otherwise = 0): number {
    const at = this.#fieldAt(field);
    return at === 0 ? otherwise : this.#bytes.readInt8(at);
  }

  int32(field: number, otherwise = 0): number {
    const at = this.#fieldAt(field);
    return at === 0 ? otherwise : this.#bytes.readInt32LE(at);
  }

  text(field: number): string {
    return this.bytes(field).toString('utf8');
  }

  table(field: number): FlatTable | null {
    const at = this.#fieldAt(field);
    return at === 0 ? null : new FlatTable(this.#bytes, this.#follow(at));
  }

  bytes(field: number): Buffer {
    const { start, length } = this.#vector(field);
    return this.#bytes.subarray(start, start + length);
  }

  int32s(field: number): number[] {
    const { start, length } = this.#vector(field);
    return Array.from({ length }, (_, i) => this.#bytes.readInt32LE(start + 4 * i));
  }

  tables(field: number): FlatTable[] {
    const { start, length } = this.#vector(field);
    return Array.from({ length }, (_, i) => new FlatTable(this.#bytes, this.#follow(start + 4 * i)));
  }

  /** Where a field's value stands, by the table's directory (vtable); 0 when it was left out. */
  #fieldAt(field: number): number {
    const directory = this.#position - this.#bytes.readInt32LE(this.#position);
    const entry = 4 + 2 * field;
    if (entry >= this.#bytes.readUInt16LE(directory)) return 0;
    const offset = this.#bytes.readUInt16LE(directory + entry);
    return offset === 0 ? 0 : this.#position + offset;
  }

  #follow(at: number): number {
    return at + this.#bytes.readUInt32LE(at);
  }

  #vector(field: number): { start: number; length: number } {
    const at = this.#fieldAt(field);
    if (at === 0) return { start: 0, length: 0 };
    const start = this.#follow(at);
    return { start: start + 4, length: this.#bytes.readUInt32LE(start) };
  }
}

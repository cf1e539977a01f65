/** One box of an MP4 file (ISO/IEC 14496-12, 4.2), by its place in the bytes it was found in. */
export interface Box {
  readonly type: string;
  /** Of the whole box, header included. */
  readonly begin: number;
  readonly end: number;
  /** Where its content begins, behind size and type. */
  readonly content: number;
}

/**
 * The boxes that lie end to end in a stretch. One that claims to reach beyond the stretch ends the list: what comes from
 * outside is not believed.
 */
export function boxesIn(bytes: Uint8Array, begin = 0, end = bytes.length): Box[] {
  const found: Box[] = [];
  for (let at = begin; at + 8 <= end; ) {
    const box = boxAt(bytes, at);
    if (box === null || box.end > end) break;
    found.push(box);
    at = box.end;
  }
  return found;
}

/** The box whose header is whole at this place; null where fewer bytes are there, or the size makes no sense. */
export function boxAt(bytes: Uint8Array, at: number): Box | null {
  if (at + 8 > bytes.length) return null;
  const view = viewOf(bytes);
  const size = view.getUint32(at);
  const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  if (size !== 1) return size < 8 ? null : { type, begin: at, end: at + size, content: at + 8 };
  if (at + 16 > bytes.length) return null;
  const large = Number(view.getBigUint64(at + 8));
  return large < 16 || !Number.isSafeInteger(large) ? null : { type, begin: at, end: at + large, content: at + 16 };
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The first box on a path of types, each inside the one before. */
export function boxOn(bytes: Uint8Array, within: Box, ...path: string[]): Box | null {
  let at: Box | undefined = within;
  for (const type of path) {
    at = boxesIn(bytes, at.content, at.end).find((b) => b.type === type);
    if (at === undefined) return null;
  }
  return at;
}

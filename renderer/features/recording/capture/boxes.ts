/** One box of an MP4 file (ISO/IEC 14496-12, 4.2), header included. */
export interface Box {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** The boxes on the top level. @throws RangeError where a box does not fit: the file was made here, so that is a defect */
export function boxesOf(file: Uint8Array): Box[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const boxes: Box[] = [];
  for (let at = 0; at < file.length; ) {
    const short = view.getUint32(at);
    // 1: the size follows the type, in 64 bits. 0: to the end of the file.
    const size = short === 1 ? Number(view.getBigUint64(at + 8)) : short === 0 ? file.length - at : short;
    if (size < 8 || at + size > file.length) throw new RangeError('a box that does not fit into its file');
    const type = String.fromCharCode(...file.subarray(at + 4, at + 8));
    boxes.push({ type, bytes: file.subarray(at, at + size) });
    at += size;
  }
  return boxes;
}

/** Writes the sequence number of a `moof` at the beginning of `media` (8.8.5): box header, `mfhd` header, version, flags. */
export function numberFragment(media: Uint8Array, number: number): void {
  const isMfhd = String.fromCharCode(...media.subarray(12, 16)) === 'mfhd';
  if (!isMfhd) throw new RangeError('a moof that does not begin with its mfhd');
  new DataView(media.buffer, media.byteOffset).setUint32(20, number);
}

import { type Box, boxOn, viewOf } from './boxes.ts';
import { type Film, firstPictureAt, trafsOf } from './film.ts';

/** A film with the moment at which its first picture is to stand, in seconds from the beginning of the whole. */
export interface Part {
  film: Film;
  atSeconds: number;
}

/**
 * One film out of several, without encoding anything again: the first one's `ftyp` and `moov`, then every fragment as it
 * is but for its number and its time, so that each part stands where it was filmed. What lies between two parts stays
 * empty.
 *
 * @param parts  at least one, in order
 * @returns `different-formats` where a part was encoded otherwise than the first, `not-movable` where a fragment's
 *   offsets count from the beginning of its file
 */
export function joinFilms(parts: readonly Part[]): Uint8Array | 'different-formats' | 'not-movable' {
  const first = parts[0]!.film;
  const out: Uint8Array[] = [first.head];
  let sequence = 0;
  for (const { film, atSeconds } of parts) {
    if (!sameFormat(first, film)) return 'different-formats';
    const shift = atSeconds - (firstPictureAt(film) ?? 0);
    for (const { moof, mdat } of film.fragments) {
      sequence += 1;
      const moved = movedFragment(film, moof, sequence, shift);
      if (moved === null) return 'not-movable';
      out.push(moved, film.bytes.subarray(mdat.begin, mdat.end));
    }
  }
  return Buffer.concat(out);
}

const sameFormat = (a: Film, b: Film): boolean =>
  a.tracks.length === b.tracks.length &&
  a.tracks.every((track, i) => {
    const other = b.tracks[i]!;
    return (
      track.trackId === other.trackId &&
      track.timescale === other.timescale &&
      Buffer.compare(track.description, other.description) === 0
    );
  });

/** A copy of the `moof` with another number and all its decode times moved; null where it cannot be moved. */
function movedFragment(film: Film, moof: Box, sequence: number, shiftSeconds: number): Uint8Array | null {
  const copy = film.bytes.slice(moof.begin, moof.end);
  const whole: Box = { type: 'moof', begin: 0, end: copy.length, content: moof.content - moof.begin };
  const view = viewOf(copy);
  const mfhd = boxOn(copy, whole, 'mfhd');
  if (mfhd && mfhd.end - mfhd.content >= 8) view.setUint32(mfhd.content + 4, sequence);
  for (const traf of trafsOf(copy, whole)) {
    const timescale = film.tracks.find((t) => t.trackId === traf.trackId)?.timescale;
    if (traf.absolute || traf.tfdt === null || timescale === undefined) return null;
    const time = Math.max(0, Math.round(traf.decodeTime! + shiftSeconds * timescale));
    const at = traf.tfdt.content + 4;
    if (copy[traf.tfdt.content] === 1) view.setBigUint64(at, BigInt(time));
    else if (time > 0xffffffff) return null;
    else view.setUint32(at, time);
  }
  return copy;
}

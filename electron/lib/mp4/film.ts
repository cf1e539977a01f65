import { type Box, boxesIn, boxOn, viewOf } from './boxes.ts';
import { codecOf } from './codec.ts';

/** A track of a fragmented MP4 file, as its `moov` has it. */
export interface Track {
  readonly trackId: number;
  readonly kind: 'video' | 'audio' | 'other';
  /** Units a second. */
  readonly timescale: number;
  /** As in a media type's `codecs` (RFC 6381); null for one this reader does not know. */
  readonly codec: string | null;
  /** Units by which an edit list moves presentation towards the beginning. */
  readonly editedBy: number;
  /** The sample descriptions, to tell whether two files can share one beginning. */
  readonly description: Uint8Array;
}

/** A fragmented MP4 file, taken apart: `ftyp` and `moov`, then pairs of `moof` and `mdat`. */
export interface Film {
  readonly bytes: Uint8Array;
  readonly head: Uint8Array;
  readonly tracks: readonly Track[];
  /** Each `moof` with what follows it up to the next; other boxes between are left out. */
  readonly fragments: readonly { moof: Box; mdat: Box }[];
}

/** Null for bytes that are no fragmented MP4 file with a video track. */
export function readFilm(bytes: Uint8Array): Film | null {
  const top = boxesIn(bytes);
  const [ftyp, moov] = [top.find((b) => b.type === 'ftyp'), top.find((b) => b.type === 'moov')];
  if (ftyp?.begin !== 0 || moov === undefined) return null;
  const tracks = boxesIn(bytes, moov.content, moov.end).flatMap((b) =>
    b.type === 'trak' ? (trackOf(bytes, b) ?? []) : [],
  );
  const fragments = top.flatMap((moof, i) => {
    const mdat = top[i + 1];
    return moof.type === 'moof' && mdat?.type === 'mdat' ? [{ moof, mdat }] : [];
  });
  if (!tracks.some((t) => t.kind === 'video')) return null;
  const head = Buffer.concat([bytes.subarray(ftyp.begin, ftyp.end), bytes.subarray(moov.begin, moov.end)]);
  return { bytes, head, tracks, fragments };
}

function trackOf(bytes: Uint8Array, trak: Box): Track | null {
  const view = viewOf(bytes);
  const tkhd = boxOn(bytes, trak, 'tkhd');
  const mdhd = boxOn(bytes, trak, 'mdia', 'mdhd');
  const hdlr = boxOn(bytes, trak, 'mdia', 'hdlr');
  const stsd = boxOn(bytes, trak, 'mdia', 'minf', 'stbl', 'stsd');
  if (!tkhd || !mdhd || !hdlr || !stsd) return null;
  if (tkhd.end - tkhd.content < 24 || mdhd.end - mdhd.content < 24 || hdlr.end - hdlr.content < 12) return null;
  const handler = String.fromCharCode(...bytes.subarray(hdlr.content + 8, hdlr.content + 12));
  return {
    trackId: view.getUint32(tkhd.content + (bytes[tkhd.content] === 1 ? 20 : 12)),
    kind: handler === 'vide' ? 'video' : handler === 'soun' ? 'audio' : 'other',
    timescale: Math.max(1, view.getUint32(mdhd.content + (bytes[mdhd.content] === 1 ? 20 : 12))),
    codec: codecOf(bytes, stsd),
    editedBy: editOf(bytes, trak),
    description: bytes.slice(stsd.begin, stsd.end),
  };
}

/** The first edit's media time where it is one; an empty edit (-1) moves nothing here. */
function editOf(bytes: Uint8Array, trak: Box): number {
  const elst = boxOn(bytes, trak, 'edts', 'elst');
  if (!elst) return 0;
  const view = viewOf(bytes);
  const isLong = bytes[elst.content] === 1;
  const at = elst.content + 8 + (isLong ? 8 : 4);
  if (at + (isLong ? 8 : 4) > elst.end) return 0;
  return Math.max(0, isLong ? Number(view.getBigInt64(at)) : view.getInt32(at));
}

/** Media type of the film for a player: `video/mp4; codecs="..."`; null where a codec is unknown. */
export function mediaTypeOf(film: Film): string | null {
  const codecs = film.tracks.filter((t) => t.kind !== 'other').map((t) => t.codec);
  return codecs.includes(null) ? null : `video/mp4; codecs="${codecs.join(',')}"`;
}

/** Presentation time of the first picture, in seconds; null where there is none. */
export function firstPictureAt(film: Film): number | null {
  const track = film.tracks.find((t) => t.kind === 'video')!;
  for (const { moof } of film.fragments) {
    const traf = trafsOf(film.bytes, moof).find((t) => t.trackId === track.trackId);
    if (traf === undefined || traf.decodeTime === null) continue;
    return (traf.decodeTime + firstOffset(film.bytes, traf.box) - track.editedBy) / track.timescale;
  }
  return null;
}

export interface Traf {
  readonly box: Box;
  readonly trackId: number;
  /** `baseMediaDecodeTime`, in the track's units; null where the box is missing. */
  readonly decodeTime: number | null;
  readonly tfdt: Box | null;
  /** Offsets count from the file's beginning, so that the fragment cannot be moved. */
  readonly absolute: boolean;
}

export function trafsOf(bytes: Uint8Array, moof: Box): Traf[] {
  const view = viewOf(bytes);
  return boxesIn(bytes, moof.content, moof.end).flatMap((box): Traf[] => {
    const tfhd = box.type === 'traf' ? boxOn(bytes, box, 'tfhd') : null;
    if (!tfhd || tfhd.end - tfhd.content < 8) return [];
    const tfdt = boxOn(bytes, box, 'tfdt');
    const isLong = tfdt !== null && bytes[tfdt.content] === 1;
    const whole = tfdt !== null && tfdt.end - tfdt.content >= (isLong ? 12 : 8);
    return [
      {
        box,
        trackId: view.getUint32(tfhd.content + 4),
        decodeTime: whole
          ? isLong
            ? Number(view.getBigUint64(tfdt.content + 4))
            : view.getUint32(tfdt.content + 4)
          : null,
        tfdt: whole ? tfdt : null,
        absolute: (bytes[tfhd.content + 3]! & 1) === 1,
      },
    ];
  });
}

/** Composition offset of the first sample, in the track's units. */
function firstOffset(bytes: Uint8Array, traf: Box): number {
  const trun = boxOn(bytes, traf, 'trun');
  if (!trun || trun.end - trun.content < 8) return 0;
  const view = viewOf(bytes);
  const flags = view.getUint32(trun.content) & 0xffffff;
  if ((flags & 0x800) === 0 || view.getUint32(trun.content + 4) === 0) return 0;
  let at = trun.content + 8;
  for (const flag of [0x1, 0x4, 0x100, 0x200, 0x400]) if (flags & flag) at += 4;
  if (at + 4 > trun.end) return 0;
  return bytes[trun.content] === 0 ? view.getUint32(at) : view.getInt32(at);
}

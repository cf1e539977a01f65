import { type Box, boxAt, boxesIn, boxOn, viewOf } from '../../lib/mp4/boxes.ts';
import { codecOf } from '../../lib/mp4/codec.ts';
import { readFilm, trafsOf } from '../../lib/mp4/film.ts';
import type { RtspFormat } from './port.ts';

/** A whole fragment of the stream, its times by the stream's own stamps. */
export interface CutFragment {
  readonly bytes: Uint8Array;
  readonly beginsWithKey: boolean;
  readonly beginMs: number;
  readonly endMs: number;
  readonly frames: number;
}

export type Cut = { kind: 'head'; head: Uint8Array; format: RtspFormat } | { kind: 'fragment'; fragment: CutFragment };

/** More than this without a whole box is no camera's stream. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A fragment shorter than this holds a camera's parameter sets and no picture of its own: it goes with the next. */
const SHORTEST_MS = 100;

/** Takes a fragmented MP4 stream apart as it comes: its beginning once, then fragment by fragment. */
export class StreamCutter {
  #bytes: Uint8Array = new Uint8Array(0);
  #head: Uint8Array | null = null;
  #ftyp: Uint8Array | null = null;
  #moof: Uint8Array | null = null;
  #video = { trackId: 0, timescale: 1 };
  #short: CutFragment | null = null;

  /** @returns what became whole; null when this is no such stream */
  push(chunk: Uint8Array): Cut[] | null {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    const found: Cut[] = [];
    for (;;) {
      const box = boxAt(this.#bytes, 0);
      if (box === null) return this.#bytes.length >= 8 ? null : found;
      if (box.end > MOST_BYTES) return null;
      if (box.end > this.#bytes.length) return found;
      const whole = this.#bytes.slice(0, box.end);
      this.#bytes = this.#bytes.subarray(box.end);
      const cut = this.#take(box.type, whole);
      if (cut === 'foreign') return null;
      if (cut !== null) found.push(cut);
    }
  }

  #take(type: string, whole: Uint8Array): Cut | null | 'foreign' {
    switch (type) {
      case 'ftyp':
        this.#ftyp = whole;
        return null;
      case 'moov': {
        if (this.#ftyp === null) return 'foreign';
        this.#head = Buffer.concat([this.#ftyp, whole]);
        const track = readFilm(this.#head)?.tracks.find((t) => t.kind === 'video');
        const format = formatOf(whole);
        if (track === undefined || format === null) return 'foreign';
        this.#video = track;
        return { kind: 'head', head: this.#head, format };
      }
      case 'moof':
        this.#moof = whole;
        return null;
      case 'mdat': {
        if (this.#moof === null || this.#head === null) return 'foreign';
        const cut = this.#fragment(this.#moof, whole);
        this.#moof = null;
        return cut;
      }
      default:
        return null;
    }
  }

  #fragment(moof: Uint8Array, mdat: Uint8Array): Cut | null {
    const samples = samplesOf(moof, this.#video.trackId);
    if (samples === null) return null;
    const ms = (units: number) => (units / this.#video.timescale) * 1000;
    const before = this.#short;
    this.#short = null;
    const fragment: CutFragment = {
      bytes: Buffer.concat([before?.bytes ?? new Uint8Array(0), moof, mdat]),
      beginsWithKey: before?.beginsWithKey ?? samples.beginsWithKey,
      beginMs: before?.beginMs ?? ms(samples.begin),
      endMs: ms(samples.begin + samples.length),
      frames: (before?.frames ?? 0) + samples.count,
    };
    if (fragment.endMs - fragment.beginMs >= SHORTEST_MS) return { kind: 'fragment', fragment };
    this.#short = fragment;
    return null;
  }
}

/** Codec and size of the first video track. */
function formatOf(moov: Uint8Array): RtspFormat | null {
  const view = viewOf(moov);
  for (const trak of boxesIn(moov, 8)) {
    const stsd = trak.type === 'trak' ? boxOn(moov, trak, 'mdia', 'minf', 'stbl', 'stsd') : null;
    const [entry] = stsd ? boxesIn(moov, stsd.content + 8, stsd.end) : [];
    if (!stsd || !entry || entry.end - entry.content < 28) continue;
    const codec = codecOf(moov, stsd);
    if (codec === null) continue;
    return { codec, width: view.getUint16(entry.content + 24), height: view.getUint16(entry.content + 26) };
  }
  return null;
}

/** Begin and length of a track's samples in its units, and whether the first sample is a key frame (ISO/IEC 14496-12, 8.8.7, 8.8.8). */
function samplesOf(
  moof: Uint8Array,
  trackId: number,
): { begin: number; length: number; count: number; beginsWithKey: boolean } | null {
  const whole: Box = { type: 'moof', begin: 0, end: moof.length, content: 8 };
  const traf = trafsOf(moof, whole).find((t) => t.trackId === trackId);
  const tfhd = traf && boxOn(moof, traf.box, 'tfhd');
  const trun = traf && boxOn(moof, traf.box, 'trun');
  if (!traf || traf.decodeTime === null || !tfhd || !trun) return null;
  const view = viewOf(moof);
  const defaults = { duration: 0, flags: 0 };
  const has = (box: Box) => view.getUint32(box.content) & 0xffffff;
  let at = tfhd.content + 8;
  for (const [flag, bytes] of [
    [0x1, 8],
    [0x2, 4],
    [0x8, 4],
    [0x10, 4],
    [0x20, 4],
  ] as const) {
    if ((has(tfhd) & flag) === 0) continue;
    if (at + bytes > tfhd.end) return null;
    if (flag === 0x8) defaults.duration = view.getUint32(at);
    if (flag === 0x20) defaults.flags = view.getUint32(at);
    at += bytes;
  }
  const flags = has(trun);
  const count = view.getUint32(trun.content + 4);
  at = trun.content + 8 + (flags & 0x1 ? 4 : 0);
  let firstFlags = defaults.flags;
  if (flags & 0x4) {
    firstFlags = view.getUint32(at);
    at += 4;
  }
  const each = [0x100, 0x200, 0x400, 0x800].reduce((n, flag) => n + (flags & flag ? 4 : 0), 0);
  if (at + count * each > trun.end) return null;
  if ((flags & 0x4) === 0 && flags & 0x400 && count > 0) {
    firstFlags = view.getUint32(at + (flags & 0x100 ? 4 : 0) + (flags & 0x200 ? 4 : 0));
  }
  let length = 0;
  for (let i = 0; i < count; i += 1) length += flags & 0x100 ? view.getUint32(at + i * each) : defaults.duration;
  // sample_is_non_sync_sample is bit 16 of the flags.
  return { begin: traf.decodeTime, length, count, beginsWithKey: count > 0 && (firstFlags & 0x10000) === 0 };
}

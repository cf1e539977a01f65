import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { H264RtpPayload, type RtpPacket, Vp8RtpPayload } from 'werift';

/** More than this is not kept; the rest is counted. */
const mostKept = 300;

interface Kept {
  mimeType: string;
  packets: number;
  frames: Buffer[];
  parts: Buffer[];
  /** Of an H.264 unit that comes in pieces. */
  fragment: Buffer | undefined;
}

/** Puts RTP packets of H.264 or VP8 together to frames, and has ffmpeg say whether they can be decoded. */
export class FrameKeeper {
  readonly #streams = new Map<string, Kept>();

  packet(stream: string, mimeType: string, packet: RtpPacket): void {
    const kept = this.#streams.get(stream) ?? { mimeType, packets: 0, frames: [], parts: [], fragment: undefined };
    this.#streams.set(stream, kept);
    kept.packets += 1;
    if (packet.payload.length === 0) return;
    if (/h264/i.test(mimeType)) {
      const unit = H264RtpPayload.deSerialize(packet.payload, kept.fragment);
      kept.fragment = unit.fragment;
      if (unit.payload) kept.parts.push(unit.payload);
    } else {
      kept.parts.push(Vp8RtpPayload.deSerialize(packet.payload).payload);
    }
    if (!packet.header.marker) return;
    if (kept.frames.length < mostKept) kept.frames.push(Buffer.concat(kept.parts));
    kept.parts = [];
  }

  packets(stream: string): number {
    return this.#streams.get(stream)?.packets ?? 0;
  }

  /** What of a stream ffmpeg decodes: frames and their size. @throws Error when ffmpeg is not there */
  async decoded(stream: string): Promise<{ codec: string; frames: number; width: number; height: number }> {
    const kept = this.#streams.get(stream);
    if (kept === undefined) return { codec: '', frames: 0, width: 0, height: 0 };
    const folder = await mkdtemp(join(tmpdir(), 'kaodian-frames-'));
    try {
      const isH264 = /h264/i.test(kept.mimeType);
      const file = join(folder, isH264 ? 'film.h264' : 'film.ivf');
      await writeFile(file, isH264 ? Buffer.concat(kept.frames) : ivf(kept.frames));
      const ask = ['-v', 'error', '-count_frames', '-show_entries', 'stream=codec_name,width,height,nb_read_frames'];
      const { stdout } = await promisify(execFile)('ffprobe', [...ask, '-of', 'json', file]);
      const [found] = (JSON.parse(stdout) as { streams: Record<string, string>[] }).streams;
      const { codec_name: codec = '', nb_read_frames: frames, width, height } = found ?? {};
      return { codec, frames: Number(frames ?? 0), width: Number(width ?? 0), height: Number(height ?? 0) };
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

/** The simplest file that holds VP8: a head of 32 bytes, and one of 12 before each frame. */
function ivf(frames: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(32);
  head.write('DKIF', 0);
  head.writeUInt16LE(32, 6);
  head.write('VP80', 8);
  // The size as the first key frame has it (RFC 6386, 9.1).
  const key = frames.find((frame) => frame.length > 10 && ((frame[0] ?? 1) & 1) === 0);
  head.writeUInt16LE((key?.readUInt16LE(6) ?? 0) & 0x3fff, 12);
  head.writeUInt16LE((key?.readUInt16LE(8) ?? 0) & 0x3fff, 14);
  head.writeUInt32LE(10, 16);
  head.writeUInt32LE(1, 20);
  head.writeUInt32LE(frames.length, 24);
  return Buffer.concat([
    head,
    ...frames.flatMap((frame, i) => {
      const before = Buffer.alloc(12);
      before.writeUInt32LE(frame.length, 0);
      before.writeUInt32LE(i, 4);
      return [before, frame];
    }),
  ]);
}

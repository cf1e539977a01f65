import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { boxesOf, numberFragment } from './boxes.ts';

export interface Packet {
  readonly data: Uint8Array;
  readonly isKey: boolean;
  /** Station wall clock of the frame. */
  readonly wallMs: number;
  /** When the frame came, by this computer's monotonic clock. */
  readonly monoMs: number;
}

export interface SoundPacket {
  readonly data: Uint8Array;
  readonly wallMs: number;
  readonly lengthMs: number;
}

export interface FragmentOfPackets {
  readonly family: 'avc' | 'vp9';
  readonly decoderConfig: VideoDecoderConfig;
  /** In order, the first one a key frame. */
  readonly packets: readonly Packet[];
  /** Wall clock after the last frame. */
  readonly endMs: number;
  /** Wall clock at which this desk's recording began: time 0 of every fragment, so that they can be joined. */
  readonly originMs: number;
  /** Its number within its segment, from 1. */
  readonly number: number;
  /** What was heard meanwhile; null where the segment has no sound. */
  readonly sound: { readonly decoderConfig: AudioDecoderConfig; readonly packets: readonly SoundPacket[] } | null;
}

export interface MuxedFragment {
  /** `ftyp` and `moov`, the same for every fragment of a segment: before any of them it makes a file that plays alone. */
  readonly init: Uint8Array<ArrayBuffer>;
  /** `moof` and `mdat`. */
  readonly media: Uint8Array<ArrayBuffer>;
}

/** Longer than any fragment: the muxer shall not cut it once more. */
const neverSeconds = 60;

/**
 * One fragment of a fragmented MP4. Presentation times count from `originMs`, so fragments and segments laid end to end
 * keep the wall clock's distances, gaps included.
 */
export async function muxFragment(fragment: FragmentOfPackets): Promise<MuxedFragment> {
  const { packets, originMs, sound } = fragment;
  const target = new BufferTarget();
  const format = new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: neverSeconds });
  const output = new Output({ format, target });
  const video = new EncodedVideoPacketSource(fragment.family);
  output.addVideoTrack(video);
  const audio = sound === null ? null : new EncodedAudioPacketSource('opus');
  if (audio !== null) output.addAudioTrack(audio);
  await output.start();
  for (const [i, packet] of packets.entries()) {
    const nextMs = packets[i + 1]?.wallMs ?? fragment.endMs;
    const at = (packet.wallMs - originMs) / 1000;
    // The encoder gives no durations; each frame lasts until the next.
    const duration = Math.max(0.001, (nextMs - packet.wallMs) / 1000);
    await video.add(new EncodedPacket(packet.data, packet.isKey ? 'key' : 'delta', at, duration), {
      decoderConfig: fragment.decoderConfig,
    });
  }
  for (const { data, wallMs, lengthMs } of sound?.packets ?? []) {
    const at = Math.max(0, (wallMs - originMs) / 1000);
    await audio?.add(new EncodedPacket(data, 'key', at, lengthMs / 1000), { decoderConfig: sound!.decoderConfig });
  }
  await output.finalize();
  return split(new Uint8Array(target.buffer!), fragment.number);
}

function split(file: Uint8Array<ArrayBuffer>, number: number): MuxedFragment {
  const boxes = boxesOf(file);
  const of = (...types: string[]) => join(boxes.flatMap((b) => (types.includes(b.type) ? [b.bytes] : [])));
  const media = of('moof', 'mdat');
  numberFragment(media, number);
  return { init: of('ftyp', 'moov'), media };
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

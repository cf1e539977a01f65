import { BufferTarget, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } from 'mediabunny';

export interface Packet {
  readonly data: Uint8Array;
  readonly isKey: boolean;
  /** Station wall clock of the frame. */
  readonly wallMs: number;
}

export interface SegmentOfPackets {
  readonly family: 'avc' | 'vp9';
  readonly decoderConfig: VideoDecoderConfig;
  /** In order, the first one a key frame. */
  readonly packets: readonly Packet[];
  /** Wall clock after the last frame. */
  readonly endMs: number;
  /** Wall clock at which this desk's recording began: time 0 of every segment, so that they can be joined. */
  readonly originMs: number;
}

/**
 * One fragmented MP4 file with its own ftyp and moov, which plays alone. Presentation times count from `originMs`, so
 * segments laid end to end keep the wall clock's distances, gaps included.
 */
export async function muxSegment(segment: SegmentOfPackets): Promise<ArrayBuffer> {
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'fragmented' }), target });
  const video = new EncodedVideoPacketSource(segment.family);
  output.addVideoTrack(video);
  await output.start();
  for (const [i, packet] of segment.packets.entries()) {
    const nextMs = segment.packets[i + 1]?.wallMs ?? segment.endMs;
    const at = (packet.wallMs - segment.originMs) / 1000;
    // The encoder gives no durations; each frame lasts until the next.
    const duration = Math.max(0.001, (nextMs - packet.wallMs) / 1000);
    await video.add(new EncodedPacket(packet.data, packet.isKey ? 'key' : 'delta', at, duration), {
      decoderConfig: segment.decoderConfig,
    });
  }
  await output.finalize();
  return target.buffer!;
}

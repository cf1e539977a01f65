import { execFile, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { RtpPacket } from 'werift';
import { FrameKeeper } from './frame-keeper.ts';

/** Has ffmpeg send two seconds of a test picture as RTP, and keeps what arrives. */
async function film(codec: string, mimeType: string): Promise<FrameKeeper> {
  const keeper = new FrameKeeper();
  const socket = createSocket('udp4');
  socket.on('message', (data) => {
    // RTCP comes to the next port; payload types below 64 are none of ours.
    if (((data[1] ?? 0) & 0x7f) === 96) keeper.packet('film', mimeType, RtpPacket.deSerialize(data));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  const source = ['-re', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=10:duration=2', '-pix_fmt', 'yuv420p'];
  const encode = [
    '-c:v',
    codec,
    '-g',
    '10',
    '-b:v',
    '200k',
    ...(codec === 'libx264' ? ['-preset', 'ultrafast'] : ['-deadline', 'realtime']),
  ];
  await promisify(execFile)('ffmpeg', [
    '-v',
    'error',
    ...source,
    ...encode,
    '-f',
    'rtp',
    `rtp://127.0.0.1:${port}?pkt_size=1200`,
  ]);
  socket.close();
  return keeper;
}

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

test.skipIf(!hasFfmpeg).each([
  ['libvpx', 'video/VP8', 'vp8'],
  ['libx264', 'video/H264', 'h264'],
])('what %s sends as RTP is put together to frames that ffmpeg decodes', async (encoder, mimeType, codec) => {
  const keeper = await film(encoder, mimeType);
  const decoded = await keeper.decoded('film');
  expect(decoded).toMatchObject({ codec, width: 320, height: 180 });
  expect(decoded.frames).toBeGreaterThanOrEqual(18);
});

test('of a stream that never came nothing is decoded', async () => {
  expect(await new FrameKeeper().decoded('film')).toEqual({ codec: '', frames: 0, width: 0, height: 0 });
});

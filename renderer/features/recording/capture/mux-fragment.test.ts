import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boxesOf } from './boxes.ts';
import { type MuxedFragment, muxFragment, type Packet, type SoundPacket } from './mux-fragment.ts';

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
if (!hasFfmpeg) console.warn('ffmpeg is not installed: nothing plays the fragments');
const SECONDS = 4;
const frameMs = 1000 / 15;
const originMs = 1_000_000;

describe.skipIf(!hasFfmpeg)('fragments of real H.264 and Opus', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-mux-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let decoderConfig: VideoDecoderConfig;
  let soundConfig: AudioDecoderConfig;
  const frames: { data: Uint8Array; isKey: boolean }[] = [];
  const sounds: { data: Uint8Array; atMs: number; lengthMs: number }[] = [];

  beforeAll(async () => {
    const file = join(folder, 'source.mp4');
    const picture = ['-f', 'lavfi', '-i', `testsrc2=size=320x180:rate=15:duration=${SECONDS}`];
    const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${SECONDS}`, '-c:a', 'libopus'];
    const encode = [
      '-c:v',
      'libx264',
      '-profile:v',
      'baseline',
      '-g',
      '15',
      '-sc_threshold',
      '0',
      '-pix_fmt',
      'yuv420p',
    ];
    execFileSync('ffmpeg', ['-v', 'error', ...picture, ...sound, ...encode, file]);
    const input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS });
    const [video, audio] = [(await input.getPrimaryVideoTrack())!, (await input.getPrimaryAudioTrack())!];
    decoderConfig = (await video.getDecoderConfig())!;
    soundConfig = (await audio.getDecoderConfig())!;
    for await (const p of new EncodedPacketSink(video).packets())
      frames.push({ data: p.data, isKey: p.type === 'key' });
    for await (const p of new EncodedPacketSink(audio).packets()) {
      sounds.push({ data: p.data, atMs: p.timestamp * 1000, lengthMs: p.duration * 1000 });
    }
  });

  /** Second `n` of the source, as the worker hands it out. */
  const second = (n: number, heard: boolean): Promise<MuxedFragment> => {
    const packets = frames.slice(n * 15, n * 15 + 15).map((f, i): Packet => {
      const wallMs = originMs + (n * 15 + i) * frameMs;
      return { ...f, wallMs, monoMs: wallMs };
    });
    const packetsHeard = sounds
      .filter((s) => s.atMs >= n * 1_000 && s.atMs < (n + 1) * 1_000)
      .map(({ data, atMs, lengthMs }): SoundPacket => ({ data, wallMs: originMs + atMs, lengthMs }));
    return muxFragment({
      family: 'avc',
      decoderConfig,
      packets,
      endMs: originMs + (n + 1) * 1_000,
      originMs,
      number: n + 1,
      sound: heard ? { decoderConfig: soundConfig, packets: packetsHeard } : null,
    });
  };
  const seconds = (heard: boolean) => Promise.all(Array.from({ length: SECONDS }, (_, n) => second(n, heard)));
  /** Frames that ffmpeg decodes, by stream, the time of the first and last picture in ms, and what it complains of. */
  const play = (bytes: Uint8Array) => {
    const played = spawnSync(
      'ffmpeg',
      ['-v', 'error', '-copyts', '-i', 'pipe:0', '-map', '0', '-f', 'framehash', '-'],
      {
        input: bytes,
      },
    );
    const lines = played.stdout.toString().split('\n');
    const of = (stream: number) => lines.filter((l) => l.startsWith(`${stream},`));
    const base = Number(/#tb 0: 1\/(\d+)/.exec(played.stdout.toString())?.[1]);
    const at = of(0).map((l) => Math.round((Number(l.split(',')[2]) / base) * 1_000));
    return { pictures: of(0).length, sounds: of(1).length, from: at[0], to: at.at(-1), complaint: `${played.stderr}` };
  };
  const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

  test('all four behind one beginning are a file that plays; so is any of them alone, at its own time', async () => {
    const all = await seconds(false);
    expect(play(joined([all[0]!.init, ...all.map((f) => f.media)]))).toEqual({
      pictures: 60,
      sounds: 0,
      from: 0,
      to: 3933,
      complaint: '',
    });
    const third = play(joined([all[2]!.init, all[2]!.media]));
    expect(third).toMatchObject({ pictures: 15, from: 2000, complaint: '' });
  });

  test('with sound it plays too, and a second in which nothing was heard spoils neither picture nor the sound after it', async () => {
    const all = await seconds(true);
    const silent = await second(1, false);
    const whole = play(joined([all[0]!.init, ...all.map((f) => f.media)]));
    expect(whole).toMatchObject({ pictures: 60, complaint: '' });
    expect(whole.sounds).toBeGreaterThan(190);
    const holed = play(joined([all[0]!.init, all[0]!.media, silent.media, all[2]!.media, all[3]!.media]));
    expect(holed).toMatchObject({ pictures: 60, complaint: '' });
    expect(holed.sounds).toBeGreaterThan(140);
  });

  test('the beginnings of a segment are all alike, a fragment is a moof with its number and an mdat', async () => {
    const all = await seconds(true);
    for (const { init, media } of all) {
      expect(boxesOf(init).map((b) => b.type)).toEqual(['ftyp', 'moov']);
      expect(boxesOf(media).map((b) => b.type)).toEqual(['moof', 'mdat']);
    }
    expect(new Set(all.map((f) => Buffer.from(f.init).toString('hex'))).size).toBe(1);
    expect(all.map((f) => new DataView(f.media.buffer).getUint32(20))).toEqual([1, 2, 3, 4]);
  });
});

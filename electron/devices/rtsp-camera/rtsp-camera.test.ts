import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  CAMERA_PASSWORD,
  CAMERA_USER,
  noCamera,
  type PeerCamera,
  startCamera,
} from '../../../test/peers/rtsp-camera.ts';
import { systemClock } from '../../lib/clock.ts';
import type { RtspFormat, RtspFragment, RtspTrouble } from './port.ts';
import { RtspCamera, type RtspOptions } from './rtsp-camera.ts';
import { takePicture } from './still.ts';

const missing = noCamera();
if (missing !== null) console.warn(`network cameras are not tested: ${missing}`);

const open: { stop(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.stop();
});

async function peer(options?: Parameters<typeof startCamera>[0]): Promise<PeerCamera> {
  const camera = await startCamera(options);
  open.push(camera);
  return camera;
}

/** Records a camera and gathers what is told. */
function record(address: string, password = CAMERA_PASSWORD, options: Partial<RtspOptions> = {}) {
  const heard = { began: [] as RtspFormat[], fragments: [] as RtspFragment[], faults: [] as RtspTrouble[] };
  const source = { address, user: CAMERA_USER, password };
  const camera = new RtspCamera(source, {
    ffmpeg: 'ffmpeg',
    clock: systemClock,
    sound: false,
    listener: {
      began: (format) => heard.began.push(format),
      fragment: (fragment) => heard.fragments.push(fragment),
      fault: (trouble) => heard.faults.push(trouble),
    },
    ...options,
  });
  open.push(camera);
  return { camera, heard };
}
const soon = { timeout: 20_000, interval: 50 };

/** Frames that a player gets out of it. */
const framesOf = (film: Uint8Array): number =>
  Number(
    execFileSync(
      'ffprobe',
      [
        '-v',
        'error',
        '-count_frames',
        '-select_streams',
        'v',
        '-show_entries',
        'stream=nb_read_frames',
        '-of',
        'csv=p=0',
        '-',
      ],
      { input: film },
    ),
  );

/** What a player finds in it, the picture first. */
const streamsOf = (film: Uint8Array): { codec_name: string; start_time: string }[] =>
  JSON.parse(
    execFileSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name,start_time', '-of', 'json', '-'], {
      input: film,
      encoding: 'utf8',
    }),
  ).streams;

describe.skipIf(missing !== null)('a real camera over RTSP', { timeout: 60_000 }, () => {
  test('is recorded as it encodes: from each key frame on it plays alone, and the wall clock has no hole', async () => {
    const { heard } = record((await peer({ fps: 15, keyEvery: 15 })).address);
    await vi.waitFor(() => expect(heard.fragments.length).toBeGreaterThanOrEqual(5), soon);
    expect(heard.began).toEqual([{ codec: expect.stringMatching(/^avc1\./), width: 1280, height: 720 }]);
    const [first, ...rest] = heard.fragments.slice(0, 5);
    expect(first!.opens).toBe(true);
    for (const fragment of heard.fragments.filter((f) => f.opens)) {
      expect(framesOf(fragment.bytes)).toBeGreaterThanOrEqual(fragment.frames - 1);
    }
    let endMs = first!.endMs;
    for (const { beginMs, endMs: next } of rest) {
      expect(Math.abs(beginMs - endMs)).toBeLessThan(300);
      endMs = next;
    }
    expect(Math.abs(endMs - Date.now())).toBeLessThan(15_000);
  });

  test.each([
    [true, ['h264', 'opus']],
    [false, ['h264']],
  ])('sound where it is wanted (%s), as Opus beside the picture, in step with it', async (sound, codecs) => {
    const { heard } = record((await peer({ fps: 15, keyEvery: 15 })).address, CAMERA_PASSWORD, { sound });
    await vi.waitFor(() => expect(heard.fragments.length).toBeGreaterThanOrEqual(4), soon);
    expect(heard.fragments[0]!.opens).toBe(true);
    const film = Buffer.concat(heard.fragments.slice(0, 4).map((f) => f.bytes));
    const streams = streamsOf(film);
    expect(streams.map((s) => s.codec_name)).toEqual(codecs);
    expect(heard.faults).toEqual([]);
    for (const { start_time } of streams)
      expect(Math.abs(Number(start_time) - Number(streams[0]!.start_time))).toBeLessThan(1);
  });

  test('a camera with a key frame every four seconds is handed over every second, and a segment begins at key frames', async () => {
    const { heard } = record((await peer({ fps: 10, keyEvery: 40 })).address);
    // Segments that are whole: between two fragments that may open one. A new viewer may be given a key frame out of turn.
    const segments = () => {
      const opening = heard.fragments.flatMap((f, at) => (f.opens ? [at] : []));
      return opening.slice(0, -1).map((from, n) => heard.fragments.slice(from, opening[n + 1]));
    };
    await vi.waitFor(() => expect(segments().some((s) => s.length >= 3)).toBe(true), soon);
    const segment = segments().find((s) => s.length >= 3)!;
    expect(segment.every((f) => f.endMs - f.beginMs < 1_800)).toBe(true);
    const frames = segment.reduce((n, f) => n + f.frames, 0);
    expect(framesOf(Buffer.concat(segment.map((f) => f.bytes)))).toBeGreaterThanOrEqual(frames - 1);
  });

  test('user and password stand in no process title and no environment', async () => {
    const { camera, heard } = record((await peer()).address);
    await vi.waitFor(() => expect(heard.fragments.length).toBeGreaterThan(0), soon);
    const secrets = [CAMERA_PASSWORD, encodeURIComponent(CAMERA_PASSWORD), 'Pa%27ss', "Pa'ss"];
    const own = new Set([String(process.pid)]);
    const told: string[] = [];
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && !own.has(name))) {
      for (const what of ['cmdline', 'environ']) {
        const text = read(`/proc/${pid}/${what}`);
        // The camera itself has to know it.
        if (text.includes('rtsp-camera.py')) continue;
        if (secrets.some((secret) => text.includes(secret))) told.push(`${pid} ${what}`);
      }
    }
    expect(told).toEqual([]);
    expect(read(`/proc/${camera.pid}/cmdline`)).toContain('ffmpeg');
    expect(read(`/proc/${camera.pid}/cmdline`)).not.toContain(CAMERA_USER);
  });

  test('one that stalls without closing is given up and found again', async () => {
    const { process: camera, address } = await peer();
    const { heard } = record(address, CAMERA_PASSWORD, { stalledMs: 1_500, firstWaitMs: 200 });
    await vi.waitFor(() => expect(heard.fragments.length).toBeGreaterThan(1), soon);
    camera.kill('SIGSTOP');
    await vi.waitFor(() => expect(heard.faults).toContain('stalled'), soon);
    camera.kill('SIGCONT');
    await vi.waitFor(() => expect(heard.began.length).toBeGreaterThan(1), soon);
    const before = heard.fragments.length;
    await vi.waitFor(() => expect(heard.fragments.length).toBeGreaterThan(before), soon);
  });

  test('one that is switched off, and comes back at the same place', async () => {
    const first = await peer();
    const { heard } = record(first.address, CAMERA_PASSWORD, { firstWaitMs: 200 });
    await vi.waitFor(() => expect(heard.fragments.length).toBeGreaterThan(0), soon);
    await first.stop();
    await vi.waitFor(() => expect(heard.faults.at(-1)).toMatch(/ended|unreachable/), soon);
    await peer({ port: Number(new URL(first.address).port) });
    await vi.waitFor(() => expect(heard.began.length).toBe(2), soon);
  });

  test('a wrong password is told as such, and ffmpeg’s words go nowhere', async () => {
    const log = vi.spyOn(console, 'error');
    const { heard } = record((await peer()).address, 'wrong');
    await vi.waitFor(() => expect(heard.faults[0]).toBe('unauthorized'), soon);
    expect(log).not.toHaveBeenCalled();
  });

  test('a test picture, or why there is none', async () => {
    const { address } = await peer();
    const source = { address, user: CAMERA_USER, password: CAMERA_PASSWORD };
    const picture = await takePicture('ffmpeg', source);
    expect(picture.ok && [...picture.value.slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(await takePicture('ffmpeg', { ...source, password: '' })).toEqual({ ok: false, error: 'unauthorized' });
    const nowhere = { ...source, address: 'rtsp://127.0.0.1:9/x' };
    expect(await takePicture('ffmpeg', nowhere)).toEqual({ ok: false, error: 'unreachable' });
  });
});

test('without ffmpeg it says so', async () => {
  const { heard } = record('rtsp://127.0.0.1:9/x', '', { ffmpeg: '/nowhere/ffmpeg' });
  await vi.waitFor(() => expect(heard.faults).toEqual(['no-ffmpeg']));
  expect(await takePicture('/nowhere/ffmpeg', { address: 'rtsp://127.0.0.1:9/x', user: '', password: '' })).toEqual({
    ok: false,
    error: 'no-ffmpeg',
  });
});

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

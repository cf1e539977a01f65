import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import SQLite from 'better-sqlite3';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { against, type BenchLine, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, SESSION, setUp } from '../exam-day.ts';
import { hasCommand, noProc, run } from '../processes.ts';
import { cameraBrowser, fourCameras, recordRoom, usedPerSecond } from '../recording-window.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const SETTLE_MS = 8_000;
const MEASURED_MS = 20_000;
const FRAMES_PER_SECOND = 15;
const ways = [
  { name: '1-camera', roomId: '202' as RoomId, cameras: 1, goal: '<= 0.12' },
  { name: '4-cameras', roomId: '201' as RoomId, cameras: 4, goal: '<= 0.36' },
];

/**
 * Processor seconds of desk and station together for each second of 1280x720 at 15 frames a second, with overlay, hash
 * and seal, from the browser's own test cameras; and the frames that are on disk of those that were due. Twice: with the
 * pictures hidden, which is what recording costs, and with the pictures shown, which a browser without a graphics card
 * draws by the processor. Beside them, in the same run and with the same pictures: the browser's MediaRecorder, and ffmpeg
 * cutting an H.264 encode of the same size into files.
 */
export const recording: Benchmark = async (print) => {
  const obstacle = noProc() ?? (hasCommand('ffmpeg') ? null : 'ffmpeg is not installed');
  if (obstacle !== null) return print({ name: 'recording', skipped: obstacle });
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  try {
    const peers = { ffmpeg: await ffmpegSegmenting(folder) };
    for (const { name, roomId, cameras, goal } of ways) {
      const recorder = await mediaRecorder(cameras);
      const ours = await deskAndStation(join(folder, name), roomId);
      const peer = `MediaRecorder, ${recorder.type}, no overlay, nothing stored`;
      for (const pictures of ['hidden', 'shown'] as const) {
        const { desk, own } = ours[pictures];
        print({
          name: `recording.cpu.${name}${pictures === 'shown' ? '.pictures-shown' : ''}`,
          value: rounded(desk + own),
          unit: 'CPU-s per s',
          ...(pictures === 'hidden' && { goal }),
          ...against(desk + own, recorder[pictures], 'CPU-s per s', peer),
          note: `desk ${rounded(desk)}, station ${rounded(own)}; ffmpeg drawing, encoding and cutting one such picture: ${rounded(peers.ffmpeg)}`,
        });
      }
      print(framesLine(name, ours, cameras));
    }
  } finally {
    removeFolder(folder);
  }
};

function framesLine(name: string, ours: { frames: number; seconds: number }, cameras: number): BenchLine {
  const due = ours.seconds * FRAMES_PER_SECOND;
  return {
    name: `recording.frames.${name}`,
    value: rounded(ours.frames / due),
    unit: 'of those due',
    goal: '>= 1',
    note: `${ours.frames} frames of ${cameras} cameras in ${rounded(ours.seconds)} s of stored video; the camera itself gives ${FRAMES_PER_SECOND} a second`,
  };
}

async function deskAndStation(dataDir: string, roomId: RoomId) {
  const station = await serve(ENTRIES.built, dataDir);
  const browser = await cameraBrowser();
  try {
    const cookie = await enter(station);
    const lead = clientOf(station, cookie);
    await setUp(lead, fourCameras(benchPlan(-1)));
    await lead.session.open({ sessionId: SESSION });
    await recordRoom(browser, station, cookie, roomId);
    await wait(SETTLE_MS);
    const measure = async () => {
      const [desk, own] = await Promise.all([
        usedPerSecond([browser.pid], MEASURED_MS),
        usedPerSecond([station.pid], MEASURED_MS),
      ]);
      return { desk, own };
    };
    const shown = await measure();
    await browser.page.evaluate(hidePictures);
    await wait(SETTLE_MS / 4);
    return { shown, hidden: await measure(), ...framesOnRecord(dataDir) };
  } finally {
    await browser.close();
    await station.stop();
  }
}

/** Frames of all closed segments, and the time that they span, camera by camera. */
function framesOnRecord(dataDir: string): { frames: number; seconds: number } {
  const db = new SQLite(join(dataDir, 'station.db'), { readonly: true });
  try {
    const rows = db
      .prepare('SELECT sum(frames) AS frames, sum(end_ms - begin_ms) AS ms FROM recording_segments')
      .get() as { frames: number; ms: number };
    return { frames: rows.frames, seconds: rows.ms / 1000 };
  } finally {
    db.close();
  }
}

/** Takes the pictures off the screen; whoever records goes on. */
function hidePictures(): void {
  for (const video of document.querySelectorAll('video')) {
    video.srcObject = null;
    video.style.display = 'none';
  }
}

/** As many cameras, each by a MediaRecorder that hands over a piece a second. */
async function mediaRecorder(cameras: number): Promise<{ shown: number; hidden: number; type: string }> {
  const empty = createServer((_, response) => response.setHeader('content-type', 'text/html').end('<!doctype html>'));
  await new Promise<void>((resolve) => empty.listen(0, '127.0.0.1', resolve));
  const browser = await cameraBrowser();
  try {
    await browser.page.goto(`http://127.0.0.1:${(empty.address() as AddressInfo).port}/`);
    const type = await browser.page.evaluate(async (count) => {
      const devices = (await navigator.mediaDevices.enumerateDevices()).filter((d) => d.kind === 'videoinput');
      const kind = 'video/mp4;codecs=avc1.42E01F';
      const best = MediaRecorder.isTypeSupported(kind) ? kind : 'video/webm;codecs=vp9';
      const hand = globalThis as unknown as { begin: () => void };
      const streams = await Promise.all(
        devices.slice(0, count).map(({ deviceId }) =>
          navigator.mediaDevices.getUserMedia({
            video: { deviceId: { exact: deviceId }, width: 1280, height: 720, frameRate: 15 },
          }),
        ),
      );
      for (const stream of streams) {
        const video = document.createElement('video');
        video.muted = true;
        video.srcObject = stream;
        // As large as the room desk shows them.
        video.width = count === 1 ? 918 : 452;
        document.body.append(video);
        void video.play();
      }
      hand.begin = () => {
        for (const stream of streams) {
          const recorder = new MediaRecorder(stream, { mimeType: best, videoBitsPerSecond: 1_200_000 });
          recorder.ondataavailable = () => undefined;
          recorder.start(1_000);
        }
      };
      return best;
    }, cameras);
    await browser.page.evaluate(() => (globalThis as unknown as { begin: () => void }).begin());
    await wait(SETTLE_MS / 2);
    const shown = await usedPerSecond([browser.pid], MEASURED_MS);
    await browser.page.evaluate(hidePictures);
    await wait(SETTLE_MS / 4);
    return { shown, hidden: await usedPerSecond([browser.pid], MEASURED_MS), type };
  } finally {
    await browser.close();
    empty.close();
  }
}

async function ffmpegSegmenting(folder: string): Promise<number> {
  await run('mkdir', ['-p', join(folder, 'ffmpeg')]);
  const ffmpeg = segmentingFfmpeg(join(folder, 'ffmpeg'));
  try {
    await wait(SETTLE_MS / 2);
    return await usedPerSecond([ffmpeg.pid!], MEASURED_MS / 2);
  } finally {
    const gone = once(ffmpeg, 'exit');
    ffmpeg.kill('SIGKILL');
    await gone;
  }
}

/** ffmpeg as people set it up to record: an encode, cut into plain MP4 files of four seconds. */
export function segmentingFfmpeg(folder: string): ChildProcess {
  const source = ['-re', '-f', 'lavfi', '-i', `testsrc2=size=1280x720:rate=${FRAMES_PER_SECOND}`];
  const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '1200k', '-g', '15', '-pix_fmt', 'yuv420p'];
  const cut = ['-f', 'segment', '-segment_time', '4', '-reset_timestamps', '1', join(folder, '%05d.mp4')];
  return spawn('ffmpeg', ['-v', 'error', '-nostdin', ...source, ...encode, ...cut], { stdio: 'ignore' });
}

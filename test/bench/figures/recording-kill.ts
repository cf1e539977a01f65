import { once } from 'node:events';
import { createWriteStream, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, SESSION, setUp } from '../exam-day.ts';
import { median } from '../measure.ts';
import { hasCommand, run } from '../processes.ts';
import { cameraBrowser, recordRoom } from '../recording-window.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';
import { segmentingFfmpeg } from './recording.ts';

const ROUNDS = 3;
const ROOM = '202' as RoomId;
/** How long each records before it is killed: not a multiple of anything. */
const filmedMs = (round: number) => 9_300 + round * 1_370;

interface Loss {
  /** Of the last seconds before the kill, what is not on disk. */
  lostS: number;
  /** What plays of what was filmed. */
  recoveredS: number;
}

/**
 * What a kill costs: every process of the recorder at once, with SIGKILL. Ours is the desk with its browser (the station
 * lives on another computer and goes on); MediaRecorder, asked for a key frame a second, hands its
 * pieces to a server that keeps them; ffmpeg cuts
 * plain MP4 files of four seconds.
 */
export const recordingKill: Benchmark = async (print) => {
  if (!hasCommand('ffmpeg')) return print({ name: 'recording-kill', skipped: 'ffmpeg is not installed' });
  await buildWhenStale(root, ({ en }) => console.error(en));
  const folder = scratchFolder();
  try {
    const found: Record<'ours' | 'mediaRecorder' | 'ffmpeg', Loss[]> = { ours: [], mediaRecorder: [], ffmpeg: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      found.ours.push(await ourDesk(join(folder, `ours-${round}`), filmedMs(round)));
      found.mediaRecorder.push(await mediaRecorder(join(folder, `recorder-${round}.mp4`), filmedMs(round)));
      found.ffmpeg.push(await ffmpeg(join(folder, `ffmpeg-${round}`), filmedMs(round)));
    }
    const said = (losses: readonly Loss[]) =>
      `lost ${losses.map((l) => rounded(l.lostS)).join(', ')} s, recovered ${losses.map((l) => rounded(l.recoveredS)).join(', ')} s`;
    print({
      name: 'recording-kill.lost',
      value: rounded(median(found.ours.map((l) => l.lostS))),
      unit: 's',
      goal: '<= 2',
      peer: `MediaRecorder: ${said(found.mediaRecorder)}; ffmpeg into plain MP4: ${said(found.ffmpeg)}`,
      note: `median of ${ROUNDS} kills after 9 to 12 s; ours: ${said(found.ours)}`,
    });
  } finally {
    removeFolder(folder);
  }
};

async function ourDesk(dataDir: string, ms: number): Promise<Loss> {
  const station = await serve(ENTRIES.built, dataDir);
  const browser = await cameraBrowser();
  try {
    const cookie = await enter(station);
    const lead = clientOf(station, cookie);
    await setUp(lead, benchPlan(-1));
    await lead.session.open({ sessionId: SESSION });
    await recordRoom(browser, station, cookie, ROOM);
    await wait(ms);
    const killedMs = Date.now();
    await browser.kill();
    await wait(1_500);
    const [camera] = (await lead.recording.room({ sessionId: SESSION, roomId: ROOM })).cameras;
    const { stored } = camera!;
    return {
      lostS: (killedMs - stored.at(-1)!.endMs) / 1000,
      recoveredS: stored.reduce((sum, i) => sum + i.endMs - i.beginMs, 0) / 1000,
    };
  } finally {
    await browser.close().catch(() => undefined);
    await station.stop();
  }
}

async function mediaRecorder(file: string, ms: number): Promise<Loss> {
  const kept = createWriteStream(file);
  const server = createServer((request, response) => {
    if (request.method !== 'POST') return void response.setHeader('content-type', 'text/html').end('<!doctype html>');
    request.on('data', (data) => kept.write(data)).on('end', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await cameraBrowser();
  try {
    await browser.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const begunMs = await browser.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720, frameRate: 15 } });
      const kind = 'video/mp4;codecs=avc1.42E01F';
      const mimeType = MediaRecorder.isTypeSupported(kind) ? kind : 'video/webm;codecs=vp9';
      // Its MP4 comes only at key frames, by itself every hundred frames: at its best it is asked for one a second.
      const best = { mimeType, videoBitsPerSecond: 1_200_000, videoKeyFrameIntervalDuration: 1_000 };
      const recorder = new MediaRecorder(stream, best);
      let sent: Promise<unknown> = Promise.resolve();
      recorder.ondataavailable = ({ data }) => {
        sent = sent.then(() => fetch('/', { method: 'POST', body: data }));
      };
      recorder.start(1_000);
      await new Promise((begun) => {
        recorder.onstart = begun;
      });
      return Date.now();
    });
    await wait(ms);
    const filmedS = (Date.now() - begunMs) / 1000;
    await browser.kill();
    await wait(500);
    kept.end();
    await once(kept, 'close');
    const recoveredS = await playedSeconds(file);
    return { lostS: filmedS - recoveredS, recoveredS };
  } finally {
    await browser.close().catch(() => undefined);
    server.close();
  }
}

async function ffmpeg(folder: string, ms: number): Promise<Loss> {
  mkdirSync(folder, { recursive: true });
  const child = segmentingFfmpeg(folder);
  while (readdirSync(folder).length === 0) await wait(20);
  const begunMs = Date.now();
  await wait(ms);
  const filmedS = (Date.now() - begunMs) / 1000;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  let recoveredS = 0;
  for (const file of readdirSync(folder)) recoveredS += await playedSeconds(join(folder, file));
  return { lostS: filmedS - recoveredS, recoveredS };
}

/** Seconds of video that ffprobe reads in a file, packet by packet; 0 where it reads none. */
async function playedSeconds(file: string): Promise<number> {
  const asked = ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', file];
  const times = await run('ffprobe', asked).catch(() => '');
  const read = times.split('\n').map(Number.parseFloat).filter(Number.isFinite);
  return read.length === 0 ? 0 : Math.max(...read) - Math.min(...read) + 1 / 15;
}

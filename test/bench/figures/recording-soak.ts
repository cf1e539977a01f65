import { join } from 'node:path';
import { buildWhenStale } from '../../../electron/desktop/fresh-build.ts';
import type { CameraId } from '../../../electron/lib/ids.ts';
import { drawFilm, fragmentOf, framesOf } from '../../scenarios/recording/film.ts';
import { slopeOf } from '../../scenarios/soak/straight-line.ts';
import { type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, SESSION, setUp } from '../exam-day.ts';
import { median } from '../measure.ts';
import { hasCommand, noProc, residentMb } from '../processes.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../served-station.ts';

const HOURS = 4;
const SECONDS_PER_SEGMENT = 4;
const SAMPLE_EVERY_S = 300;
const CAMERA = '201-A' as CameraId;

/**
 * Resident memory of the station while four hours of one camera go through it, second by second, over HTTP, as fast as it
 * takes them: real H.264 at 720p in real fragments, closed into 3,600 real segments. It is started as a rehearsal, whose
 * clock can be moved, so that every second is believed.
 */
export const recordingSoak: Benchmark = async (print) => {
  const obstacle = noProc() ?? (hasCommand('ffmpeg') ? null : 'ffmpeg is not installed');
  if (obstacle !== null) return print({ name: 'recording-soak', skipped: obstacle });
  await buildWhenStale(root, ({ en }) => console.error(en));
  const film = await drawFilm(12);
  const folder = scratchFolder();
  const station = await serve(ENTRIES.built, join(folder, 'data'), ['--rehearsal']);
  try {
    const lead = clientOf(station, await enter(station));
    await setUp(lead, benchPlan(-1));
    await lead.session.open({ sessionId: SESSION });
    const facts = { width: 1280, height: 720, codec: 'avc1.42E01F', deviceLabel: '样本' };
    const run = { sessionId: SESSION, cameraId: CAMERA, deskRun: 'desk-run-soak', ...facts };
    const { recordingId } = await lead.recording.start(run);
    const originMs = Date.now();
    const samples: { hours: number; mb: number }[] = [];
    const begunMs = performance.now();
    let bytes = 0;
    for (let n = 0; n < HOURS * 3600; n += 1) {
      const place = n % SECONDS_PER_SEGMENT;
      const beginMs = originMs + n * 1_000;
      const { init, media } = await fragmentOf(film, n, beginMs, originMs, place + 1);
      bytes += media.length;
      const put = (opens: boolean) =>
        lead.recording.putFragment({
          recordingId,
          sequence: n,
          opens,
          closes: place === SECONDS_PER_SEGMENT - 1,
          beginMs,
          endMs: beginMs + 1_000,
          firstMonoMs: n * 1_000,
          lastMonoMs: n * 1_000 + 933,
          frames: framesOf(film, n),
          fragment: new Blob(opens ? [init, media] : [media]),
        });
      // As a desk does: on a busy machine the station may have closed what was not going on.
      await put(place === 0).catch((error: { code?: string }) => {
        if (error.code !== 'NO_OPEN_SEGMENT') throw error;
        return put(true);
      });
      if (place === SECONDS_PER_SEGMENT - 1) await lead.rehearsal.moveClock({ toWallMs: beginMs + 1_500 });
      if (n % SAMPLE_EVERY_S === 0) samples.push({ hours: n / 3600, mb: residentMb(station.pid) });
    }
    const seconds = (performance.now() - begunMs) / 1000;
    // What it takes up in its first minutes it keeps: growth counts from then on.
    const settled = samples.filter((s) => s.hours >= 0.5);
    const of = (from: number, to: number) =>
      median(samples.filter((s) => s.hours >= from && s.hours < to).map((s) => s.mb));
    print({
      name: 'recording-soak.rss-growth',
      value: rounded(slopeOf(settled.map(({ hours: x, mb: y }) => ({ x, y })))),
      unit: 'MB per hour of video',
      goal: 'flat',
      note: `median of each hour ${[0, 1, 2, 3].map((h) => rounded(of(h, h + 1))).join(', ')} MB; ${HOURS} h, ${rounded(bytes / 1e9)} GB in ${Math.round(seconds)} s`,
    });
  } finally {
    await station.stop();
    removeFolder(folder);
  }
};

/**
 * A station that records two cameras as fast as its disk allows, until it is killed. Says on standard output what it has
 * acknowledged, a line for each fragment: camera, sequence, hash.
 *
 * Arguments: the data folder, a file with the keys, a file with the film.
 */
import { readFileSync, writeSync } from 'node:fs';
import { deserialize } from 'node:v8';
import { putFragment } from '../../../electron/features/recording/put-fragment.ts';
import { startRecording } from '../../../electron/features/recording/service.ts';
import { ManualClock } from '../../../electron/lib/clock.ts';
import { cameras, invigilator, type Keys, openRecording, sessionId } from '../../harness/recording.ts';
import { type Film, fragmentOf, framesOf } from './film.ts';

const [folder, keysFile, filmFile] = process.argv.slice(2) as [string, string, string];
const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as Keys;
const film = deserialize(readFileSync(filmFile)) as Film;
const t0 = Date.UTC(2026, 10, 21, 0, 30);
const clock = new ManualClock(t0);
const st = await openRecording(folder, { clock, keys });
const SECONDS_PER_SEGMENT = 4;

const recordings = cameras.slice(0, 2).map((cameraId) => {
  const facts = { width: 1280, height: 720, codec: 'avc1.42E01F', deviceLabel: 'webcam' };
  const reply = startRecording(st.deps, invigilator, {
    sessionId,
    cameraId,
    deskRun: `desk-run-${cameraId}`,
    ...facts,
  });
  if (!reply.ok) throw new Error(reply.error.code);
  return { cameraId, recordingId: reply.value.recordingId };
});

for (let n = 0; ; n += 1) {
  const beginMs = t0 + n * 1_000;
  clock.setWall(beginMs + 1_000);
  const place = n % SECONDS_PER_SEGMENT;
  const { init, media } = await fragmentOf(film, n, beginMs, t0, place + 1);
  for (const { cameraId, recordingId } of recordings) {
    const reply = await putFragment(st.deps, invigilator, {
      recordingId,
      sequence: n,
      opens: place === 0,
      closes: place === SECONDS_PER_SEGMENT - 1,
      beginMs,
      endMs: beginMs + 1_000,
      firstMonoMs: n * 1_000,
      lastMonoMs: n * 1_000 + 933,
      frames: framesOf(film, n),
      fragment: new Blob(place === 0 ? [init, media] : [media]),
    });
    if (!reply.ok) throw new Error(reply.error.code);
    // At once and whole: what is said here has been promised.
    writeSync(1, `${cameraId} ${n} ${reply.value.sha256}\n`);
  }
}

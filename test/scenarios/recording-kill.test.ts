import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { buildWhenStale } from '../../electron/desktop/fresh-build.ts';
import type { CameraId, RoomId } from '../../electron/lib/ids.ts';
import { chooseAead, decrypt } from '../../electron/vault/age/age.ts';
import { benchPlan, CENTRE, SESSION, setUp } from '../bench/exam-day.ts';
import { clientOf, ENTRIES, enter, removeFolder, root, scratchFolder, serve } from '../bench/served-station.ts';
import { inspectJournal } from './journal-on-disk.ts';
import { FilmDesk } from './recording/desk.ts';
import { drawFilm } from './recording/film.ts';
import { playable } from './recording/play.ts';

const KILLS = 5;
/** KAODIAN_SEED repeats a run. */
const seed = Number(process.env.KAODIAN_SEED ?? randomInt(2 ** 31));
const rooms = [
  { roomId: '201' as RoomId, cameraId: '201-A' as CameraId },
  { roomId: '202' as RoomId, cameraId: '202-A' as CameraId },
];
const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;
if (!hasFfmpeg) console.warn('ffmpeg is not installed: the station is not killed while it records');

beforeAll(async () => {
  await chooseAead();
  await buildWhenStale(root, () => {});
}, 120_000);

test.skipIf(!hasFfmpeg)(
  `a station killed ${KILLS} times while two desks film has every second of both (KAODIAN_SEED=${seed})`,
  async () => {
    const film = await drawFilm(6, '640x360');
    const folder = scratchFolder();
    const dataDir = join(folder, 'data');
    let station = await serve(ENTRIES.sources, dataDir);
    try {
      const cookie = await enter(station);
      let client = clientOf(station, cookie);
      await setUp(client, benchPlan(-40));
      await client.session.open({ sessionId: SESSION });
      const desks = rooms.map(({ cameraId }) => new FilmDesk(film, () => client, { sessionId: SESSION, cameraId }));
      const filmFor = async (ms: number, until: () => boolean = () => false) => {
        for (const end = performance.now() + ms; performance.now() < end && !until(); await wait(50)) {
          for (const desk of desks) await desk.work();
        }
      };
      for (let kill = 0; kill < KILLS; kill += 1) {
        await filmFor(1_500 + ((seed >>> (kill * 5)) % 3_000));
        station.child.kill('SIGKILL');
        await station.stop();
        await filmFor(300);
        station = await serve(ENTRIES.sources, dataDir);
        client = clientOf(station, cookie);
      }
      await filmFor(60_000, () => desks.every((d) => d.waiting <= 1));
      // Whether the gap after the last start is filled shows with the next frames.
      await filmFor(2_500);
      await filmFor(60_000, () => desks.every((d) => d.waiting === 0));
      expect(desks.map((d) => [d.refused, d.givenUp])).toEqual(desks.map(() => [[], 0]));

      // Everything filmed is stored, as one stretch: what the kills interrupted was sent again.
      for (const [i, { roomId }] of rooms.entries()) {
        const [camera] = (await client.recording.room({ sessionId: SESSION, roomId })).cameras;
        const desk = desks[i]!;
        expect(camera!.stored).toHaveLength(1);
        expect(camera!.stored[0]!.beginMs).toBe(desk.confirmed[0]!.beginMs);
        expect(camera!.stored[0]!.endMs).toBe(desk.confirmed.at(-1)!.endMs);
        expect(desk.filmedUntilMs - camera!.stored[0]!.endMs).toBeLessThanOrEqual(2_000);
        expect(camera!.gaps).toEqual([]);
      }
      await client.session.close({ sessionId: SESSION, earlyReason: '样本：试录像' });
      // What stopped growing is closed by the station's own watch.
      await wait(6_500);
      await station.stop();

      const { faults } = await inspectJournal(dataDir);
      expect(faults).toEqual([]);
      const files = readdirSync(join(dataDir, 'vault', SESSION)).filter((f) => f.endsWith('.age'));
      const films = files.flatMap((file) => {
        const plain = decrypt(readFileSync(join(dataDir, 'vault', SESSION, file)), [CENTRE.identity]);
        if (!plain.ok) throw new Error(`${file} does not open`);
        return Buffer.from(plain.value.subarray(4, 8)).toString() === 'ftyp' ? [playable(plain.value)] : [];
      });
      expect(films.filter((f) => f.complaint !== '')).toEqual([]);
      const seconds = desks.reduce((sum, d) => sum + d.confirmed.length, 0);
      expect(films.reduce((sum, f) => sum + f.frames, 0)).toBeGreaterThanOrEqual(seconds * 15);
    } finally {
      await station.stop();
      removeFolder(folder);
    }
  },
  180_000,
);

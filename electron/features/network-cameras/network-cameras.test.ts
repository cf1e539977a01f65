import { describe, expect, test, vi } from 'vitest';
import { openDoor, ROOM, S1 } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PASSPHRASE, refusalOf } from '../../../test/harness/open-station.ts';
import { CAMERA_PASSWORD, CAMERA_USER, noCamera, startCamera } from '../../../test/peers/rtsp-camera.ts';
import { CameraId } from '../../lib/ids.ts';
import { findFfmpeg } from './find-ffmpeg.ts';

const cameraId = CameraId.parse('201-A');
const login = { user: CAMERA_USER, password: CAMERA_PASSWORD };

test('a camera is bound without its password being shown or written down anywhere in clear', async () => {
  const st = await openTestStation();
  const { networkCameras } = st.as('site-lead');
  const bound = await networkCameras.save({ cameraId, address: 'rtsp://admin:top%20secret@10.0.0.7/1' });
  expect(bound).toEqual({ cameraId, address: 'rtsp://10.0.0.7/1', user: 'admin', state: { kind: 'idle' } });
  expect((await networkCameras.list()).cameras).toEqual([bound]);
  expect(JSON.stringify(st.journal())).not.toContain('top secret');
  const rows = st.station.db.prepare('SELECT * FROM network_cameras').all() as { login: Buffer }[];
  expect(rows[0]!.login.toString('latin1')).toMatch(/^age-encryption\.org\/v1/);
  // Another address with the login of before.
  expect(await networkCameras.save({ cameraId, address: 'rtsp://10.0.0.8/1' })).toMatchObject({ user: 'admin' });
  await networkCameras.remove({ cameraId });
  expect((await networkCameras.list()).cameras).toEqual([]);
  expect(st.journalEvents()).toEqual(['network-cameras.bound', 'network-cameras.bound', 'network-cameras.removed']);
});

test('what cannot be bound', async () => {
  const st = await openTestStation();
  const { networkCameras } = st.as('site-lead');
  expect(await codeOf(networkCameras.save({ cameraId, address: 'http://10.0.0.7/' }))).toBe('BAD_ADDRESS');
  const other = CameraId.parse('NOWHERE');
  expect(await codeOf(networkCameras.save({ cameraId: other, address: 'rtsp://x/1' }))).toBe('NO_SUCH_CAMERA');
  expect(await codeOf(networkCameras.remove({ cameraId }))).toBe('NO_SUCH_CAMERA');
  expect(await codeOf(st.as('door').networkCameras.save({ cameraId, address: 'rtsp://x/1' }))).toBe('FORBIDDEN');
});

test('without ffmpeg the list says so; one named by the environment must be a program', () => {
  expect(findFfmpeg({ PATH: '/nowhere' })).toBeNull();
  expect(findFfmpeg({ PATH: '/usr/bin', KAODIAN_FFMPEG: '/nowhere/ffmpeg' })).toBeNull();
});

describe.skipIf(noCamera() !== null)('with a real camera', { timeout: 60_000 }, () => {
  test('it is recorded while its session is open, in segments that hold to the clock; pulled out, a gap says why', async () => {
    const peer = await startCamera();
    const st = await openTestStation();
    try {
      const { networkCameras, session } = st.as('site-lead');
      expect(
        await refusalOf(
          networkCameras.testPicture({ cameraId, address: peer.address, login: { user: 'x', password: 'y' } }),
        ),
      ).toEqual({ code: 'CAMERA_TROUBLE', data: { trouble: 'unauthorized' } });
      const picture = await networkCameras.testPicture({ cameraId, address: peer.address, login });
      expect([picture.type, picture.size > 1000]).toEqual(['image/jpeg', true]);
      await networkCameras.save({ cameraId, address: peer.address, login });
      await openDoor(st);
      const camera = async () =>
        (await st.as('invigilator').recording.room({ sessionId: S1, roomId: ROOM })).cameras[0]!;
      // The test's clock stands still unless it is moved: it is made to run beside the real one.
      const real = setInterval(() => st.clock.advance(100), 100);
      try {
        st.tick();
        await vi.waitFor(async () => expect((await camera()).segments).toBeGreaterThan(0), {
          timeout: 25_000,
          interval: 200,
        });
        const { stored, gaps } = await camera();
        expect(stored.length).toBe(1);
        expect(gaps.filter((g) => (g.endMs ?? Number.POSITIVE_INFINITY) - g.beginMs > 1_000)).toEqual([]);
        expect((await networkCameras.list()).cameras[0]?.state).toMatchObject({ kind: 'recording', width: 1280 });
        await peer.stop();
        await vi.waitFor(
          async () =>
            expect((await camera()).gaps.at(-1)).toMatchObject({
              endMs: null,
              reason: expect.stringMatching(/unplugged|absent/),
            }),
          { timeout: 15_000, interval: 200 },
        );
      } finally {
        clearInterval(real);
      }
      expect(JSON.stringify(st.journal())).not.toContain(CAMERA_PASSWORD);
      await session.close({ sessionId: S1, earlyReason: '样本：提前结束' }).catch(() => undefined);
    } finally {
      await peer.stop();
    }
  });
});

test('with the keys locked a camera waits, and says so', async () => {
  const st = await openTestStation();
  await st.as('site-lead').networkCameras.save({ cameraId, address: 'rtsp://127.0.0.1:9/1', login });
  await openDoor(st);
  await st.restart();
  st.tick();
  const [camera] = (await st.as('site-lead').networkCameras.list()).cameras;
  expect(camera?.state).toEqual({ kind: 'keys-locked' });
  await st.restart(PASSPHRASE);
});

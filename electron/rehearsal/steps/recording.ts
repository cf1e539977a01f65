import type { CameraView } from '../../features/recording/contract.ts';
import type { CameraId, RoomId } from '../../lib/ids.ts';
import { openBrowserWindow } from '../browser-window.ts';
import { roomClip } from '../clip.ts';
import { type Day, deskOf, SESSION } from '../day.ts';
import { eventually, expectTrue, NotAsExpected } from '../expectation.ts';
import type { Found, Step } from '../step.ts';

const ROOM = '201' as RoomId;
const INVIGILATOR = 'invigilator-201';

const notHere: Found = {
  zh: '没有浏览器在录；这个考场的录像作为缺项说明',
  en: 'no browser records; what is missing is declared',
  skipped: true,
};

async function cameraOf(day: Day): Promise<CameraView> {
  const { station } = await deskOf(day, INVIGILATOR);
  const [camera] = (await station.recording.room({ sessionId: SESSION, roomId: ROOM })).cameras;
  if (!camera) throw new NotAsExpected('the room has no camera');
  return camera;
}

const segmentsFrom = (day: Day, count: number, what: string) =>
  eventually(
    what,
    async () => {
      const camera = await cameraOf(day);
      return camera.segments >= count ? camera : null;
    },
    45_000,
  );

const heading = (day: Day, name: string) => day.window!.page.getByRole('heading', { name });

/** The invigilator opens the built room desk in a real browser and presses Enter, as a person does. */
export const startRecording: Step = {
  id: 'record',
  title: { zh: '201 监考打开浏览器录像（真浏览器，假摄像头放真人视频）', en: 'Room 201 records by a real browser' },
  async play(day) {
    if (!day.wishes.browser) return { zh: '按要求不开浏览器', en: 'no browser was asked for', skipped: true };
    const { cookie } = await deskOf(day, INVIGILATOR);
    if (day.window === null) {
      const clip = await roomClip(day.folder);
      if (clip === null) return { zh: '没有真人视频可放', en: 'no clip of a person to show', skipped: true };
      const opened = await openBrowserWindow(day.station.origin, cookie, clip.file);
      if (!opened.ok) return { ...opened.error, skipped: true };
      day.window = opened.value;
    }
    const { page, name } = day.window;
    await page.goto(`${day.station.origin}/room/${ROOM}`);
    const recording = heading(day, '在录');
    await eventually(
      'the desk says that it records',
      async () => {
        if (await recording.isVisible()) return true;
        await page.keyboard.press('Enter');
        return recording.waitFor({ timeout: 1_000 }).then(
          () => true,
          () => null,
        );
      },
      60_000,
    );
    const camera = await segmentsFrom(day, 2, 'two segments are stored');
    day.ledger.note('recording.started', { cameraId: camera.cameraId });
    return { zh: `${name}，已存 ${camera.segments} 段`, en: `${name}, ${camera.segments} segments stored` };
  },
};

/** After the kill the window goes on by itself: what was stored is there, and new segments come. */
export const recordingGoesOn: Step = {
  id: 'record-on',
  title: { zh: '重启之后录像自己接上', en: 'After the restart the recording goes on by itself' },
  async play(day) {
    if (day.window === null) return notHere;
    const before = await cameraOf(day);
    const after = await segmentsFrom(day, before.segments + 2, 'new segments after the restart');
    expectTrue(after.state.kind === 'recording', `the camera is ${after.state.kind}`);
    expectTrue(after.stored[0]?.beginMs === before.stored[0]?.beginMs, 'the first stored frame is still the first');
    const { station } = await deskOf(day, INVIGILATOR);
    await station.session.mark({
      sessionId: SESSION,
      roomId: ROOM,
      cameraId: after.cameraId as CameraId,
      note: '样本：重启之后',
    });
    day.ledger.note('session.moment-marked', { roomId: ROOM });
    return {
      zh: `${before.segments} 段增到 ${after.segments} 段，缺口 ${after.gaps.length} 段`,
      en: `${before.segments} segments, then ${after.segments}; ${after.gaps.length} gaps`,
    };
  },
};

/** The end of the session ends the recording; nothing is left waiting in the window. */
export const recordingEnds: Step = {
  id: 'record-end',
  title: { zh: '考试结束，录像自己停下并送完', en: 'With the session the recording ends, all delivered' },
  async play(day) {
    const { window } = day;
    if (window === null) return notHere;
    await heading(day, '录像已停').waitFor({ timeout: 60_000 });
    const camera = await cameraOf(day);
    expectTrue(camera.state.kind === 'stopped', `the camera is ${camera.state.kind}`);
    day.segments = camera.segments;
    await window.close();
    day.window = null;
    const mib = (camera.bytes / 1024 / 1024).toFixed(1);
    return {
      zh: `${camera.segments} 段，${mib} MiB，缺口 ${camera.gaps.length} 段`,
      en: `${camera.segments} segments, ${mib} MiB, ${camera.gaps.length} gaps`,
    };
  },
};

import type { StationClient } from '../../../electron/contract/index.ts';
import type { Plan } from '../../../electron/features/plan/plan-schema.ts';
import { CameraId, SessionId } from '../../../electron/lib/ids.ts';
import { specimenFilm } from '../../harness/specimen-film.ts';
import type { ExamDay } from './day.ts';
import { admitByHand } from './short-cuts.ts';

const FILM_S = 30;
const MINUTE = 60_000;
const CAMERAS = ['201-A', '201-B', '201-C', '201-D'];

/** The sample plan with four cameras in room 201, of which only the third sees the first workstation. */
export const fourCameras = (plan: Plan): Plan => ({
  ...plan,
  rooms: plan.rooms.map((room) =>
    room.roomId === '201'
      ? {
          ...room,
          cameras: ['前左', '前右', '后中', '操作区'].map((label, i) => {
            const others = plan.workstations.filter((w) => w.roomId === '201').slice(1);
            return {
              cameraId: CameraId.parse(`201-${'ABCD'[i]}`),
              label,
              ...(i === 2 ? {} : { sees: others.map((w) => w.workstationId) }),
            };
          }),
        }
      : room,
  ),
});

/** Begins the cameras of a session, as their desk would. */
export async function beginCameras(desk: StationClient, cameras: readonly string[]) {
  const begun = [];
  for (const camera of cameras) {
    const cameraId = CameraId.parse(camera);
    const { recordingId } = await desk.recording.start({
      sessionId: SessionId.parse('S1'),
      cameraId,
      deskRun: `specimen-${camera}`,
      width: 480,
      height: 270,
      codec: 'avc1.42c01e',
      deviceLabel: '样本摄像头',
    });
    begun.push({ cameraId, recordingId });
  }
  return begun;
}

/** Delivers real films for the stretches of a recording that was begun, half a minute a segment. */
export async function deliver(
  desk: StationClient,
  recordingId: string,
  stretches: readonly { beginMs: number; endMs: number }[],
): Promise<void> {
  film ??= new Blob([specimenFilm(FILM_S, '480x270', 10) as Uint8Array<ArrayBuffer>]);
  let sequence = 0;
  for (const { beginMs: from, endMs: to } of stretches) {
    for (let beginMs = from; beginMs + FILM_S * 1000 <= to; beginMs += FILM_S * 1000) {
      await desk.recording.putFragment({
        recordingId,
        sequence,
        opens: true,
        closes: true,
        beginMs,
        endMs: beginMs + FILM_S * 1000,
        firstMonoMs: beginMs - from,
        lastMonoMs: beginMs - from + FILM_S * 1000,
        frames: FILM_S * 10,
        fragment: film,
      });
      sequence += 1;
    }
  }
}
let film: Blob | undefined;

/** An exam of four cameras, of which the third was down for two minutes and a bit; three candidates were there. */
export async function filmedExam(day: ExamDay, minutes: number) {
  const desk = await day.person('invigilator');
  const recordings = await beginCameras(desk, CAMERAS);
  const beginMs = (await day.lead.site.state()).wallMs;
  for (const id of ['C01', 'C02', 'C03']) await admitByHand(day, id);
  await day.moveTo(minutes);
  const startsAtMs = day.plan.sessions[0]!.startsAtMs;
  const endMs = startsAtMs + minutes * MINUTE;
  const gap = { beginMs: startsAtMs + 3 * MINUTE, endMs: startsAtMs + 5.5 * MINUTE };
  for (const { cameraId, recordingId } of recordings) {
    const whole = [{ beginMs, endMs }];
    // Segments are half a minute long: the gap begins and ends where one does.
    const downMs = beginMs + Math.ceil((gap.beginMs - beginMs) / 30_000) * 30_000;
    const upMs = downMs + 150_000;
    await deliver(
      desk,
      recordingId,
      cameraId === '201-C'
        ? [
            { beginMs, endMs: downMs },
            { beginMs: upMs, endMs },
          ]
        : whole,
    );
    if (cameraId === '201-C') Object.assign(gap, { beginMs: downMs, endMs: upMs });
  }
  return { gap, beginMs, endMs };
}

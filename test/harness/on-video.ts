import type { RoomId } from '../../electron/lib/ids.ts';
import { ROOM, S1 } from './exam-day.ts';
import { PIN, type TestStation } from './open-station.ts';
import { recordCamera } from './record-camera.ts';

/** Every camera of a room has stored everything from the opening of the session until now. Before the session is closed. */
export async function filmed(st: TestStation, roomId: RoomId = ROOM): Promise<void> {
  const opened = st.journal().findLast((e) => e.event === 'session.opened');
  if (!opened) throw new Error('nothing is recorded before the session is open');
  const { cameras } = await st.as('invigilator').recording.room({ sessionId: S1, roomId });
  for (const { cameraId, stored } of cameras) {
    const beginMs = stored.at(-1)?.endMs ?? opened.wallMs;
    await recordCamera(st, cameraId, [{ beginMs, endMs: st.clock.wallMs() }]);
  }
}

/**
 * Nothing was recorded, or too little: lead and supervisor accept it for everybody whom it leaves short, with their PINs and
 * a reason, as they do at the desk. Once the session is closed.
 */
export async function shortnessAccepted(st: TestStation): Promise<void> {
  const { coverage } = st.as('site-lead');
  const second = { staffId: st.member('supervisor').staffId, pin: PIN };
  const reason = '样本：录像设备故障，监考全程在场';
  for (const { candidateId, verdict, acceptance } of (await coverage.session({ sessionId: S1 })).candidates) {
    if (verdict === 'short' && acceptance === null) await coverage.accept({ candidateId, reason, pin: PIN, second });
  }
}

import { theStation } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { RtspFormat, RtspFragment, RtspTrouble } from '../../devices/rtsp-camera/port.ts';
import { RtspCamera } from '../../devices/rtsp-camera/rtsp-camera.ts';
import type { CameraId, SessionId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import type { CameraFault } from '../recording/contract.ts';
import { putFragment } from '../recording/put-fragment.ts';
import { reportFault, startRecording } from '../recording/service.ts';
import type { NetworkCamera } from './contract.ts';
import type { NetworkCamerasDeps } from './deps.ts';
import { networkCameraEvents } from './events.ts';
import { openLogin } from './login.ts';
import { allCameras, type CameraRow } from './store.ts';

/** A segment is closed with the first fragment that begins with a key frame after this much. */
const SEGMENT_MS = 4_000;
/** Fragments that wait for the disk; beyond it the oldest are given up, and the gap shows by the clock. */
const MOST_WAITING = 30;

/** What a camera's trouble is called in the record of gaps. */
const FAULTS: Record<RtspTrouble, CameraFault> = {
  'no-ffmpeg': 'no-encoder',
  unauthorized: 'permission',
  unreachable: 'absent',
  'not-found': 'absent',
  stalled: 'stalled',
  ended: 'unplugged',
  clock: 'clock',
  'bad-stream': 'unreadable',
};

interface Running {
  camera: RtspCamera;
  sessionId: SessionId;
  /** Changes when the address, the login or the rule about sound does. */
  setting: string;
  close(): void;
}

/**
 * The network cameras that are recorded now: those of rooms whose session is open or running. They deliver to the same
 * recording as a desk does, as the station.
 */
export class RunningCameras {
  readonly #running = new Map<string, Running>();
  readonly #locked = new Set<string>();

  stateOf(cameraId: string): NetworkCamera['state'] {
    const state = this.#running.get(cameraId)?.camera.state;
    if (state === undefined) return { kind: this.#locked.has(cameraId) ? 'keys-locked' : 'idle' };
    switch (state.kind) {
      case 'recording':
        return { kind: 'recording', ...state.format };
      case 'fault':
        return { kind: 'fault', trouble: state.trouble };
      case 'connecting':
        return { kind: 'connecting' };
      case 'stopped':
        return { kind: 'idle' };
    }
  }

  /** Called every second: starts what should run, stops what should not, takes up changed settings. */
  keep(deps: NetworkCamerasDeps): void {
    const rows = new Map(allCameras(deps.db).map((row) => [row.cameraId as string, row]));
    const wanted = new Map<string, SessionId>();
    const book = deps.book();
    for (const { sessionId } of book?.plan.sessions ?? []) {
      const state = deps.sessionState(sessionId);
      if (state !== 'open' && state !== 'running') continue;
      for (const room of book!.roomsOf(sessionId)) {
        for (const { cameraId } of room.cameras) if (rows.has(cameraId)) wanted.set(cameraId, sessionId);
      }
    }
    for (const [cameraId, running] of this.#running) {
      const row = rows.get(cameraId);
      const stays = wanted.get(cameraId) === running.sessionId && row && settingOf(deps, row) === running.setting;
      if (!stays) this.#stop(cameraId);
    }
    this.#locked.clear();
    for (const [cameraId, sessionId] of wanted) {
      if (!this.#running.has(cameraId)) this.#start(deps, rows.get(cameraId)!, sessionId);
    }
  }

  close(): void {
    for (const cameraId of [...this.#running.keys()]) this.#stop(cameraId);
  }

  #stop(cameraId: string): void {
    this.#running.get(cameraId)?.close();
    this.#running.delete(cameraId);
  }

  #start(deps: NetworkCamerasDeps, row: CameraRow, sessionId: SessionId): void {
    const identity = deps.ring.keys()?.identity;
    const login = identity === undefined ? null : openLogin(row.login, identity);
    if (login === null) {
      this.#locked.add(row.cameraId);
      return;
    }
    const delivery = new Delivery(deps, sessionId, row.cameraId);
    const camera = new RtspCamera(
      { address: row.address, ...login },
      {
        ffmpeg: deps.ffmpeg() ?? 'ffmpeg',
        clock: deps.clock,
        sound: deps.recording.places.audio(deps.db),
        listener: delivery,
      },
    );
    this.#running.set(row.cameraId, {
      camera,
      sessionId,
      setting: settingOf(deps, row),
      close: () => {
        camera.stop();
        delivery.close();
      },
    });
  }
}

const settingOf = (deps: NetworkCamerasDeps, { address, login }: CameraRow): string =>
  `${address} ${deps.recording.places.audio(deps.db)} ${Buffer.from(login).toString('base64')}`;

/** Brings one camera's fragments into the recording, in order, one at a time. */
class Delivery {
  readonly #deps: NetworkCamerasDeps;
  readonly #sessionId: SessionId;
  readonly #cameraId: CameraId;
  #recordingId: string | null = null;
  #sequence = 0;
  #segmentBeganMs = 0;
  #mustOpen = true;
  #waiting: RtspFragment[] = [];
  #busy = false;
  #closed = false;
  #saidTrouble: RtspTrouble | null = null;

  constructor(deps: NetworkCamerasDeps, sessionId: SessionId, cameraId: CameraId) {
    this.#deps = deps;
    this.#sessionId = sessionId;
    this.#cameraId = cameraId;
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  began(format: RtspFormat): void {
    if (this.#closed) return;
    this.#saidTrouble = null;
    const { width, height, codec } = format;
    const started = startRecording(this.#deps.recording, theStation, {
      sessionId: this.#sessionId,
      cameraId: this.#cameraId,
      deskRun: newId('RTSP'),
      deviceLabel: 'RTSP',
      width,
      height,
      codec,
    });
    this.#recordingId = started.ok ? started.value.recordingId : null;
    this.#sequence = 0;
    this.#mustOpen = true;
    this.#waiting = [];
    this.#deps.changed();
  }

  fragment(fragment: RtspFragment): void {
    if (this.#closed || this.#recordingId === null) return;
    this.#waiting.push(fragment);
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting.splice(0, this.#waiting.length - MOST_WAITING);
      this.#mustOpen = true;
    }
    void this.#deliver();
  }

  fault(trouble: RtspTrouble): void {
    if (this.#closed) return;
    reportFault(this.#deps.recording, theStation, {
      sessionId: this.#sessionId,
      cameraId: this.#cameraId,
      fault: FAULTS[trouble],
    });
    // One entry for as long as it stays the same trouble, however often it is tried again.
    if (this.#saidTrouble === trouble) return;
    this.#saidTrouble = trouble;
    inTransaction(this.#deps.db, (w) =>
      this.#deps.journal.append(
        w,
        { kind: 'station' },
        networkCameraEvents.trouble,
        { cameraId: this.#cameraId, trouble },
        this.#sessionId,
      ),
    );
    this.#deps.changed();
  }

  async #deliver(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await this.#put(next);
    } catch (error) {
      console.error('a fragment of a network camera was not stored:', error instanceof Error ? error.message : error);
      this.#mustOpen = true;
    } finally {
      this.#busy = false;
    }
  }

  async #put(fragment: RtspFragment): Promise<void> {
    const recordingId = this.#recordingId;
    if (recordingId === null || this.#closed) return;
    const isLong = fragment.beginMs - this.#segmentBeganMs >= SEGMENT_MS;
    const opens = fragment.opens && (this.#mustOpen || isLong);
    // Nothing can be stored before a key frame.
    if (this.#mustOpen && !opens) return;
    const { bytes, ...when } = fragment;
    const sent = opens || !fragment.opens ? bytes : withoutHead(bytes);
    const put = await putFragment(this.#deps.recording, theStation, {
      recordingId,
      sequence: this.#sequence,
      opens,
      closes: false,
      beginMs: when.beginMs,
      endMs: when.endMs,
      firstMonoMs: when.firstMonoMs,
      lastMonoMs: when.lastMonoMs,
      frames: fragment.frames,
      fragment: new Blob([sent as Uint8Array<ArrayBuffer>]),
    });
    this.#mustOpen = !put.ok;
    if (opens) this.#segmentBeganMs = fragment.beginMs;
    this.#sequence += 1;
    if (put.ok) return;
    // Another desk took the camera over, or the session ended: this run is over.
    if (put.error.code === 'TAKEN_OVER' || put.error.code === 'SESSION_SEALED') this.#recordingId = null;
  }
}

/** The fragment alone, where its segment has begun already: everything from the first `moof` on. */
function withoutHead(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at + 8 <= bytes.length && String.fromCharCode(...bytes.subarray(at + 4, at + 8)) !== 'moof') {
    at += Math.max(8, view.getUint32(at));
  }
  return bytes.subarray(at);
}

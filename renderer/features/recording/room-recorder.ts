import type { CameraId, RoomId, SessionId } from '../../../electron/lib/ids.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { createStore, type Store } from '../../api/store.ts';
import { CameraRecorder } from './camera-recorder.ts';
import { assignDevices, spareDevice, type VideoDevice, videoDevices } from './devices.ts';

export interface PlannedCamera {
  readonly cameraId: CameraId;
  readonly label: string;
}

export interface RoomToRecord {
  readonly name: string;
  readonly location: string;
  readonly cameras: readonly PlannedCamera[];
  readonly minHeight: number;
  readonly audio: boolean;
}

/** What this browser remembers of a room, so that a reload goes on by itself. */
interface Remembered {
  recordingSession: string | null;
  devices: Record<string, string>;
}

/**
 * The cameras of one room as this window records them. Kept outside of React and until the page goes: whoever looks at
 * another desk in the meantime does not stop a recording.
 */
export class RoomRecorder {
  readonly recorders: Store<ReadonlyMap<CameraId, CameraRecorder>>;
  readonly devices: Store<readonly VideoDevice[]>;
  readonly #key: string;
  readonly #remembered: Remembered;
  #started: { sessionId: SessionId; room: RoomToRecord; atMs: number } | null = null;

  constructor(roomId: RoomId) {
    this.#key = `kaodian.room.${roomId}`;
    this.#remembered = recall(this.#key);
    this.recorders = createStore<ReadonlyMap<CameraId, CameraRecorder>>(new Map());
    this.devices = createStore<readonly VideoDevice[]>([]);
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#devicesChanged());
    window.addEventListener('beforeunload', (event) => {
      if (this.isRecording) event.preventDefault();
    });
    void this.refreshDevices();
  }

  get isRecording(): boolean {
    return [...this.recorders.get().values()].some((r) => {
      const { kind } = r.view.get().work;
      return kind === 'recording' || kind === 'fault' || kind === 'opening' || kind === 'stopping';
    });
  }

  /** Whether this browser was recording this session when its page went away. */
  wasRecording(sessionId: SessionId): boolean {
    return this.#remembered.recordingSession === sessionId && this.recorders.get().size === 0;
  }

  /** Starts every planned camera, each on its own device. */
  async start(sessionId: SessionId, room: RoomToRecord): Promise<void> {
    this.recorders.set(new Map());
    this.#started = { sessionId, room, atMs: stationNowMs() };
    this.#remember({ recordingSession: sessionId });
    await this.refreshDevices();
    this.startMissing();
    // Permission given for the first camera reveals the ids of the others.
    const first = [...this.recorders.get().values()][0];
    const forget = first?.view.subscribe(() => {
      if (first.view.get().work.kind !== 'recording') return;
      forget?.();
      void this.refreshDevices().then(() => this.startMissing());
    });
  }

  /** When this window began, by the station's clock; null before. */
  get startedAtMs(): number | null {
    return this.#started?.atMs ?? null;
  }

  /** Starts the cameras that had no device before and have one now. */
  startMissing(): void {
    if (this.#started === null) return;
    const { sessionId, room } = this.#started;
    const { name, location, cameras, minHeight, audio } = room;
    const running = new Map(this.recorders.get());
    const assigned = this.assignment(cameras);
    for (const [i, { cameraId, label }] of cameras.entries()) {
      const deviceId = assigned[i] ?? null;
      // Before permission is given devices have no ids: the first camera then takes whatever the browser offers.
      if (running.has(cameraId) || (deviceId === null && i > 0)) continue;
      const overlayLabel = `${name} ${location} ${label}`;
      running.set(cameraId, new CameraRecorder({ sessionId, cameraId }, { deviceId, overlayLabel, minHeight, audio }));
    }
    this.recorders.set(running);
  }

  stop(reason: 'operator' | 'session-ended'): void {
    this.#remember({ recordingSession: null });
    this.#started = null;
    for (const recorder of this.recorders.get().values()) recorder.stop(reason);
  }

  /** Device of each planned camera, null where none is left. */
  assignment(cameras: readonly PlannedCamera[]): (string | null)[] {
    return assignDevices(
      cameras.map((c) => this.#remembered.devices[c.cameraId] ?? null),
      this.devices.get(),
    );
  }

  /** A device no camera of the room uses. */
  spare(cameras: readonly PlannedCamera[]): VideoDevice | null {
    return spareDevice(this.assignment(cameras), this.devices.get());
  }

  choose(cameraId: CameraId, deviceId: string): void {
    const devices = { ...this.#remembered.devices };
    for (const [other, taken] of Object.entries(devices)) if (taken === deviceId) delete devices[other];
    devices[cameraId] = deviceId;
    this.#remember({ devices });
    this.recorders.get().get(cameraId)?.reconnect(deviceId);
    this.devices.set([...this.devices.get()]);
  }

  async refreshDevices(): Promise<void> {
    this.devices.set(await videoDevices().catch(() => []));
  }

  async #devicesChanged(): Promise<void> {
    await this.refreshDevices();
    for (const recorder of this.recorders.get().values()) recorder.reconnect();
    if (this.recorders.get().size > 0) this.startMissing();
  }

  #remember(change: Partial<Remembered>): void {
    Object.assign(this.#remembered, change);
    localStorage.setItem(this.#key, JSON.stringify(this.#remembered));
  }
}

function recall(key: string): Remembered {
  try {
    const { recordingSession, devices } = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Remembered>;
    return {
      recordingSession: typeof recordingSession === 'string' ? recordingSession : null,
      devices: devices !== null && typeof devices === 'object' ? devices : {},
    };
  } catch {
    return { recordingSession: null, devices: {} };
  }
}

const rooms = new Map<RoomId, RoomRecorder>();

/** The one recorder of a room in this window. */
export function roomRecorder(roomId: RoomId): RoomRecorder {
  const known = rooms.get(roomId);
  if (known !== undefined) return known;
  const made = new RoomRecorder(roomId);
  rooms.set(roomId, made);
  return made;
}

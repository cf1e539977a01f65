import { ORPCError } from '@orpc/client';
import type { LiveState, SignalAnswer, SignalRequest } from '../../../electron/features/supervision/contract.ts';
import type { CameraId, RoomId } from '../../../electron/lib/ids.ts';
import { station } from '../../api/client.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { onStationEvent } from '../../api/station-events.tsx';
import { createStore, type Store } from '../../api/store.ts';
import { clockText, dateText } from '../../ui/time-text.ts';
import type { CameraRecorder } from '../recording/camera-recorder.ts';
import { type RoomRecorder, roomRecorder } from '../recording/room-recorder.ts';
import { CameraClones } from './camera-clones.ts';
import { type GivingWay, giveWay, type Room, undisturbed } from './give-way.ts';
import { type LiveDriver, LiveFailure, type Signal } from './live-driver.ts';
import { LiveRun } from './live-run.ts';
import type { LineState, LossReason } from './reconnect.ts';
import { recordingHealth } from './recording-health.ts';
import { takeStill } from './take-still.ts';

type RoomAsked = Awaited<ReturnType<typeof station.supervision.room>>;

export interface RoomLiveView {
  /** What the station last said; null before it said anything. */
  readonly asked: RoomAsked | null;
  readonly cameras: ReadonlyMap<CameraId, LiveState>;
  /** Why pictures do not go, where they should; the first of several. */
  readonly hindrance: LossReason | null;
  readonly room: Room;
}

const lookEveryMs = 1_000;
const askEveryMs = 5_000;
/** Nobody confirms any more that the site allows it: sending ends. */
const unconfirmedAfterMs = 15_000;

/**
 * The live pictures of one room, sent by the window that records it. Outside of React and for as long as the page lives, as
 * the recorder is; what it does follows from what the station answers, asked every few seconds and at every news.
 */
export class RoomLive {
  readonly view: Store<RoomLiveView>;
  readonly #roomId: RoomId;
  readonly #recorder: RoomRecorder;
  readonly #windowId = `live-${crypto.randomUUID()}`;
  readonly #clones = new CameraClones();
  readonly #runs = new Map<string, LiveRun>();
  readonly #stillsUnderWay = new Set<string>();
  #driver: { way: string; driver: LiveDriver } | null = null;
  #giving: GivingWay = undisturbed(performance.now(), 0);
  #confirmedAtMs = performance.now();
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #asking = false;
  #reported = '';
  #reportedAtMs = Number.NEGATIVE_INFINITY;
  #lost: number | null = null;

  constructor(roomId: RoomId) {
    this.#roomId = roomId;
    this.#recorder = roomRecorder(roomId);
    this.view = createStore<RoomLiveView>({ asked: null, cameras: new Map(), hindrance: null, room: 'all' });
    onStationEvent((event) => {
      if (event.kind === 'changed' && (event.topic === 'supervision' || event.topic === 'session')) void this.#ask();
    });
    setInterval(() => void this.#look(), lookEveryMs);
    window.addEventListener('pagehide', () => this.#endAll());
    void this.#ask();
  }

  async #look(): Promise<void> {
    const nowMs = performance.now();
    const recorders = this.#recorder.recorders.get();
    this.#giving = giveWay(this.#giving, recordingHealth(recorders.values()), nowMs);
    if (nowMs - this.#askedAtMs >= askEveryMs) void this.#ask();
    await this.#drive();
    this.#show();
    void this.#report();
  }

  /** Asks the station what is wanted. While it is away, what it said last holds for a while. */
  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#askedAtMs = performance.now();
    try {
      const asked = await station.supervision.room({ roomId: this.#roomId });
      this.#confirmedAtMs = performance.now();
      if (this.#lost !== null && asked.lost > this.#lost) for (const run of this.#runs.values()) run.lostThere();
      this.#lost = asked.lost;
      this.#set({ asked });
      void this.#drive();
      if (this.#recorder.isRecording)
        for (const { requestId, cameraId } of asked.stills) void this.#still(requestId, cameraId);
    } catch {
      // Signed out, or out of reach: see `unconfirmedAfterMs`.
    } finally {
      this.#asking = false;
    }
  }

  /** Makes what is sent follow what is wanted, allowed and there. */
  async #drive(): Promise<void> {
    const { asked } = this.view.get();
    const isConfirmed = performance.now() - this.#confirmedAtMs < unconfirmedAfterMs;
    const wanted = asked?.wanted && isConfirmed;
    const streams = wanted ? streamsOf(this.#recorder.recorders.get()) : new Map<CameraId, MediaStream>();
    if (streams.size === 0 && this.#runs.size === 0) return;
    const driver = await this.#driverFor(asked?.way ?? 'none');
    if (driver === null || asked === null) {
      this.#endAll();
      return;
    }
    const cameras = this.#clones.follow(streams);
    const groups = driver.isShared
      ? new Map([['room', cameras]])
      : new Map(cameras.map((camera) => [camera.cameraId as string, [camera]]));
    const allowance = { room: this.#giving.room, size: asked.size };
    for (const [key, run] of this.#runs) {
      if ((groups.get(key) ?? []).length > 0) continue;
      run.end();
      this.#runs.delete(key);
    }
    for (const [key, group] of groups) {
      if (group.length === 0) continue;
      let run = this.#runs.get(key);
      if (run === undefined) {
        run = new LiveRun(driver, allowance, () => this.#canSignal());
        run.state.subscribe(() => this.#show());
        this.#runs.set(key, run);
      }
      run.allow(allowance);
      run.send(group);
    }
  }

  /** Loaded when the first picture is wanted: most rooms never need it. */
  async #driverFor(way: string): Promise<LiveDriver | null> {
    if (this.#driver?.way === way) return this.#driver.driver;
    if (this.#driver !== null) this.#endAll();
    if (way === 'centre') {
      const { mediasoupDriver } = await import('./mediasoup-driver.ts');
      this.#driver = { way, driver: mediasoupDriver(this.#signal) };
    } else if (way === 'whip') {
      const { whipDriver } = await import('./whip-driver.ts');
      this.#driver = { way, driver: whipDriver(this.#signal) };
    } else {
      this.#driver = null;
    }
    return this.#driver?.driver ?? null;
  }

  #canSignal(): boolean {
    const { asked } = this.view.get();
    return asked !== null && (asked.way === 'whip' || asked.line.kind === 'open');
  }

  readonly #signal: Signal = (async (request: SignalRequest): Promise<SignalAnswer> => {
    try {
      return await station.supervision.signal({ roomId: this.#roomId, windowId: this.#windowId, request });
    } catch (error) {
      const isTold = error instanceof ORPCError && error.code === 'SIGNAL_FAILED';
      throw new LiveFailure(isTold ? (error.data as { reason: LossReason }).reason : 'no-line');
    }
  }) as Signal;

  async #still(requestId: string, cameraId: CameraId | null): Promise<void> {
    if (this.#stillsUnderWay.has(requestId)) return;
    this.#stillsUnderWay.add(requestId);
    const streams = streamsOf(this.#recorder.recorders.get());
    const [id, stream] = [...streams].find(([c]) => cameraId === null || c === cameraId) ?? [];
    const track = stream?.getVideoTracks()[0];
    const takenAtMs = stationNowMs();
    const still =
      track === undefined
        ? null
        : await takeStill(track, `${dateText(takenAtMs)} ${clockText(takenAtMs)}  ${this.#roomId} ${id}`);
    await station.supervision.putStill({ requestId, takenAtMs, still }).catch(() => {
      // Not delivered: the station still has it as asked for, and the next answer brings it here again.
      this.#stillsUnderWay.delete(requestId);
    });
  }

  #endAll(): void {
    for (const run of this.#runs.values()) run.end();
    this.#runs.clear();
    this.#clones.follow(new Map());
  }

  #show(): void {
    const { asked } = this.view.get();
    const states = [...this.#runs.values()].map((run) => ({ cameraIds: run.cameraIds, state: run.state.get() }));
    const cameras = new Map<CameraId, LiveState>();
    for (const [cameraId] of this.#recorder.recorders.get()) {
      const run = states.find((r) => r.cameraIds.includes(cameraId));
      cameras.set(cameraId, this.#stateOf(run?.state ?? null, asked?.wanted ?? false));
    }
    const waiting = states.map((r) => r.state).find((s) => s.kind === 'waiting');
    const hindrance = waiting?.kind === 'waiting' ? waiting.reason : null;
    this.#set({ cameras, hindrance, room: this.#giving.room });
  }

  #stateOf(line: LineState | null, wanted: boolean): LiveState {
    if (line === null) return wanted ? 'no-camera' : 'off';
    if (line.kind === 'opening') return 'opening';
    if (line.kind === 'live') return this.#giving.room === 'none' ? 'giving-way' : 'live';
    return line.kind === 'off' ? 'off' : 'waiting';
  }

  /** Tells the station how the cameras' ways stand: at every change, and every few seconds as a sign of life. */
  async #report(): Promise<void> {
    const { asked, cameras } = this.view.get();
    if (asked === null || asked.way === 'none' || !this.#recorder.isRecording) return;
    const list = [...cameras].map(([cameraId, state]) => ({ cameraId, state }));
    const text = JSON.stringify(list);
    const nowMs = performance.now();
    if (text === this.#reported && nowMs - this.#reportedAtMs < askEveryMs) return;
    this.#reported = text;
    this.#reportedAtMs = nowMs;
    await station.supervision
      .report({ roomId: this.#roomId, windowId: this.#windowId, cameras: list })
      .catch(() => undefined);
  }

  #set(change: Partial<RoomLiveView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}

/** What the recorders have open now. */
function streamsOf(recorders: ReadonlyMap<CameraId, CameraRecorder>): Map<CameraId, MediaStream> {
  const open = [...recorders].map(([cameraId, recorder]) => [cameraId, recorder.view.get().stream] as const);
  return new Map(open.filter((entry): entry is [CameraId, MediaStream] => entry[1] !== null));
}

const rooms = new Map<RoomId, RoomLive>();

/** One for each room and page, begun when first asked for. */
export function roomLive(roomId: RoomId): RoomLive {
  const known = rooms.get(roomId) ?? new RoomLive(roomId);
  rooms.set(roomId, known);
  return known;
}

import type { CameraFault } from '../../../electron/features/recording/contract.ts';
import type { CameraId, SessionId } from '../../../electron/lib/ids.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { localMs } from '../../api/local-clock.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { createStore, type Store } from '../../api/store.ts';
import { drawGlyphs } from './capture/draw-glyphs.ts';
import type { FromCapture, PictureFault, ToCapture } from './capture/messages.ts';
import {
  type DeliveryNews,
  DeliveryQueue,
  type Later,
  type RefusedForGood,
  type RefusedFragment,
} from './delivery/delivery-queue.ts';
import { type EncoderFacts, stationPort } from './delivery/station-port.ts';
import { openCamera } from './devices.ts';
import { type Interval, withStored } from './stored-bar.ts';

export type CameraWork =
  | { kind: 'idle' }
  /** The browser is asking the person, or the device is being opened. */
  | { kind: 'opening' }
  | { kind: 'recording' }
  /** Frames do not come, or are not what they should be (`isPictureOnly`). `attempts`: how often the device was opened since. */
  | { kind: 'fault'; fault: CameraFault; sinceMs: number; attempts: number }
  | { kind: 'refused'; code: RefusedForGood }
  /** No more frames; what waits is being delivered. */
  | { kind: 'stopping' }
  | { kind: 'stopped' };

export interface RecorderView {
  readonly work: CameraWork;
  /**
   * The one opened device: this recorder owns its tracks, and nobody else asks for the device. Who wants the picture too
   * (preview, live view) shows it or clones a track and stops the clone, and takes the new stream when this one changes:
   * null while the device is out.
   */
  readonly stream: MediaStream | null;
  readonly deviceLabel: string;
  readonly height: number | null;
  readonly framesPerSecond: number;
  /** Frames let go so far because the encoder was behind: the first sign that the computer has too much to do. */
  readonly dropped: number;
  readonly lastFrameMs: number | null;
  /** What the station has confirmed in the last minutes. */
  readonly stored: readonly Interval[];
  readonly waiting: { fragments: number; bytes: number; hindrance: Later['why'] | null };
  readonly refused: RefusedFragment | null;
  /** When the station's clock was set last, so that another recording began; null when never. */
  readonly clockSteppedAtMs: number | null;
}

const firstRetryMs = 1_000;
const longestRetryMs = 15_000;

/**
 * Records one camera: opens the device, hands its frames to the worker, and the worker's fragments to the queue. When
 * frames stop it opens the device again by itself, ever more slowly. It lives outside of React, so that a desk that is
 * drawn anew records on.
 */
export class CameraRecorder {
  readonly view: Store<RecorderView>;
  readonly #minHeight: number;
  readonly #audio: boolean;
  readonly #worker: Worker;
  readonly #queue: DeliveryQueue;
  readonly #pump: ReturnType<typeof setInterval>;
  #facts: EncoderFacts = { width: 16, height: 16, codec: '', deviceLabel: '', clockStepped: false };
  #deskRun = newDeskRun();
  #sequence = 0;
  #deviceId: string | null;
  #opening = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #attempts = 0;
  #stopReason: 'operator' | 'session-ended' = 'operator';
  #faultToReport: { fault: CameraFault; sinceMs: number } | null = null;
  #pictureFault: Extract<CameraWork, { kind: 'fault' }> | null = null;

  constructor(
    camera: { sessionId: SessionId; cameraId: CameraId },
    options: { deviceId: string | null; minHeight: number; audio: boolean; overlayLabel: string },
  ) {
    this.#deviceId = options.deviceId;
    this.#minHeight = options.minHeight;
    this.#audio = options.audio;
    this.view = createStore<RecorderView>({
      work: { kind: 'opening' },
      stream: null,
      deviceLabel: '',
      height: null,
      framesPerSecond: 0,
      dropped: 0,
      lastFrameMs: null,
      stored: [],
      waiting: { fragments: 0, bytes: 0, hindrance: null },
      refused: null,
      clockSteppedAtMs: null,
    });
    this.#queue = new DeliveryQueue(
      stationPort(camera, () => this.#facts),
      (news) => this.#hearDelivery(news),
    );
    this.#worker = new Worker(new URL('./capture/capture-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.onmessage = (event: MessageEvent<FromCapture>) => this.#hearCapture(event.data);
    // A worker that breaks is a fault like any other: seen, reported, tried again by hand.
    this.#worker.onerror = () => this.#fail('no-encoder', stationNowMs());
    this.#pump = setInterval(() => this.#tick(), 1_000);
    void this.#begin(options.overlayLabel);
  }

  /** Opens the device again now; with an id, another one. Enter, and whenever devices come and go. */
  reconnect(deviceId: string | null = this.#deviceId): void {
    const { work } = this.view.get();
    if (work.kind !== 'fault' && deviceId === this.#deviceId) return;
    if (work.kind === 'stopping' || work.kind === 'stopped' || work.kind === 'refused') return;
    this.#deviceId = deviceId;
    void this.#open();
  }

  /** Takes no more frames and delivers what there is; `view` says when that is done. */
  stop(reason: 'operator' | 'session-ended'): void {
    const { work } = this.view.get();
    if (work.kind === 'stopping' || work.kind === 'stopped' || work.kind === 'refused') return;
    this.#opening += 1;
    clearTimeout(this.#retry);
    this.#closeStream();
    this.#show({ work: { kind: 'stopping' } });
    this.#stopReason = reason;
    this.#tell({ kind: 'end' });
  }

  async #begin(label: string): Promise<void> {
    const overlay = await drawGlyphs(label, Math.round(Math.max(720, this.#minHeight) / 28));
    this.#tell({ kind: 'overlay', ...overlay });
    await this.#open();
  }

  async #open(): Promise<void> {
    clearTimeout(this.#retry);
    this.#opening += 1;
    const mine = this.#opening;
    this.#closeStream();
    if (this.view.get().work.kind !== 'fault') this.#show({ work: { kind: 'opening' } });
    const opened = await openCamera(this.#deviceId, { minHeight: this.#minHeight, audio: this.#audio });
    if (mine !== this.#opening) {
      if (opened.ok) for (const track of opened.value.getTracks()) track.stop();
      return;
    }
    if (!opened.ok) {
      this.#fail(opened.error, stationNowMs());
      return;
    }
    const track = opened.value.getVideoTracks()[0]!;
    this.#deviceId = track.getSettings().deviceId ?? this.#deviceId;
    track.onended = () => this.#fail('unplugged', stationNowMs());
    this.#facts = { ...this.#facts, deviceLabel: track.label.slice(0, 200) };
    this.#show({ stream: opened.value, deviceLabel: track.label, height: track.getSettings().height ?? null });
    const frames = new MediaStreamTrackProcessor({ track: track as MediaStreamVideoTrack, maxBufferSize: 3 }).readable;
    const heard = opened.value.getAudioTracks()[0];
    const sound = heard === undefined ? null : new MediaStreamTrackProcessor({ track: heard }).readable;
    const stationOffsetMs = stationNowMs() - localMs();
    this.#tell(
      { kind: 'source', frames, sound, minHeight: this.#minHeight, stationOffsetMs },
      sound === null ? [frames] : [frames, sound],
    );
  }

  #closeStream(): void {
    const { stream } = this.view.get();
    for (const track of stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    if (stream !== null) this.#show({ stream: null, framesPerSecond: 0 });
  }

  /** Notes a fault, lets the worker finish what it has, reports it behind that, and tries again later. */
  #fail(fault: CameraFault, sinceMs: number): void {
    const { work } = this.view.get();
    if (work.kind === 'stopping' || work.kind === 'stopped' || work.kind === 'refused') return;
    const isNew = work.kind !== 'fault' || (work.fault !== fault && isPictureOnly(work.fault));
    this.#show({ work: { kind: 'fault', fault, sinceMs: isNew ? sinceMs : work.sinceMs, attempts: this.#attempts } });
    if (fault !== 'stalled' && fault !== 'unreadable') this.#closeStream();
    if (isNew) {
      this.#faultToReport = { fault, sinceMs };
      this.#tell({ kind: 'release' });
    }
    if (fault === 'permission') return;
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#attempts);
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#attempts += 1;
      void this.#open();
    }, waitMs);
  }

  #hearCapture(message: FromCapture): void {
    switch (message.kind) {
      case 'ready':
        this.#facts = { ...this.#facts, codec: message.codec, width: message.width, height: message.height };
        this.#show({ height: message.height });
        break;
      case 'fragment': {
        const init = new Blob([message.init]);
        const media = new Blob([message.media]);
        const sequence = this.#sequence++;
        this.#queue.push({ ...message, deskRun: this.#deskRun, sequence, init, media });
        this.#deliver();
        break;
      }
      case 'pulse':
        this.#show({
          lastFrameMs: message.lastFrameMs,
          framesPerSecond: message.framesPerSecond,
          dropped: message.dropped,
        });
        this.#sawFrames(message);
        this.#deliver();
        break;
      case 'released':
        if (this.#faultToReport !== null) this.#queue.push({ kind: 'fault', ...this.#faultToReport });
        this.#faultToReport = null;
        this.#deliver();
        break;
      case 'fault':
        this.#fail(message.fault, message.sinceMs);
        break;
      case 'picture':
        this.#picture(message.fault, message.sinceMs);
        break;
      case 'clock-stepped':
        this.#facts = { ...this.#facts, clockStepped: true };
        this.#show({ clockSteppedAtMs: stationNowMs() });
        this.#newRun();
        break;
      case 'ended':
        this.#queue.push({ kind: 'stop', reason: this.#stopReason });
        this.#worker.terminate();
        this.#deliver();
        break;
      default:
        unreachable(message);
    }
  }

  /** Frames that come end every fault but one of the picture. */
  #sawFrames({ lastFrameMs, framesPerSecond }: { lastFrameMs: number | null; framesPerSecond: number }): void {
    const { work, stream } = this.view.get();
    if (stream === null || lastFrameMs === null || framesPerSecond === 0) return;
    const isBack = work.kind === 'fault' && !isPictureOnly(work.fault) && lastFrameMs > work.sinceMs;
    if (work.kind !== 'opening' && !isBack) return;
    clearTimeout(this.#retry);
    this.#attempts = 0;
    this.#show({ work: this.#pictureFault ?? { kind: 'recording' } });
  }

  /**
   * The device is not opened again for what the picture shows: it may be a still room seen by a quiet sensor, and then
   * that would cost frames. A person looks, and presses Enter.
   */
  #picture(fault: PictureFault | null, sinceMs: number): void {
    this.#pictureFault = fault === null ? null : { kind: 'fault', fault, sinceMs, attempts: 0 };
    // Fragments go on; the report stands where it belongs among them.
    this.#queue.push({ kind: 'fault', fault, sinceMs });
    const { work } = this.view.get();
    const isFilming = work.kind === 'recording' || work.kind === 'opening';
    if (isFilming || (work.kind === 'fault' && isPictureOnly(work.fault))) {
      this.#show({ work: this.#pictureFault ?? { kind: 'recording' } });
    }
    this.#deliver();
  }

  /** The station's clock was set: what follows is another recording. */
  #newRun(): void {
    this.#deskRun = newDeskRun();
    this.#sequence = 0;
  }

  #hearDelivery(news: DeliveryNews): void {
    switch (news.kind) {
      case 'stored':
        this.#show({ stored: withStored(this.view.get().stored, news), refused: null });
        break;
      case 'given-up':
        break;
      case 'refused':
        this.#show({ refused: news.code });
        // Times the station does not believe: begin again with its clock as it is now.
        if (news.code === 'BAD_INTERVAL') this.#newRun();
        break;
      case 'ended':
        this.#retire();
        // The session ended before a run after a clock step could begin: the end for this camera too, and no fault.
        this.#show({
          work: news.code === 'SESSION_NOT_OPEN' ? { kind: 'stopped' } : { kind: 'refused', code: news.code },
        });
        break;
      case 'stopped':
        this.#retire();
        this.#show({ work: { kind: 'stopped' } });
        break;
      default:
        unreachable(news);
    }
  }

  #retire(): void {
    this.#opening += 1;
    clearTimeout(this.#retry);
    clearInterval(this.#pump);
    this.#closeStream();
    this.#worker.terminate();
  }

  #tick(): void {
    this.#tell({ kind: 'clock', stationOffsetMs: stationNowMs() - localMs() });
    this.#deliver();
  }

  #deliver(): void {
    this.#queue.pump(performance.now());
    const waiting = this.#queue.state;
    const shown = this.view.get().waiting;
    if (waiting.fragments !== shown.fragments || waiting.hindrance !== shown.hindrance) this.#show({ waiting });
  }

  #tell(message: ToCapture, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #show(change: Partial<RecorderView>): void {
    this.view.set({ ...this.view.get(), ...change });
  }
}

/** Frames come and are stored, whatever they show. */
export const isPictureOnly = (fault: CameraFault): boolean =>
  fault === 'black' || fault === 'covered' || fault === 'frozen' || isWeak(fault);

/** Frames come and show the room, only not as they should. */
export const isWeak = (fault: CameraFault): boolean => fault === 'low-resolution' || fault === 'slow-encoder';

const newDeskRun = (): string => `desk-${crypto.randomUUID()}`;

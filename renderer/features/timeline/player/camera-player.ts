import { type AskSegment, type FedSegment, SegmentFeed } from './segment-feed.ts';

/** How far ahead the pictures are fetched, at speed 1. */
const aheadMs = 9_000;
/** What lies further back than this is let go. */
const behindMs = 30_000;
/** More than this off the clock, a picture jumps; less, it runs a little faster or slower. */
const jumpMs = 350;
/** Two segments nearer than this are one stretch to a player. */
const seamMs = 1_000;

export type Picture = 'none' | 'coming' | 'shown' | 'unplayable';

export interface Stretch {
  readonly beginMs: number;
  readonly endMs: number;
}

/**
 * One camera's pictures in a video element, held to the common clock. Segments are laid at the wall time of their first
 * picture; a stretch without a picture stays empty and shows nothing, least of all the last picture before it.
 */
export class CameraPlayer {
  readonly #video: HTMLVideoElement;
  readonly #feed: SegmentFeed;
  readonly #baseMs: number;
  readonly #source = new MediaSource();
  readonly #url: string;
  #buffer: SourceBuffer | null = null;
  #mediaType = '';
  #laid: Stretch[] = [];
  #queue: FedSegment[] = [];
  #asking = false;
  #closed = false;
  #stored: readonly Stretch[] = [];
  #unplayable = false;
  /** The moment asked for last: where the video element stands may be somewhere else still. */
  #wallMs = 0;
  /** Length of a frame of the segment shown last. */
  frameMs = 1000 / 15;

  constructor(video: HTMLVideoElement, baseMs: number, ask: AskSegment) {
    this.#video = video;
    this.#baseMs = baseMs;
    this.#feed = new SegmentFeed(ask);
    this.#url = URL.createObjectURL(this.#source);
    video.src = this.#url;
    video.muted = true;
    this.#source.addEventListener('sourceopen', () => this.#work());
  }

  set stored(stored: readonly Stretch[]) {
    this.#stored = stored;
  }

  close(): void {
    this.#closed = true;
    this.#feed.close();
    this.#video.removeAttribute('src');
    this.#video.load();
    URL.revokeObjectURL(this.#url);
  }

  /** What there is to see at this moment. */
  pictureAt(wallMs: number): Picture {
    if (!this.#stored.some((s) => s.beginMs <= wallMs && s.endMs > wallMs)) return 'none';
    if (this.#unplayable) return 'unplayable';
    const isHere = this.#laid.some((s) => s.beginMs <= wallMs + 1 && s.endMs > wallMs);
    return isHere && this.#video.readyState >= 2 && !this.#video.seeking ? 'shown' : 'coming';
  }

  /** How far the picture shown is off the clock, in ms. */
  offMs(wallMs: number): number {
    return this.#baseMs + this.#video.currentTime * 1000 - wallMs;
  }

  /** Holds the picture to the clock. Called some ten times a second, and at every jump. */
  follow(wallMs: number, playing: boolean, speed: number): void {
    if (this.#closed) return;
    this.#wallMs = wallMs;
    const picture = this.pictureAt(wallMs);
    if (picture === 'none' || picture === 'unplayable') {
      if (!this.#video.paused) this.#video.pause();
      // What comes next is fetched already, so that it is there when its time comes.
      if (picture === 'none' && playing) this.#want(wallMs, aheadMs);
      return;
    }
    this.#want(wallMs, playing ? aheadMs * Math.max(1, speed) : 0);
    const isHere = this.#laid.some((s) => s.beginMs <= wallMs + 1 && s.endMs > wallMs);
    if (!isHere) return;
    const offMs = this.offMs(wallMs);
    if (Math.abs(offMs) > (playing ? jumpMs * Math.max(1, speed) : 5) && !this.#video.seeking) {
      this.#video.currentTime = (wallMs - this.#baseMs) / 1000;
    }
    if (!playing) {
      if (!this.#video.paused) this.#video.pause();
      return;
    }
    const correction = Math.max(-0.15, Math.min(0.15, offMs / 600));
    this.#video.playbackRate = Math.min(16, Math.max(0.1, speed * (1 - correction)));
    if (this.#video.paused) void this.#video.play().catch(() => undefined);
  }

  #want(wallMs: number, ahead: number): void {
    if (this.#asking || this.#queue.length > 2) return;
    const missing = this.#firstMissing(wallMs, wallMs + ahead);
    if (missing === null) return;
    this.#asking = true;
    this.#feed
      .get(missing)
      .then((segment) => {
        if (segment === null || this.#closed) return;
        this.#queue.push(segment);
        this.#work();
      })
      .catch(() => undefined)
      .finally(() => {
        this.#asking = false;
      });
  }

  /** The first stored moment between the two that is not laid yet. */
  #firstMissing(fromMs: number, toMs: number): number | null {
    let atMs = fromMs;
    for (let guard = 0; guard < 100 && atMs <= toMs; guard += 1) {
      const laid = [...this.#laid, ...this.#queue].find((s) => s.beginMs <= atMs + 1 && s.endMs > atMs);
      if (laid !== undefined) {
        atMs = laid.endMs;
        continue;
      }
      const stored = this.#stored.find((s) => s.endMs > atMs);
      if (stored === undefined || stored.beginMs > toMs) return null;
      if (stored.beginMs <= atMs) return atMs;
      atMs = stored.beginMs;
    }
    return null;
  }

  /** Lays the next segment, or lets go of what is long past; one at a time, as a source buffer wants it. */
  #work(): void {
    if (this.#closed || this.#source.readyState !== 'open' || this.#buffer?.updating) return;
    const segment = this.#queue[0];
    if (segment === undefined) {
      this.#letGo();
      return;
    }
    if (segment.mediaType === null || !MediaSource.isTypeSupported(segment.mediaType)) {
      this.#unplayable = true;
      this.#queue = [];
      return;
    }
    if (this.#buffer === null) {
      this.#buffer = this.#source.addSourceBuffer(segment.mediaType);
      this.#mediaType = segment.mediaType;
      this.#buffer.addEventListener('updateend', () => this.#work());
      this.#buffer.addEventListener('error', () => this.#queue.shift());
    } else if (segment.mediaType !== this.#mediaType) {
      this.#buffer.changeType(segment.mediaType);
      this.#mediaType = segment.mediaType;
    }
    this.#queue.shift();
    this.frameMs = (segment.endMs - segment.beginMs) / Math.max(1, segment.frames);
    this.#buffer.timestampOffset = (segment.beginMs - this.#baseMs) / 1000 - segment.firstPictureAt;
    try {
      this.#buffer.appendBuffer(segment.bytes);
      this.#laid = joined([...this.#laid, segment]);
    } catch {
      // The player's memory is full: the oldest goes, and this segment is asked for again.
      this.#letGo(0);
    }
  }

  #letGo(keepMs = behindMs): void {
    const buffer = this.#buffer;
    if (buffer === null || buffer.updating || this.#laid.length === 0) return;
    const nowMs = this.#wallMs;
    const far = this.#laid.filter((s) => s.endMs < nowMs - keepMs || s.beginMs > nowMs + 4 * aheadMs * 8);
    const [first] = far;
    if (first === undefined) return;
    buffer.remove(Math.max(0, (first.beginMs - this.#baseMs) / 1000 - 0.5), (first.endMs - this.#baseMs) / 1000);
    this.#laid = this.#laid.filter((s) => s !== first);
  }
}

/** Oldest first; what touches is one stretch, but never longer than a minute, so that it can be let go in parts. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const found: { beginMs: number; endMs: number }[] = [];
  for (const { beginMs, endMs } of stretches.toSorted((a, b) => a.beginMs - b.beginMs)) {
    const last = found.at(-1);
    if (last !== undefined && beginMs - last.endMs < seamMs && endMs - last.beginMs < 60_000) {
      last.endMs = Math.max(last.endMs, endMs);
    } else found.push({ beginMs, endMs });
  }
  return found;
}

import { isDefinedError, safe } from '@orpc/client';
import type { StationClient } from '../../../electron/contract/index.ts';
import type { CameraId, SessionId } from '../../../electron/lib/ids.ts';
import {
  type DeliveryPort,
  DeliveryQueue,
  type Later,
} from '../../../renderer/features/recording/delivery/delivery-queue.ts';
import { type Film, fragmentOf, framesOf } from './film.ts';

const SECONDS_PER_SEGMENT = 4;
const later: Later = { kind: 'later', why: 'unreachable' };

/**
 * One camera of a room desk, but for the browser: a film in the place of frames, and behind it the desk's own queue. It
 * films a second at a time by the computer's clock, whatever the station does.
 */
export class FilmDesk {
  readonly #film: Film;
  readonly #queue: DeliveryQueue;
  readonly #originMs = Date.now();
  readonly #run = `desk-${crypto.randomUUID()}`;
  #n = 0;
  /** What the station has confirmed: begin and end of each fragment. */
  readonly confirmed: { beginMs: number; endMs: number }[] = [];
  filmedUntilMs = this.#originMs;
  givenUp = 0;
  readonly refused: string[] = [];

  /** @param client  the station as it is reached now: another one after each restart */
  constructor(film: Film, client: () => StationClient, at: { sessionId: SessionId; cameraId: CameraId }) {
    this.#film = film;
    this.#queue = new DeliveryQueue(portOf(client, at), (news) => {
      if (news.kind === 'stored') this.confirmed.push({ beginMs: news.beginMs, endMs: news.endMs });
      if (news.kind === 'given-up') this.givenUp += 1;
      if (news.kind === 'refused' || news.kind === 'ended') this.refused.push(news.code);
    });
  }

  /** Films the seconds that have passed since the last call, and delivers. */
  async work(): Promise<void> {
    while (this.filmedUntilMs + 1_000 <= Date.now()) await this.#filmOne();
    this.#queue.pump(performance.now());
  }

  get waiting(): number {
    return this.#queue.state.fragments;
  }

  async #filmOne(): Promise<void> {
    const sequence = this.#n++;
    const place = sequence % SECONDS_PER_SEGMENT;
    const beginMs = this.filmedUntilMs;
    const { init, media } = await fragmentOf(this.#film, sequence, beginMs, this.#originMs, place + 1);
    this.#queue.push({
      kind: 'fragment',
      deskRun: this.#run,
      sequence,
      opens: place === 0,
      closes: place === SECONDS_PER_SEGMENT - 1,
      beginMs,
      endMs: beginMs + 1_000,
      firstMonoMs: beginMs - this.#originMs,
      lastMonoMs: beginMs - this.#originMs + 933,
      frames: framesOf(this.#film, sequence),
      init: new Blob([init]),
      media: new Blob([media]),
    });
    this.filmedUntilMs = beginMs + 1_000;
  }
}

function portOf(client: () => StationClient, at: { sessionId: SessionId; cameraId: CameraId }): DeliveryPort {
  const facts = { width: 1280, height: 720, codec: 'avc1.42E01F', deviceLabel: '样本' };
  const signal = () => ({ signal: AbortSignal.timeout(5_000) });
  return {
    async start(deskRun) {
      const { error, data } = await safe(client().recording.start({ ...at, deskRun, ...facts }, signal()));
      if (error === null) return { kind: 'started', ...data };
      return isDefinedError(error) ? { kind: 'never', code: 'TAKEN_OVER' } : later;
    },
    async put(recordingId, { kind: _, deskRun: __, init, media, ...rest }, opens) {
      const wish = { recordingId, ...rest, opens, fragment: new Blob(opens ? [init, media] : [media]) };
      const { error, data } = await safe(client().recording.putFragment(wish, signal()));
      if (error === null) return { kind: 'stored', atMs: data.storedAtMs };
      if (!isDefinedError(error)) return later;
      return error.code === 'NO_OPEN_SEGMENT' ? { kind: 'must-open' } : { kind: 'never', code: 'BAD_INTERVAL' };
    },
    report: async () => ({ kind: 'done' }),
    stop: async () => ({ kind: 'done' }),
  };
}

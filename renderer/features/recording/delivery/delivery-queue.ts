import type { CameraFault } from '../../../../electron/features/recording/contract.ts';
import { unreachable } from '../../../../electron/lib/result.ts';

export interface FragmentToDeliver {
  readonly opens: boolean;
  readonly closes: boolean;
  readonly beginMs: number;
  readonly endMs: number;
  readonly firstMonoMs: number;
  readonly lastMonoMs: number;
  readonly frames: number;
  /** What stands before the first fragment of a segment. */
  readonly init: Blob;
  readonly media: Blob;
}

/** What the desk has to tell the station, in the order in which it happened. */
export type Delivery =
  | ({ readonly kind: 'fragment'; readonly deskRun: string; readonly sequence: number } & FragmentToDeliver)
  | { readonly kind: 'fault'; readonly fault: CameraFault | null; readonly sinceMs: number }
  | { readonly kind: 'stop'; readonly reason: 'operator' | 'session-ended' };

/** The station did not take it now, and may later: unreachable, disk full, nobody signed in. */
export type Later = { kind: 'later'; why: 'unreachable' | 'disk-full' | 'signed-out' };
/** The station will never take it. */
export type Never<Code extends string> = { kind: 'never'; code: Code };

export type RefusedFragment = 'BAD_INTERVAL' | 'NOT_A_FRAGMENT' | 'FRAGMENT_TOO_LARGE' | 'SEQUENCE_REUSED';
/** After these nothing more of this camera can be delivered. */
export type RefusedForGood = 'TAKEN_OVER' | 'SESSION_SEALED' | 'SESSION_NOT_OPEN' | 'NO_SUCH_CAMERA';

/** The station, as one camera's deliveries see it. Nothing here throws. */
export interface DeliveryPort {
  start(
    deskRun: string,
  ): Promise<{ kind: 'started'; recordingId: string; nextSequence: number } | Later | Never<RefusedForGood>>;
  /** @param opens  whether it goes as one that opens a segment, with `init` before it */
  put(
    recordingId: string,
    fragment: Extract<Delivery, { kind: 'fragment' }>,
    opens: boolean,
  ): Promise<
    | { kind: 'stored'; atMs: number }
    /** The station has nothing open that this one continues: send it as one that opens. */
    | { kind: 'must-open' }
    | Later
    | Never<RefusedFragment | RefusedForGood>
  >;
  report(fault: CameraFault | null, sinceMs: number): Promise<{ kind: 'done' } | Later>;
  stop(recordingId: string, reason: 'operator' | 'session-ended'): Promise<{ kind: 'done' } | Later>;
}

export type DeliveryNews =
  /** `atMs`: station's time of storing; null when it was stored before and only the answer had been lost. */
  | { kind: 'stored'; beginMs: number; endMs: number; atMs: number | null }
  | { kind: 'refused'; code: RefusedFragment }
  | { kind: 'ended'; code: RefusedForGood }
  | { kind: 'given-up'; beginMs: number; endMs: number }
  | { kind: 'stopped' };

const firstWaitMs = 500;
const longestWaitMs = 5_000;

/** About ten minutes of 720p: the longest a desk bridges without its station. */
export const queueLimitBytes = 96 * 1024 * 1024;

/**
 * Brings one camera's fragments to the station, one at a time and in order. What the station does not take stays first
 * in line and is sent again, ever more slowly; the station knows it by its sequence. Nothing leaves the queue unless
 * it is stored, refused for good, or given up because the queue is full: and then a gap is reported in its place.
 *
 * It has no timers: whoever owns it calls `pump` often (hidden windows throttle timers; workers' pulses are not).
 */
export class DeliveryQueue {
  readonly #port: DeliveryPort;
  readonly #tell: (news: DeliveryNews) => void;
  readonly #limitBytes: number;
  #waiting: Delivery[] = [];
  #bytes = 0;
  #inFlight: Delivery | null = null;
  #startedRun: string | null = null;
  /** Of the run started last, kept while the station is away. */
  #recordingId: string | null = null;
  #nowMs = 0;
  #wait = { untilMs: 0, lengthMs: 0 };
  #hindrance: Later['why'] | null = null;
  #ended = false;
  #overflowing = false;

  constructor(port: DeliveryPort, tell: (news: DeliveryNews) => void, limitBytes: number = queueLimitBytes) {
    this.#port = port;
    this.#tell = tell;
    this.#limitBytes = limitBytes;
  }

  /** What waits, and why the station did not take the last one; null while all goes well. */
  get state(): { fragments: number; bytes: number; hindrance: Later['why'] | null } {
    const fragments = this.#waiting.filter((d) => d.kind === 'fragment').length;
    return { fragments, bytes: this.#bytes, hindrance: this.#hindrance };
  }

  push(delivery: Delivery): void {
    if (this.#ended) return;
    this.#waiting.push(delivery);
    if (delivery.kind === 'fragment') this.#bytes += delivery.media.size;
    while (this.#bytes > this.#limitBytes && this.#giveUpOldest());
  }

  /** Sends what is due. Returns at once; safe to call at any time, with a clock that never runs backwards. */
  pump(nowMs: number): void {
    this.#nowMs = nowMs;
    const next = this.#waiting[0];
    if (this.#ended || this.#inFlight !== null || next === undefined || nowMs < this.#wait.untilMs) return;
    this.#inFlight = next;
    void this.#send(next).then((outcome) => {
      this.#inFlight = null;
      if (outcome === 'later') return;
      this.#wait = { untilMs: 0, lengthMs: 0 };
      this.#hindrance = null;
      this.#take();
      this.pump(this.#nowMs);
    });
  }

  async #send(delivery: Delivery): Promise<'done' | 'later'> {
    switch (delivery.kind) {
      case 'fault': {
        const reply = await this.#port.report(delivery.fault, delivery.sinceMs);
        return reply.kind === 'later' ? this.#later(reply.why) : 'done';
      }
      case 'stop': {
        if (this.#recordingId !== null) {
          const reply = await this.#port.stop(this.#recordingId, delivery.reason);
          if (reply.kind === 'later') return this.#later(reply.why);
        }
        this.#tell({ kind: 'stopped' });
        return 'done';
      }
      case 'fragment':
        return this.#sendFragment(delivery);
      default:
        return unreachable(delivery);
    }
  }

  async #sendFragment(fragment: Extract<Delivery, { kind: 'fragment' }>): Promise<'done' | 'later'> {
    if (this.#startedRun !== fragment.deskRun || this.#recordingId === null) {
      const reply = await this.#port.start(fragment.deskRun);
      if (reply.kind === 'later') return this.#later(reply.why);
      if (reply.kind === 'never') return this.#end(reply.code);
      this.#startedRun = fragment.deskRun;
      this.#recordingId = reply.recordingId;
      // The station has it; only its answer was lost.
      if (fragment.sequence < reply.nextSequence) return this.#stored(fragment, null);
    }
    const recordingId = this.#recordingId;
    let reply = await this.#port.put(recordingId, fragment, fragment.opens);
    if (reply.kind === 'must-open') reply = await this.#port.put(recordingId, fragment, true);
    switch (reply.kind) {
      case 'stored':
        return this.#stored(fragment, reply.atMs);
      case 'must-open':
        return this.#later('unreachable');
      case 'later':
        // A station that was away is asked first what it has.
        if (reply.why === 'unreachable') this.#startedRun = null;
        return this.#later(reply.why);
      case 'never':
        if (isForGood(reply.code)) return this.#end(reply.code);
        this.#tell({ kind: 'refused', code: reply.code });
        return 'done';
      default:
        return unreachable(reply);
    }
  }

  #stored({ beginMs, endMs }: FragmentToDeliver, atMs: number | null): 'done' {
    this.#overflowing = false;
    this.#tell({ kind: 'stored', beginMs, endMs, atMs });
    return 'done';
  }

  #later(why: Later['why']): 'later' {
    const lengthMs = Math.min(longestWaitMs, Math.max(firstWaitMs, this.#wait.lengthMs * 2));
    this.#wait = { untilMs: this.#nowMs + lengthMs, lengthMs };
    this.#hindrance = why;
    return 'later';
  }

  #end(code: RefusedForGood): 'done' {
    this.#ended = true;
    this.#waiting = [];
    this.#bytes = 0;
    this.#tell({ kind: 'ended', code });
    return 'done';
  }

  #take(): void {
    const taken = this.#waiting.shift();
    if (taken?.kind === 'fragment') this.#bytes -= taken.media.size;
  }

  /** @returns whether there was a fragment to give up; the one under way is never it */
  #giveUpOldest(): boolean {
    const at = this.#waiting.findIndex((d) => d.kind === 'fragment' && d !== this.#inFlight);
    const given = this.#waiting[at];
    if (given?.kind !== 'fragment') return false;
    this.#bytes -= given.media.size;
    const { beginMs, endMs } = given;
    const declared: Delivery[] = this.#overflowing ? [] : [{ kind: 'fault', fault: 'queue-full', sinceMs: beginMs }];
    this.#waiting.splice(at, 1, ...declared);
    this.#overflowing = true;
    this.#tell({ kind: 'given-up', beginMs, endMs });
    return true;
  }
}

function isForGood(code: RefusedFragment | RefusedForGood): code is RefusedForGood {
  return code === 'TAKEN_OVER' || code === 'SESSION_SEALED' || code === 'SESSION_NOT_OPEN' || code === 'NO_SUCH_CAMERA';
}

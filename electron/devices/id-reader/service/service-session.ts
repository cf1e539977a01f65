import { type Clock, systemClock } from '../../../lib/clock.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import { cardPhotoJpeg } from '../../photo-decoder/card-photo.ts';
import type { CardRead, IdReader, ReaderState, ReaderTrouble } from '../port.ts';
import { ReaderNews } from '../reader-news.ts';
import { systemTimers, type Timers } from '../timers.ts';
import { type AskFault, askService } from './ask-service.ts';
import type { Question, ServiceAnswer } from './dialects.ts';
import type { ServiceAddress } from './service-address.ts';
import { type ServiceCard, serviceCardText } from './service-card.ts';
import { parseServiceJson, samIdIn } from './service-json.ts';

export interface ServiceTimings {
  /** Between two questions for a card. */
  readonly pollMs: number;
  readonly replyTimeoutMs: number;
  /** Wait before a lost service is asked again: doubles from the first to the last. */
  readonly reopenFirstMs: number;
  readonly reopenLastMs: number;
}

const USUAL_TIMINGS: ServiceTimings = {
  pollMs: 300,
  replyTimeoutMs: 6_000,
  reopenFirstMs: 250,
  reopenLastMs: 2_000,
};

/** So many looks without a card before the one read counts as lifted: a single failed look is common. */
const LOOKS_UNTIL_LIFTED = 2;
/** So many answers in a row that make no sense before a person hears of it. */
const PATIENCE = 3;
const CLOSING_TIMEOUT_MS = 1_000;

export interface ServiceReaderOptions {
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly timings?: Partial<ServiceTimings>;
}

/**
 * Drives a reader through its maker's service on this computer: asks for a card again and again, one question at a time,
 * and hands over each card once. A service that repeats the card that lies there lets "take it away" be said until it is
 * gone; one that falls silent about it looks like an empty reader, and the next card is asked for at once.
 */
export function openServiceReader(id: string, address: ServiceAddress, options: ServiceReaderOptions = {}): IdReader {
  return new ServiceReader(id, address, options);
}

type Heard = Result<unknown, AskFault | 'malformed'>;

class ServiceReader implements IdReader {
  readonly id: string;
  readonly #address: ServiceAddress;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #timings: ServiceTimings;
  readonly #news: ReaderNews;
  readonly #ending = new AbortController();
  readonly #done: Promise<void>;
  #samId: string | null = null;
  #endWait: (() => void) | null = null;
  /** Text of the card delivered last, until it counts as lifted. */
  #delivered: Uint8Array | null = null;
  #emptyLooks = 0;
  #senseless = 0;

  constructor(id: string, address: ServiceAddress, options: ServiceReaderOptions) {
    this.id = id;
    this.#address = address;
    this.#clock = options.clock ?? systemClock;
    this.#news = new ReaderNews(this.#clock);
    this.#timers = options.timers ?? systemTimers;
    this.#timings = { ...USUAL_TIMINGS, ...options.timings };
    this.#done = this.#run();
  }

  state(): ReaderState {
    return this.#news.state;
  }
  samId(): string | null {
    return this.#samId;
  }
  onState(listener: (state: ReaderState) => void): () => void {
    return this.#news.states.add(listener);
  }
  onCard(listener: (card: CardRead) => void): () => void {
    return this.#news.cards.add(listener);
  }
  onTrouble(listener: (trouble: ReaderTrouble) => void): () => void {
    return this.#news.troubles.add(listener);
  }

  async close(): Promise<void> {
    this.#news.close();
    this.#ending.abort();
    this.#endWait?.();
    await this.#done;
  }

  async #run(): Promise<void> {
    let waitMs = this.#timings.reopenFirstMs;
    let met = false;
    while (!this.#ending.signal.aborted) {
      const served = await this.#serve().catch((defect: unknown) => this.#outlive(defect));
      met ||= served;
      if (served) waitMs = this.#timings.reopenFirstMs;
      await this.#wait(waitMs);
      waitMs = Math.min(waitMs * 2, this.#timings.reopenLastMs);
    }
    const { close } = this.#address.dialect;
    if (close && met) await this.#ask(close, CLOSING_TIMEOUT_MS, new AbortController().signal);
  }

  /** A defect costs one turn, never the station. */
  #outlive(defect: unknown): false {
    console.error(`the card service of ${this.id} failed:`, defect instanceof Error ? defect.message : typeof defect);
    this.#news.lose('silent');
    return false;
  }

  /** From meeting the service to losing it. Returns whether it was met. */
  async #serve(): Promise<boolean> {
    const { open, samId } = this.#address.dialect;
    if (open) {
      const answer = await this.#ask(open);
      // What is no JSON here may be a bare version number: the first look for a card decides.
      if (!answer.ok && answer.error !== 'malformed') return this.#lose('open-device', answer.error);
      const said = answer.ok ? this.#address.dialect.understand(answer.value) : answer;
      if (said.ok && said.value.kind === 'device-missing') {
        this.#news.lose('unplugged');
        return false;
      }
    }
    if (samId) {
      const answer = await this.#ask(samId);
      if (!answer.ok && answer.error !== 'malformed') return this.#lose('sam-id', answer.error);
      this.#samId = (answer.ok ? samIdIn(answer.value) : null) ?? this.#samId;
    }
    this.#senseless = 0;
    while (!this.#ending.signal.aborted && (await this.#look())) await this.#wait(this.#timings.pollMs);
    return true;
  }

  /** One question for a card. False when the service is lost. */
  async #look(): Promise<boolean> {
    const answer = await this.#ask(this.#address.dialect.read);
    if (this.#ending.signal.aborted) return false;
    if (!answer.ok && answer.error !== 'malformed') return this.#lose('read-card', answer.error);
    const said = answer.ok ? this.#address.dialect.understand(answer.value) : answer;
    if (!said.ok) {
      this.#senseless += 1;
      if (this.#senseless === 1 && this.#news.state.kind !== 'lost') this.#news.note('read-card', 'malformed', null);
      if (this.#senseless < PATIENCE) return true;
      this.#news.lose('silent');
      return false;
    }
    this.#senseless = 0;
    this.#samId = samIdIn(answer.ok ? answer.value : null) ?? this.#samId;
    return this.#act(said.value);
  }

  async #act(said: ServiceAnswer): Promise<boolean> {
    if (said.kind !== 'no-card') this.#emptyLooks = 0;
    switch (said.kind) {
      case 'no-card':
        this.#emptyLooks += 1;
        if (this.#news.asksForLifting && this.#emptyLooks < LOOKS_UNTIL_LIFTED) return true;
        this.#delivered = null;
        this.#news.enter({ kind: 'waiting' });
        return true;
      case 'device-missing':
        if (this.#news.state.kind !== 'lost') this.#news.note('read-card', 'line-lost', null);
        this.#news.lose('unplugged');
        return false;
      case 'suspect':
        if (this.#news.enter({ kind: 'rejected', status: said.status }))
          this.#news.note('read-card', 'status', said.status);
        return true;
      case 'not-read':
        this.#askAgain('status', said.status);
        return true;
      case 'card':
        await this.#deliver(said.card);
        return true;
    }
  }

  async #deliver(card: ServiceCard): Promise<void> {
    const text = serviceCardText(card);
    if (!text.ok) {
      this.#askAgain('malformed', null);
      return;
    }
    if (this.#delivered !== null && Buffer.compare(this.#delivered, text.value) === 0) {
      this.#news.enter({ kind: 'take-away' });
      return;
    }
    this.#news.enter({ kind: 'reading' });
    const photo = await photoOf(card);
    if (!photo.ok) this.#news.note('read-card', 'photo', null);
    this.#delivered = text.value;
    this.#news.deliver({
      text: text.value,
      photo: photo.ok ? photo.value : null,
      samId: this.#samId,
      readAtMs: this.#clock.wallMs(),
    });
    this.#news.enter({ kind: 'take-away' });
  }

  #askAgain(code: 'status' | 'malformed', status: number | null): void {
    if (this.#news.enter({ kind: 'replace', reason: 'read-failed' })) this.#news.note('read-card', code, status);
  }

  #lose(command: string, fault: AskFault): false {
    if (this.#ending.signal.aborted) return false;
    if (this.#news.state.kind !== 'lost') this.#news.note(command, fault === 'refused' ? 'line-lost' : 'silent', null);
    const reasons = { refused: 'service-down', silent: 'silent', foreign: 'not-found' } as const;
    this.#news.lose(reasons[fault]);
    return false;
  }

  async #ask(
    { method, path }: Question,
    timeoutMs = this.#timings.replyTimeoutMs,
    signal = this.#ending.signal,
  ): Promise<Heard> {
    const { origin } = this.#address;
    const body = await askService({ origin, method, path, timeoutMs, signal });
    return body.ok ? parseServiceJson(body.value) : body;
  }

  #wait(ms: number): Promise<void> {
    if (this.#ending.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        callOff();
        this.#endWait = null;
        resolve();
      };
      const callOff = this.#timers.after(ms, end);
      this.#endWait = end;
    });
  }
}

const WLT_BYTES = 1024;

/** Null for a card without a photograph; an error for one that cannot be shown. */
async function photoOf({ photo }: ServiceCard): Promise<Result<CardRead['photo'], 'unusable'>> {
  const base64 = photo.replace(/^data:[\w/.+-]*;base64,/i, '').replace(/\s/g, '');
  if (base64 === '') return ok(null);
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return err('unusable');
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.length === WLT_BYTES && bytes[0] !== 0xff) return ok({ kind: 'wlt', bytes });
  const jpeg = await cardPhotoJpeg(bytes);
  return jpeg.ok ? ok({ kind: 'jpeg', bytes: jpeg.value }) : err('unusable');
}

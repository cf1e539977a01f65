import { type Clock, systemClock } from '../../lib/clock.ts';
import type { Result } from '../../lib/result.ts';
import { Pause } from './pause.ts';
import type { CardRead, IdReader, LostReason, ReaderState, ReaderTrouble } from './port.ts';
import { ReaderNews } from './reader-news.ts';
import { type CardData, COMMANDS, type Command, setBaudCommand, splitCardData } from './sam-commands.ts';
import { introduce } from './sam-introduction.ts';
import { type Asked, type ExchangeFault, isGarbled, SamLine } from './sam-line.ts';
import { actionFor, STATUS } from './sam-status.ts';
import { DEFAULT_TIMINGS, type SessionTimings } from './sam-timings.ts';
import { SpeedSearch } from './speed-search.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { Transport } from './transport.ts';

/** So many failures in a row of finding or selecting a card, or of understanding the line, before a person hears of it. */
const PATIENCE = 3;

export interface SamReaderOptions {
  readonly clock?: Clock;
  readonly timers?: Timers;
  readonly timings?: Partial<SessionTimings>;
  /** Ask for the fingerprint too, as some modules only know that command; it is dropped unread. */
  readonly withFingerprint?: boolean;
}

/** What the serving of an open line goes on with: another look for a card, or a new line. */
type Next = 'look-again' | 'reopen';

/**
 * Drives one reader: opens the line, looks for a card, selects and reads it, and says when to take it away. Opens the
 * line again whenever it is lost, for as long as the reader is not closed.
 *
 * A module stays silent about a card it has read until that card is lifted, so "no card" is checked by asking for the
 * card's appended address: a module that answers still has the card (reported by makers, not tried on every model).
 */
export function openSamReader(id: string, transport: Transport, options: SamReaderOptions = {}): IdReader {
  return new SamReader(id, transport, options);
}

class SamReader implements IdReader {
  readonly id: string;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #pause: Pause;
  readonly #timings: SessionTimings;
  readonly #news: ReaderNews;
  readonly #done: Promise<void>;
  #samId: string | null = null;
  #readCommand: Command;
  readonly #speed: SpeedSearch;
  #line: SamLine | null = null;
  #closed = false;
  /** A card may lie there that the module will not report again. */
  #mayStillLie = true;
  /** The line was lost while a card was being read: that card was never delivered. */
  #readCut = false;
  /** Text of the card delivered last, until a look finds no card: some modules go on reporting one that stays. */
  #delivered: Uint8Array | null = null;
  #failures = 0;

  constructor(id: string, transport: Transport, options: SamReaderOptions) {
    this.id = id;
    this.#transport = transport;
    this.#clock = options.clock ?? systemClock;
    this.#news = new ReaderNews(this.#clock);
    this.#timers = options.timers ?? systemTimers;
    this.#pause = new Pause(this.#timers);
    this.#timings = { ...DEFAULT_TIMINGS, ...options.timings };
    this.#speed = new SpeedSearch(transport.baudRates ?? []);
    this.#readCommand = options.withFingerprint ? COMMANDS.readTextPhotoFingerprint : COMMANDS.readTextPhoto;
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
    this.#closed = true;
    this.#news.close();
    this.#pause.end();
    await this.#line?.close();
    await this.#done;
  }

  async #run(): Promise<void> {
    let waitMs = this.#timings.reopenFirstMs;
    while (!this.#closed) {
      const answered = await this.#serveOneLine().catch((defect: unknown) => this.#outlive(defect));
      if (answered) waitMs = this.#timings.reopenFirstMs;
      await this.#pause.wait(waitMs);
      waitMs = Math.min(waitMs * 2, this.#timings.reopenLastMs);
    }
  }

  /** A defect costs the line it happened on, never the station: the line is lost, and opened again. */
  async #outlive(defect: unknown): Promise<false> {
    console.error(`the line to ${this.id} failed:`, defect instanceof Error ? defect.message : typeof defect);
    const line = this.#line;
    this.#line = null;
    this.#lose(line === null ? 'not-found' : 'unplugged');
    await line?.close().catch(() => undefined);
    return false;
  }

  /** Serves one line from opening to loss. Returns whether the module was heard on it. */
  async #serveOneLine(): Promise<boolean> {
    const deps = {
      timers: this.#timers,
      timings: this.#timings,
      onTrouble: ({ command, code, status }: ReaderTrouble) => this.#news.note(command, code, status),
    };
    const opened = await SamLine.open(this.#transport, deps, this.#speed.now());
    if (!opened.ok) {
      this.#lose(opened.error.code);
      return false;
    }
    this.#line = opened.value;
    const healthy = !this.#closed && (await this.#introduce(opened.value)) && !(await this.#hurry(opened.value));
    if (healthy) {
      this.#mayStillLie = true;
      while (!this.#closed && (await this.#lookForCard(opened.value)) === 'look-again') {
        await this.#pause.wait(this.#timings.pollMs);
      }
    }
    this.#line = null;
    await opened.value.close();
    return healthy;
  }

  /** Self test and name of the module. False when it cannot serve. */
  async #introduce(line: SamLine): Promise<boolean> {
    const { trialTimeoutMs, replyTimeoutMs } = this.#timings;
    const met = await introduce(line, this.#speed.isTrial() ? trialTimeoutMs : replyTimeoutMs);
    if (met.ok) {
      this.#speed.heard();
      this.#samId = met.value.samId ?? this.#samId;
      return true;
    }
    if (met.error.code === 'out-of-service') {
      if (this.#news.state.kind !== 'lost') this.#news.note(COMMANDS.samStatus.name, 'status', met.error.status);
      this.#lose('out-of-service');
      return false;
    }
    const { command, fault } = met.error;
    if (fault !== 'line-lost') this.#speed.silent();
    return this.#onFault(command, fault) === 'look-again';
  }

  /** Asks a module that was found at a slow speed for the usual one. True: the line has to be opened anew for it. */
  async #hurry(line: SamLine): Promise<boolean> {
    const faster = this.#speed.faster();
    if (faster === null) return false;
    const answer = await line.ask(setBaudCommand(faster));
    const agreed = answer.ok && answer.value.status === STATUS.ok;
    this.#speed.raise(agreed);
    return agreed;
  }

  async #lookForCard(line: SamLine): Promise<Next> {
    const found = await line.ask(COMMANDS.findCard);
    if (!found.ok) return this.#onFault(COMMANDS.findCard, found.error);
    if (found.value.status === STATUS.found) return this.#takeCard(line);
    const action = actionFor(found.value.status);
    if (action === 'no-card') {
      this.#failures = 0;
      this.#delivered = null;
      return this.#whileNoneFound(line);
    }
    // Any other answer to a look is no way to go on: said once, and after a few the module counts as out of order.
    this.#failures += 1;
    if (this.#failures === 1) this.#news.note(COMMANDS.findCard.name, 'status', found.value.status);
    if (action === 'out-of-service' || this.#failures >= PATIENCE) return this.#lose('out-of-service');
    return 'look-again';
  }

  async #whileNoneFound(line: SamLine): Promise<Next> {
    if (this.#mayStillLie) {
      const presence = await line.ask(COMMANDS.readNewestAddress);
      if (!presence.ok) return this.#onFault(COMMANDS.readNewestAddress, presence.error);
      if (presence.value.status === STATUS.ok || presence.value.status === STATUS.empty) {
        const read: ReaderState = this.#readCut ? { kind: 'replace', reason: 'read-failed' } : { kind: 'take-away' };
        this.#news.enter(this.#news.asksForLifting ? this.#news.state : read);
        return 'look-again';
      }
    }
    this.#mayStillLie = false;
    this.#readCut = false;
    this.#news.enter({ kind: 'waiting' });
    return 'look-again';
  }

  async #takeCard(line: SamLine): Promise<Next> {
    // While a card is asked for again, or may be the one just delivered, each new look at it is not news.
    const fresh = !this.#news.asksForLifting || this.#news.state.kind === 'take-away';
    if (fresh && this.#delivered === null) this.#news.enter({ kind: 'reading' });
    const selected = await line.ask(COMMANDS.selectCard);
    if (!selected.ok) return this.#onFault(COMMANDS.selectCard, selected.error);
    if (selected.value.status !== STATUS.ok) return this.#onRefusal(COMMANDS.selectCard, selected.value);
    const read = await this.#read(line);
    if (!read.ok) {
      this.#readCut = !isGarbled(read.error);
      return this.#onFault(this.#readCommand, read.error);
    }
    if (read.value.status !== STATUS.ok) return this.#onRefusal(this.#readCommand, read.value);
    const parts = splitCardData(read.value.data, this.#readCommand === COMMANDS.readTextPhotoFingerprint);
    if (!parts.ok) {
      if (this.#askAgain('read-failed')) this.#news.note(this.#readCommand.name, 'malformed', null);
      return 'look-again';
    }
    this.#deliver(parts.value);
    return 'look-again';
  }

  async #read(line: SamLine): Promise<Result<Asked, ExchangeFault>> {
    const answer = await line.ask(this.#readCommand);
    const unsupported = answer.ok && actionFor(answer.value.status) === 'unsupported';
    if (!unsupported || this.#readCommand === COMMANDS.readTextPhoto) return answer;
    // Modules of generation 05.01 do not know the fingerprint.
    this.#readCommand = COMMANDS.readTextPhoto;
    return line.ask(this.#readCommand);
  }

  #deliver(card: CardData): void {
    this.#failures = 0;
    this.#readCut = false;
    this.#mayStillLie = true;
    if (this.#delivered !== null && Buffer.compare(this.#delivered, card.text) === 0) return;
    this.#delivered = card.text;
    this.#news.deliver({
      text: card.text,
      photo: card.photo && { kind: 'wlt', bytes: card.photo },
      samId: this.#samId,
      readAtMs: this.#clock.wallMs(),
    });
    this.#news.enter({ kind: 'take-away' });
  }

  /** The module answered select or read with something else than 90. */
  #onRefusal(command: Command, answer: Asked): Next {
    const action = actionFor(answer.status);
    if (action === 'out-of-service') return this.#lose('out-of-service');
    if (action === 'suspect') {
      this.#mayStillLie = true;
      if (this.#news.enter({ kind: 'rejected', status: answer.status }))
        this.#news.note(command.name, 'status', answer.status);
      return 'look-again';
    }
    this.#failures += 1;
    if (action === 'retry' && this.#failures < PATIENCE) return 'look-again';
    const reason = command === COMMANDS.selectCard ? 'select-failed' : 'read-failed';
    if (this.#askAgain(answer.resent ? 'checksum' : reason)) this.#news.note(command.name, 'status', answer.status);
    return 'look-again';
  }

  /** No usable answer came, even after a resend. */
  #onFault(command: Command, fault: ExchangeFault): Next {
    if (this.#closed) return 'reopen';
    if (fault === 'silent' || fault === 'line-lost') {
      if (this.#news.state.kind !== 'lost') this.#news.note(command.name, fault, null);
      return this.#lose(fault === 'silent' ? 'silent' : 'unplugged');
    }
    this.#failures += 1;
    const atCard = command === COMMANDS.selectCard || command === this.#readCommand;
    if (!atCard) return this.#failures < PATIENCE ? 'look-again' : this.#lose('silent');
    if (this.#askAgain('checksum')) this.#news.note(command.name, fault, null);
    return 'look-again';
  }

  /** Returns whether the card was not yet asked for, for this reason. */
  #askAgain(reason: 'read-failed' | 'select-failed' | 'checksum'): boolean {
    this.#mayStillLie = true;
    return this.#news.enter({ kind: 'replace', reason });
  }

  #lose(reason: LostReason): 'reopen' {
    this.#news.lose(reason);
    return 'reopen';
  }
}

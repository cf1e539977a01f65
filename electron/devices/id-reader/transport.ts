import type { Result } from '../../lib/result.ts';
import type { BaudRate } from './sam-commands.ts';

/** Why a line could not be opened; `detail` is the system's own words, for the log. */
export interface OpenFailure {
  readonly code: 'not-found' | 'busy' | 'no-permission';
  readonly detail: string;
}

export interface LineListener {
  bytes(chunk: Uint8Array): void;
  /** The line broke or was closed from the far side; called at most once, and never after `Line.close`. */
  broken(): void;
}

/** An open two-way byte line to one reader. */
export interface Line {
  write(bytes: Uint8Array): void;
  close(): Promise<void>;
}

/** A place where a reader can be reached. Opening never rejects. */
export interface Transport {
  /** For people: "TCP 10.0.0.8:9000", "COM3". */
  readonly label: string;
  /** Speeds to look for the reader at, fastest first; none where the line has no speed. */
  readonly baudRates?: readonly BaudRate[];
  open(listener: LineListener, baudRate?: BaudRate): Promise<Result<Line, OpenFailure>>;
}

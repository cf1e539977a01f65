/**
 * A process of its own for native libraries. It may crash, hang or be killed without taking the station along, and all the
 * memory it took goes back to the system when it ends.
 */
export interface NativeProcess {
  /** Undefined where the system gave it none: it could not be started. */
  readonly pid: number | undefined;
  /** Copied to the process; lost when it has ended. */
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, when it has ended for whatever reason; at once where it has ended already. */
  onExit(listener: (end: ProcessEnd) => void): void;
  /** Ends it, whatever it is doing; resolves when it is gone. May be called again. */
  kill(): Promise<void>;
}

/** How a process ended, in words for the log: `code 3`, `SIGKILL`, or why it could not be started; and the last it said. */
export interface ProcessEnd {
  how: string;
  lastWords: string;
}

/** Starts a script that opens its side with `stationPort`. Never throws: what cannot be started has ended. */
export type StartNativeProcess = (script: URL) => NativeProcess;

/**
 * For the C library of Linux: one heap instead of one for each thread, which it gives back when it can. A chain of networks holds a
 * quarter less for it, at no cost of time. Other systems take no notice.
 */
export const FRUGAL_HEAP = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072' } as const;

/** What is kept of the last words: the line that names the library that is missing stands near the end. */
export const MOST_LAST_WORDS = 2_000;

import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readyLine } from '../desktop/served-child.ts';
import { NotAsExpected } from './expectation.ts';

/** How the served shell is started: its program and what stands before its own flags. */
export interface ServeCommand {
  file: string;
  args: readonly string[];
}

/**
 * The station under rehearsal: the real process over one data folder. It can be killed at any moment and started again
 * at the same port, as a computer that lost power would be.
 */
export class StationProcess {
  readonly #command: ServeCommand;
  readonly #folder: string;
  readonly #passphrase: string;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #port = 0;
  #closing = false;
  origin = '';
  /** One-time address of the first window since the last start. */
  entry = '';
  starts = 0;

  constructor(command: ServeCommand, folder: string, passphrase: string) {
    this.#command = command;
    this.#folder = folder;
    this.#passphrase = passphrase;
  }
  get dataDir(): string {
    return join(this.#folder, 'station');
  }
  get #log(): string {
    return join(this.#folder, 'station.log');
  }
  /** What the station printed on its error output, in all its lives. A sound day prints nothing. */
  complaints = async (): Promise<string> => readFile(this.#log, 'utf8').catch(() => '');

  /** Starts it, or starts it again at its port. Returns how long it took to answer, in ms. @throws NotAsExpected */
  async start(): Promise<number> {
    await this.#ended;
    if (this.#closing) throw new NotAsExpected('the rehearsal is being ended');
    const { file, args } = this.#command;
    const begunMs = performance.now();
    const flags = ['--data', this.dataDir, '--port', String(this.#port), '--rehearsal', '--stop-with-stdin'];
    const child = spawn(file, [...args, ...flags], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, KAODIAN_PASSPHRASE: this.#passphrase },
    });
    this.#child = child;
    child.stdin.on('error', () => {});
    child.stderr.pipe(createWriteStream(this.#log, { flags: 'a' }));
    this.#ended = new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', () => resolve());
    });
    const ready = await new Promise<{ origin: string; entry: string } | null>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const said = readyLine(line);
        if (said) resolve(said);
      });
      this.#ended.then(() => resolve(null));
    });
    if (ready === null) throw new NotAsExpected(`the station did not start: ${(await this.complaints()).slice(-400)}`);
    this.origin = ready.origin;
    this.entry = ready.entry;
    this.#port = Number(new URL(ready.origin).port);
    this.starts += 1;
    return performance.now() - begunMs;
  }
  /** Ends it without a word, whatever it was doing: SIGKILL. Resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#ended;
  }
  /** Ends it as a person closing the window does, or hard when it does not go. */
  async stop(): Promise<void> {
    this.#closing = true;
    const child = this.#child;
    if (!child) return;
    child.stdin?.end();
    const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await this.#ended;
    clearTimeout(hard);
  }
}

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

/** A disk of the station's own that loses its power when the station is killed. */
export interface PowerDisk {
  /** Makes the empty data folder lie on it. */
  plugIn(dataDir: string): Promise<void>;
  /** What was not synced is gone from here on, and nothing is written any more. */
  cut(): Promise<void>;
  /** The process is gone: what the disk kept lies in the data folder again. */
  comeBack(): Promise<void>;
  takeAway(): Promise<void>;
}

/**
 * The station under rehearsal: the real process over one data folder. It can be killed at any moment and started again
 * at the same port, as a computer that lost power would be.
 */
export class StationProcess {
  readonly #command: ServeCommand;
  readonly #folder: string;
  readonly #passphrase: string;
  readonly #disk: PowerDisk | null;
  #child: ChildProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #port = 0;
  #closing = false;
  origin = '';
  /** One-time address of the first window since the last start. */
  entry = '';
  starts = 0;

  constructor(command: ServeCommand, folder: string, passphrase: string, disk: PowerDisk | null = null) {
    this.#command = command;
    this.#folder = folder;
    this.#passphrase = passphrase;
    this.#disk = disk;
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
    if (this.starts === 0) await this.#disk?.plugIn(this.dataDir);
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
  /**
   * Ends it without a word, whatever it was doing: SIGKILL, and where it has a disk of its own the power is cut before.
   * Resolves when the process is gone.
   */
  async kill(): Promise<void> {
    if (this.#disk) {
      // What stands still answers nobody while the power goes.
      this.#child?.kill('SIGSTOP');
      await this.#disk.cut();
    }
    this.#child?.kill('SIGKILL');
    await this.#ended;
    await this.#disk?.comeBack();
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

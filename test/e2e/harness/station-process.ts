import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readyLine } from '../../../electron/desktop/served-child.ts';
import { type Installation, thisClone } from './installation.ts';

export const PASSPHRASE = 'specimen passphrase, 样本';

/** The built served shell as a process of its own, which may be killed at any moment and started again at its port. */
export class StationProcess {
  readonly dataDir: string;
  readonly #flags: readonly string[];
  #child: ChildProcess | null = null;
  #port = 0;
  origin = '';
  /** One-time address of the first window since the last start. */
  entry = '';

  readonly #from: Installation;

  constructor(dataDir: string, flags: readonly string[], from: Installation = thisClone) {
    this.dataDir = dataDir;
    this.#flags = flags;
    this.#from = from;
  }

  /** @throws Error when it ends before it answers; its words stand on the error output */
  async start(): Promise<void> {
    const { root, nodeFlags } = this.#from;
    const serve = [...nodeFlags, join(root, 'out/main/serve.js'), '--data', this.dataDir, '--port', String(this.#port)];
    const child = spawn(process.execPath, [...serve, '--stop-with-stdin', ...this.#flags], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, KAODIAN_PASSPHRASE: PASSPHRASE },
    });
    child.stdin.on('error', () => {});
    this.#child = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const ready = readyLine(line);
      if (ready === null) continue;
      this.origin = ready.origin;
      this.entry = ready.entry;
      this.#port = Number(new URL(ready.origin).port);
      return;
    }
    throw new Error('the station ended before it was ready');
  }

  /** SIGKILL, whatever it was doing, as when the power fails. */
  async kill(): Promise<void> {
    await this.#end((child) => child.kill('SIGKILL'));
  }

  async stop(): Promise<void> {
    await this.#end((child) => child.stdin?.end());
  }

  async #end(how: (child: ChildProcess) => void): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    how(child);
    await gone;
  }
}

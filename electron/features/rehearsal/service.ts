import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { type RehearsalRun, RehearsalStep } from './contract.ts';

export interface RehearsalDeps {
  clock: Clock;
  /** The command that rehearses a whole day in a throw-away folder, one JSON line a step on standard output. */
  command: { file: string; args: readonly string[]; env: NodeJS.ProcessEnv };
  changed: () => void;
}

/** One rehearsal at a time, in a process of its own: this station's records are never touched. */
export class RehearsalRunner {
  readonly #deps: RehearsalDeps;
  #child: ChildProcess | null = null;
  #run: RehearsalRun = { state: 'idle', startedAtMs: null, steps: [], folder: null };

  constructor(deps: RehearsalDeps) {
    this.#deps = deps;
  }
  status(): RehearsalRun {
    return this.#run;
  }
  start(): Result<RehearsalRun, { code: 'ALREADY_RUNNING' }> {
    if (this.#child) return err({ code: 'ALREADY_RUNNING' });
    const { file, args, env } = this.#deps.command;
    this.#run = { state: 'running', startedAtMs: this.#deps.clock.wallMs(), steps: [], folder: null };
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    createInterface({ input: child.stdout! }).on('line', (line) => this.#hear(line));
    child.once('error', () => this.#end('failed'));
    // Not `exit`: what the process wrote last may still be in the pipe then.
    child.once('close', (code) => this.#end(code === 0 ? 'passed' : 'failed'));
    this.#deps.changed();
    return ok(this.#run);
  }
  cancel(): RehearsalRun {
    if (this.#child) {
      this.#run = { ...this.#run, state: 'cancelled' };
      this.#child.kill('SIGTERM');
    }
    return this.#run;
  }
  #hear(line: string): void {
    const heard = parseLine(line);
    if (heard === null) return;
    if ('folder' in heard) this.#run = { ...this.#run, folder: heard.folder };
    else {
      const steps = this.#run.steps.filter((s) => s.step !== heard.step);
      this.#run = { ...this.#run, steps: [...steps, heard] };
    }
    this.#deps.changed();
  }
  #end(state: 'passed' | 'failed'): void {
    if (this.#child === null) return;
    this.#child = null;
    if (this.#run.state === 'running') this.#run = { ...this.#run, state };
    this.#deps.changed();
  }
}

/** A step, or the folder in which the rehearsal leaves what it made; anything else on the line is ignored. */
function parseLine(line: string): RehearsalStep | { folder: string } | null {
  try {
    const json: unknown = JSON.parse(line);
    if (typeof json === 'object' && json && 'folder' in json && typeof json.folder === 'string')
      return { folder: json.folder };
    return RehearsalStep.safeParse(json).data ?? null;
  } catch {
    return null;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A station that runs as a child process and has said that it answers. */
export interface ReadyStation {
  origin: string;
  entry: string;
  /** Resolves with the child's exit code (or 128 when a signal ended it). */
  ended: Promise<number>;
  /** Ends the station gently, by the way it was started with. */
  stop(): Promise<number>;
}

/**
 * Starts a station process and waits for its ready line. Everything else the child prints goes to this process's error
 * output.
 *
 * `stopBy: 'stdin'` is gentle on every platform, but Electron on Windows has no standard input; a signal is gentle on
 * Linux and macOS only.
 *
 * @returns null when the child ended before it was ready; what it printed has been shown
 */
export async function startStationChild(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; stopBy: 'stdin' | 'signal' },
): Promise<ReadyStation | null> {
  const { stopBy, ...where } = options;
  const child = spawn(command, args, { ...where, stdio: [stopBy === 'stdin' ? 'pipe' : 'ignore', 'pipe', 'inherit'] });
  const ended = endOf(child);
  // A child that is gone makes the write side fail; its exit code tells all that is of interest.
  child.stdin?.on('error', () => {});
  const ready = new Promise<{ origin: string; entry: string } | null>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = readyLine(line);
      if (said === null) console.error(line);
      else resolve(said);
    });
    ended.then(() => resolve(null));
  });
  const said = await ready;
  if (said === null) return null;
  return {
    ...said,
    ended,
    stop: () => {
      if (stopBy === 'stdin') child.stdin?.end();
      else child.kill('SIGTERM');
      return ended;
    },
  };
}

/** The addresses in a ready line, or null when the line is something else. */
export function readyLine(line: string): { origin: string; entry: string } | null {
  if (!line.startsWith('{')) return null;
  try {
    const said = JSON.parse(line);
    const whole = said?.ready === true && typeof said.origin === 'string' && typeof said.entry === 'string';
    return whole ? { origin: said.origin, entry: said.entry } : null;
  } catch {
    return null;
  }
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once('exit', (code) => resolve(code ?? 128));
  });
}

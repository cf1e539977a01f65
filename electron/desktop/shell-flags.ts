import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../lib/result.ts';

export type ShellWish = 'electron' | 'browser' | 'none';

export interface ShellFlags {
  /** Absolute or relative to the working folder; undefined means the platform's default. */
  data: string | undefined;
  /** Undefined means that the shell chooses; 0 means any free port. */
  port: number | undefined;
  /** Undefined means the best that can be had. */
  shell: ShellWish | undefined;
  /** Opens a throw-away station with simulated devices. */
  rehearsal: boolean;
  /** Stop when standard input ends: how a parent process stops the station gently on every platform. */
  stopWithStdin: boolean;
}

/** What is wrong with the command line, as a sentence in English; the caller prints the usage. */
export type BadFlags = { code: 'BAD_FLAGS'; sentence: string };

/** Reads the flags common to all shells: `--data DIR --port N --shell KIND --rehearsal --stop-with-stdin`. */
export function readShellFlags(args: readonly string[]): Result<ShellFlags, BadFlags> {
  const bad = (sentence: string) => err({ code: 'BAD_FLAGS' as const, sentence });
  let values: { data?: string; port?: string; shell?: string; rehearsal?: boolean; 'stop-with-stdin'?: boolean };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        port: { type: 'string' },
        shell: { type: 'string' },
        rehearsal: { type: 'boolean' },
        'stop-with-stdin': { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    return bad(cause instanceof Error ? cause.message : String(cause));
  }
  const { data, port, shell } = values;
  if (data === '') return bad('--data needs a folder');
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) return bad('--port needs 0 to 65535');
  if (shell !== undefined && !isShellWish(shell)) return bad('--shell needs electron, browser or none');
  return ok({
    data,
    port: port === undefined ? undefined : Number(port),
    shell,
    rehearsal: values.rehearsal ?? false,
    stopWithStdin: values['stop-with-stdin'] ?? false,
  });
}

const isShellWish = (text: string): text is ShellWish => ['electron', 'browser', 'none'].includes(text);

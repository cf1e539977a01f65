import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { StationClient } from '../../electron/contract/index.ts';
import { projectPaths } from '../../electron/desktop/project-paths.ts';
import { readyLine } from '../../electron/desktop/served-child.ts';

export const { root } = projectPaths(import.meta.dirname);
export const PASSPHRASE = 'specimen passphrase 样本';

/** The ways to start a station: what is shipped, the same from its sources, and one with stand-ins for face and reader. */
export const ENTRIES = {
  built: join(root, 'out/main/serve.js'),
  sources: join(root, 'electron/serve.ts'),
  standIn: join(import.meta.dirname, 'stand-in-station.ts'),
};

/** A station in a process of its own. */
export interface ServedStation {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly origin: string;
  /** Address that lets one window in, once. */
  readonly entry: string;
  /** From spawning the process to the whole first answer over HTTP, in ms. */
  readonly startedMs: number;
  stop(): Promise<void>;
}

const folders = new Set<string>();
const running = new Set<ChildProcess>();
process.once('exit', () => {
  // An interrupted benchmark: what still writes must end before its folder can be removed.
  for (const child of running) child.kill('SIGKILL');
  folders.forEach(removeFolder);
});

/** A folder on the disk where the figures are to hold; KAODIAN_BENCH_DIR names another disk. Gone when the process ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(process.env.KAODIAN_BENCH_DIR ?? tmpdir(), 'kaodian-bench-'));
  folders.add(folder);
  return folder;
}

/** For what is large: earlier than at the end. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
}

/** @throws Error when the station ends before it answers; what it printed stands on the error output */
export async function serve(entry: string, dataDir: string, flags: readonly string[] = []): Promise<ServedStation> {
  const begunMs = performance.now();
  const child = fork(entry, ['--data', dataDir, '--port', '0', '--stop-with-stdin', ...flags], {
    // Its input ends with this process, however that ends: no station is left behind.
    stdio: ['pipe', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
    env: { ...process.env, KAODIAN_PASSPHRASE: PASSPHRASE },
  });
  running.add(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => running.delete(child));
  const ready = await new Promise<{ origin: string; entry: string }>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const said = readyLine(line);
      if (said) resolve(said);
    });
    ended.then(() => reject(new Error(`${entry} ended before it was ready`)));
  });
  const answer = await fetch(ready.origin);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`the first answer was ${answer.status}`);
  return {
    ...ready,
    child,
    pid: child.pid!,
    startedMs: performance.now() - begunMs,
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}

/** A window's cookie: lets it in by the one-time address, as a browser would. */
export async function enter({ entry }: Pick<ServedStation, 'entry'>): Promise<string> {
  const reply = await fetch(entry, { redirect: 'manual' });
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0];
  if (!cookie) throw new Error(`the entry answered ${reply.status}`);
  return cookie;
}

/**
 * The contract over HTTP, as a desk calls it. A cookie is named after the port it was given at; a copy of the station
 * at another port knows its value all the same.
 */
export function clientOf({ origin }: Pick<ServedStation, 'origin'>, given: string): StationClient {
  const cookie = `kaodian-${new URL(origin).port}=${given.slice(given.indexOf('=') + 1)}`;
  return createORPCClient(new RPCLink({ url: `${origin}/rpc`, headers: { origin, cookie } }));
}

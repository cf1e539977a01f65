import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Sentence } from './choose-shell.ts';

/** One file of each of the three builds; all are written anew by every build. */
const PRODUCTS = ['out/main/serve.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];
const SOURCES = ['electron', 'renderer', 'electron.vite.config.ts', 'package-lock.json'];

/** True when `out/` is missing or any source is newer than it. Tests are not sources. */
export function needsBuild(root: string): boolean {
  let oldestProductMs = Number.POSITIVE_INFINITY;
  for (const product of PRODUCTS) {
    const path = join(root, product);
    if (!existsSync(path)) return true;
    oldestProductMs = Math.min(oldestProductMs, statSync(path).mtimeMs);
  }
  return SOURCES.some((source) => newestMs(join(root, source)) > oldestProductMs);
}

function newestMs(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return path.endsWith('.test.ts') ? 0 : stat.mtimeMs;
  // A folder's own time counts too: it changes when a file is removed.
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

/**
 * Builds main, preload and desks when that is needed, and says so.
 *
 * @throws Error with the build's own output when it fails, and when there is nothing to build with
 */
export async function buildWhenStale(root: string, say: (line: Sentence) => void): Promise<void> {
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  // An installed station has no sources to be newer than its build and no builder.
  if (!existsSync(builder) && PRODUCTS.every((product) => existsSync(join(root, product)))) return;
  if (!needsBuild(root)) return;
  say({ zh: '正在构建……', en: 'Building ...' });
  const startedMs = performance.now();
  await build(root, builder);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  say({ zh: `构建完成，用时 ${seconds} 秒。`, en: `Built in ${seconds} s.` });
}

function build(root: string, builder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [builder, 'build'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (bytes) => {
      output += bytes;
    });
    child.stderr.on('data', (bytes) => {
      output += bytes;
    });
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`electron-vite build failed:\n${output}`));
    });
  });
}

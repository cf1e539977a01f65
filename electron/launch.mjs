// Plain JavaScript on purpose: this file must load on a Node too old for the rest of the project.
//
// Runs `node electron/<entry>.ts ...` on a Node that reads TypeScript: this one when it can, else the one that
// `npm ci` put into node_modules (linux-x64 only). Under npm scripts that one is found first anyway.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [entry = 'electron/start.ts', ...rest] = process.argv.slice(2);
const script = resolve(root, entry);

const readsTypeScript = ([major = 0, minor = 0]) => major > 22 || (major === 22 && minor >= 18);
const versionOf = (text) => text.replace(/^v/, '').split('.').map(Number);

/** Node's own exit code for a command that cannot run at all. */
const CANNOT_RUN = 127;

if (readsTypeScript(versionOf(process.version))) {
  process.argv.splice(1, 2, script);
  await import(pathToFileURL(script).href);
} else {
  const bundled = join(root, 'node_modules', '.bin', 'node');
  const answer = existsSync(bundled) ? spawnSync(bundled, ['--version'], { encoding: 'utf8' }).stdout?.trim() : '';
  if (!answer || !readsTypeScript(versionOf(answer))) {
    console.error(`需要 Node 22.18 或更新版本，现在是 ${process.version}。请从 https://nodejs.org 安装后重试。`);
    console.error(
      `Node 22.18 or newer is needed; this is ${process.version}. Install it from https://nodejs.org and retry.`,
    );
    process.exit(CANNOT_RUN);
  }
  const child = spawn(bundled, [script, ...rest], { stdio: 'inherit' });
  // Ctrl+C reaches the child by itself (same terminal); this process only waits for its answer.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}

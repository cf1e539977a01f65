import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sentence, ShellFacts } from './choose-shell.ts';

/**
 * Electron's program in `node_modules/electron`, looked up without `require('electron')`: that call would start the
 * download. The package writes the program's name into path.txt after it unpacked the download; as there,
 * ELECTRON_OVERRIDE_DIST_PATH names another folder to look in.
 */
export function findElectron(
  root: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const nameFile = join(folder, 'path.txt');
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : null;
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (name === null && !override) return null;
  const program = join(override || join(folder, 'dist'), name ?? 'electron');
  return existsSync(program) ? program : null;
}

const PROBE_MS = 2_500;
const DOWNLOAD_MS = 300_000;

/** Where the electron package fetches from: a mirror named in the environment, else GitHub. */
const downloadOrigin = () => process.env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';

/**
 * Makes Electron present where it can be had: found, or downloaded once (about 120 MB) when its source answers within
 * two and a half seconds. A station whose cable is pulled out is not held up: no name resolution, no wait.
 *
 * @param say  told before the download begins, because it may take minutes
 */
export async function obtainElectron(root: string, say: (line: Sentence) => void): Promise<ShellFacts['electron']> {
  const found = findElectron(root);
  if (found !== null) return { kind: 'present', path: found };
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer))
    return absent('没有安装 electron 包（npm ci）。', 'The electron package is not installed (npm ci).');
  const origin = downloadOrigin();
  if (!(await answers(origin))) {
    return absent(
      `这台机器没有 Electron，也连不上 ${origin}（联网后可运行 npx install-electron）。`,
      `Electron is not on this machine and ${origin} cannot be reached (once it can: npx install-electron).`,
    );
  }
  say({
    zh: `正在下载 Electron（约 120 MB，只此一次；不想等请按 Ctrl+C，再用 npm start -- --shell browser）……`,
    en: 'Downloading Electron (about 120 MB, once; to skip it press Ctrl+C and run npm start -- --shell browser) ...',
  });
  const installed = await runToEnd(process.execPath, [installer], root);
  const program = findElectron(root);
  if (installed && program !== null) return { kind: 'present', path: program };
  return absent(
    '下载 Electron 没有成功（可稍后运行 npx install-electron）。',
    'Electron could not be downloaded (try later: npx install-electron).',
  );
}

const absent = (zh: string, en: string): ShellFacts['electron'] => ({ kind: 'absent', why: { zh, en } });

/** True when the address gives any HTTP answer in time; what it answers is the installer's business. */
async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}

/** Runs a command with its output shown; false on failure or when it takes longer than the download's limit. */
function runToEnd(command: string, args: string[], cwd: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'], timeout: DOWNLOAD_MS });
    child.on('error', () => resolve(false));
    child.on('exit', (code) => resolve(code === 0));
  });
}

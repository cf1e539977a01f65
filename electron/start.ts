/**
 * `npm start`: builds when the sources are newer than `out/`, then opens the station in the best shell this machine has
 * and says which one and why. Flags: `--data DIR`, `--port N`, `--shell electron|browser|none`, `--rehearsal`.
 * Ctrl+C, or closing the window, closes the station.
 */
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { appWindowArguments, openAppWindow, prepareProfile, profileFolder } from './desktop/app-window.ts';
import { chooseShell, type Sentence, type ShellChoice } from './desktop/choose-shell.ts';
import { defaultDataFolder } from './desktop/data-folder.ts';
import { findBrowser, howToInstallBrowser } from './desktop/find-browser.ts';
import { obtainElectron } from './desktop/find-electron.ts';
import { buildWhenStale } from './desktop/fresh-build.ts';
import { projectPaths } from './desktop/project-paths.ts';
import { type ReadyStation, startStationChild } from './desktop/served-child.ts';
import { readShellFlags, type ShellFlags } from './desktop/shell-flags.ts';

/** Kept from start to start: a browser remembers its permission to use the camera by address and port. */
const USUAL_PORT = 17_480;

const say = ({ zh, en }: Sentence) => console.log(`${zh}\n${en}`);

const read = readShellFlags(process.argv.slice(2));
if (!read.ok) {
  console.error(
    `${read.error.sentence}\nnpm start -- [--data DIR] [--port N] [--shell electron|browser|none] [--rehearsal]`,
  );
  process.exit(2);
}
const flags = read.value;
const { root } = projectPaths(import.meta.dirname);
const dataDir = resolve(flags.data ?? defaultDataFolder(process.platform, process.env, homedir()));
const asRoot = process.getuid?.() === 0;

await buildWhenStale(root, say);
const choice = await choose(flags);
say(choice.why);
process.exit(await open(choice));

async function choose({ shell }: ShellFlags): Promise<ShellChoice> {
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const mayBeElectron = hasDisplay && (shell === undefined || shell === 'electron');
  return chooseShell({
    wish: shell,
    hasDisplay,
    electron: mayBeElectron
      ? await obtainElectron(root, say)
      : { kind: 'absent', why: { zh: '没有找 Electron。', en: 'Electron was not looked for.' } },
    browser: findBrowser(),
    installBrowser: howToInstallBrowser(process.platform),
  });
}

async function open(choice: ShellChoice): Promise<number> {
  if (choice.kind === 'electron') {
    const code = await openElectron(choice.path);
    if (code !== null) return code;
    say({ zh: 'Electron 没能启动，改用浏览器窗口。', en: 'Electron did not start; trying a browser window.' });
    const next = await choose({ ...flags, shell: 'browser' });
    say(next.why);
    return open(next);
  }
  const station = await startStationChild(
    process.execPath,
    [resolve(root, 'out/main/serve.js'), '--stop-with-stdin', ...stationFlags(flags.port ?? (await usualOrFreePort()))],
    { cwd: root, stopBy: 'stdin' },
  );
  if (station === null) {
    say({ zh: '考点站没有启动，原因见上。', en: 'The station did not start; the reason stands above.' });
    return 1;
  }
  stopOnSignal(station);
  if (choice.kind === 'browser') {
    say({ zh: `考点站已启动：${station.origin}`, en: `The station runs at ${station.origin}` });
    const profile = profileFolder(choice.browser, dataDir);
    prepareProfile(profile);
    const window = openAppWindow(choice.browser, appWindowArguments(station.entry, profile, asRoot));
    const windowCode = await Promise.race([window.closed, station.ended.then(() => null)]);
    window.close();
    if (windowCode === null || windowCode === 0) return station.stop();
    say({
      zh: '窗口没有打开或意外关闭。考点站仍在运行。',
      en: 'The window did not open or ended by itself. The station is still running.',
    });
  }
  say({
    zh: `请在本机浏览器打开（链接只能用一次）：${station.entry}\n按 Ctrl+C 关闭考点站。`,
    en: `Open in a browser on this machine (the link works once): ${station.entry}\nCtrl+C closes the station.`,
  });
  return station.ended;
}

/** Runs Electron to its end. Null when it ended before the station answered, so that another shell may be tried. */
async function openElectron(program: string): Promise<number | null> {
  const station = await startStationChild(
    program,
    [...(asRoot && process.platform === 'linux' ? ['--no-sandbox'] : []), root, ...stationFlags(flags.port ?? 0)],
    { cwd: root, stopBy: 'signal' },
  );
  if (station === null) return null;
  stopOnSignal(station);
  return station.ended;
}

function stationFlags(port: number): string[] {
  return ['--data', dataDir, '--port', String(port), ...(flags.rehearsal ? ['--rehearsal'] : [])];
}

function stopOnSignal(station: ReadyStation): void {
  // The terminal sends Ctrl+C to the station as well; both ways end in the same closing.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void station.stop());
}

/** The usual port when nobody listens there, else 0: any free one. */
function usualOrFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const trial = createServer()
      .once('error', () => resolve(0))
      .listen(USUAL_PORT, '127.0.0.1', () => trial.close(() => resolve(USUAL_PORT)));
  });
}

import { existsSync } from 'node:fs';
import { delimiter, join, win32 } from 'node:path';

export interface FoundBrowser {
  name: 'Chrome' | 'Edge' | 'Chromium';
  path: string;
  /** A snap may not touch hidden folders of the home folder, so its profile must lie under `~/snap`. */
  confined: boolean;
}

export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isFile: (path: string) => boolean;
}

const here: Surroundings = { platform: process.platform, env: process.env, isFile: existsSync };

const LINUX_NAMES = [
  ['Chrome', 'google-chrome-stable'],
  ['Chrome', 'google-chrome'],
  ['Edge', 'microsoft-edge-stable'],
  ['Edge', 'microsoft-edge'],
  ['Chromium', 'chromium'],
  ['Chromium', 'chromium-browser'],
] as const;

const WINDOWS_TAILS = [
  ['Chrome', 'Google\\Chrome\\Application\\chrome.exe'],
  ['Edge', 'Microsoft\\Edge\\Application\\msedge.exe'],
  ['Chromium', 'Chromium\\Application\\chrome.exe'],
] as const;

const MAC_APPS = [
  ['Chrome', 'Google Chrome'],
  ['Edge', 'Microsoft Edge'],
  ['Chromium', 'Chromium'],
] as const;

function* places({ platform, env }: Surroundings): Generator<[FoundBrowser['name'], string]> {
  if (platform === 'win32') {
    // Every Windows 10 and 11 has Edge; a browser of the user's own choice comes first.
    const roots = [env.LOCALAPPDATA, env.PROGRAMFILES, env['PROGRAMFILES(X86)']];
    for (const [name, tail] of WINDOWS_TAILS) for (const root of roots) if (root) yield [name, win32.join(root, tail)];
  } else if (platform === 'darwin') {
    const roots = ['/Applications', ...(env.HOME ? [`${env.HOME}/Applications`] : [])];
    for (const [name, app] of MAC_APPS)
      for (const root of roots) yield [name, `${root}/${app}.app/Contents/MacOS/${app}`];
  } else {
    const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), '/usr/bin', '/usr/local/bin', '/snap/bin'];
    for (const [name, file] of LINUX_NAMES) for (const folder of folders) yield [name, join(folder, file)];
    yield ['Chrome', '/opt/google/chrome/chrome'];
    yield ['Edge', '/opt/microsoft/msedge/msedge'];
  }
}

/**
 * The first Chrome, Edge or Chromium in the usual places of this platform, or null. `KAODIAN_BROWSER` names one by path
 * and wins; a wrong path there is not passed over in silence but reported as absent.
 */
export function findBrowser(around: Surroundings = here): FoundBrowser | null {
  const named = around.env.KAODIAN_BROWSER;
  if (named) {
    const name = /edge/i.test(named) ? 'Edge' : /chromium/i.test(named) ? 'Chromium' : 'Chrome';
    return around.isFile(named) ? { name, path: named, confined: isSnap(named) } : null;
  }
  for (const [name, path] of places(around)) if (around.isFile(path)) return { name, path, confined: isSnap(path) };
  return null;
}

const isSnap = (path: string) => path.startsWith('/snap/');

/** The command that installs a browser, for the message that says there is none. */
export function howToInstallBrowser(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'winget install Google.Chrome';
  if (platform === 'darwin') return 'brew install --cask google-chrome';
  return 'sudo apt-get install -y chromium';
}

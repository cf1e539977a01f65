import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FoundBrowser } from './find-browser.ts';

/**
 * The arguments of a browser window that shows the station and nothing else: no tabs, no address bar, its own profile
 * (so that it neither joins a running browser nor sees its extensions), none of the browser's own traffic.
 *
 * @param asRoot  Chromium refuses to start as root with its sandbox on
 */
export function appWindowArguments(address: string, profileDir: string, asRoot: boolean): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${profileDir}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--start-maximized',
    '--window-size=1366,768',
    '--password-store=basic',
    // The second flag only hides the bar that warns of the first.
    ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
  ];
}

/** The window's profile: in the data folder, but under `~/snap` for a browser that may not go elsewhere. */
export function profileFolder(browser: FoundBrowser, dataDir: string): string {
  return browser.confined
    ? join(homedir(), 'snap', 'chromium', 'common', 'kaodian-window')
    : join(dataDir, 'window-profile');
}

/** Settings a new profile begins with. No flag turns the offer to translate a Chinese page off. */
const FIRST_PREFERENCES = { translate: { enabled: false }, credentials_enable_service: false };

/** Prepares the profile once; later starts keep what the person has allowed there. */
export function prepareProfile(profileDir: string): void {
  const preferences = join(profileDir, 'Default', 'Preferences');
  if (existsSync(preferences)) return;
  mkdirSync(join(profileDir, 'Default'), { recursive: true, mode: 0o700 });
  writeFileSync(preferences, JSON.stringify(FIRST_PREFERENCES));
}

/** Opens the window. `closed` resolves when the person closes it, with the browser's exit code. */
export function openAppWindow(
  browser: FoundBrowser,
  args: readonly string[],
): { closed: Promise<number>; close(): void } {
  const child = spawn(browser.path, args, { stdio: 'ignore' });
  const closed = new Promise<number>((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 128));
  });
  return { closed, close: () => child.kill('SIGTERM') };
}

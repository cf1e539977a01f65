import { resolve } from 'node:path';
import { findBrowser } from '../../../electron/desktop/find-browser.ts';
import { unpackNpmChromium } from '../../../electron/desktop/npm-chromium.ts';

export interface TestBrowser {
  /** For the person who reads the run: which browser, and why this one. */
  name: string;
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

const root = resolve(import.meta.dirname, '../../..');

/** Needed as root, and to keep a closed network quiet. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * The browser of this machine (Chrome, Edge, Chromium, or the one KAODIAN_BROWSER names), else, or with
 * KAODIAN_BROWSER=npm, the Chromium that npm brought, unpacked once into `node_modules/.cache`. That one's own flags are left out: they switch off web security and
 * run everything in one process.
 *
 * @throws Error with what to install when there is neither
 */
export async function testBrowser(): Promise<TestBrowser> {
  const forced = process.env.KAODIAN_BROWSER === 'npm';
  const system = forced ? null : findBrowser();
  if (system !== null) {
    return { name: `${system.name} (${system.path})`, executablePath: system.path, args: QUIET, env: {} };
  }
  const { executablePath, libraryDir } = await unpackNpmChromium(root);
  return {
    name: `Chromium from npm (@sparticuz/chromium): ${forced ? 'KAODIAN_BROWSER asks for it' : 'no browser was found on this machine'}`,
    executablePath,
    // No sandbox helper and no zygote in this build; WebGL is not needed.
    args: [...QUIET, '--no-sandbox', '--no-zygote', '--disable-gpu'],
    env: libraryDir === null ? {} : { LD_LIBRARY_PATH: libraryDir },
  };
}

/** How Playwright starts the browser of the tests, with these flags besides its own. @throws as `testBrowser` */
export async function launchWith(...flags: string[]) {
  const { executablePath, args, env } = await testBrowser();
  return { executablePath, args: [...args, ...flags], env: { ...(process.env as Record<string, string>), ...env } };
}

/** Flags of a machine without any camera. */
export const noCamera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=0'];

/** The flags that give a page a camera without asking. With a clip (.y4m or .mjpeg) the camera shows it, in a loop. */
export const fakeCamera = (clip?: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  ...(clip === undefined ? [] : [`--use-file-for-fake-video-capture=${clip}`]),
];

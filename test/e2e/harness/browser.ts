import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { findBrowser } from '../../../electron/desktop/find-browser.ts';

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
 * The browser of this machine (Chrome, Edge, Chromium, or the one KAODIAN_BROWSER names), else the Chromium that npm
 * brought, unpacked once into `node_modules/.cache`. That one's own flags are left out: they switch off web security and
 * run everything in one process.
 *
 * @throws Error with what to install when there is neither
 */
export async function testBrowser(): Promise<TestBrowser> {
  const system = findBrowser();
  if (system !== null && process.env.KAODIAN_BROWSER !== 'npm') {
    return { name: `${system.name} (${system.path})`, executablePath: system.path, args: QUIET, env: {} };
  }
  const { executablePath, libraryDir } = await unpackNpmChromium();
  return {
    name: 'Chromium from npm (@sparticuz/chromium): no browser was found on this machine',
    executablePath,
    // No sandbox helper and no zygote in this build; WebGL is not needed.
    args: [...QUIET, '--no-sandbox', '--no-zygote', '--disable-gpu'],
    env: libraryDir === null ? {} : { LD_LIBRARY_PATH: libraryDir },
  };
}

/** The flags that give a page a camera without asking. With a clip (.y4m or .mjpeg) the camera shows it, in a loop. */
export const fakeCamera = (clip?: string): string[] => [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  ...(clip === undefined ? [] : [`--use-file-for-fake-video-capture=${clip}`]),
];

async function unpackNpmChromium(): Promise<{ executablePath: string; libraryDir: string | null }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no Chrome, Edge or Chromium was found; install one, or name it in KAODIAN_BROWSER');
  }
  const cache = join(root, 'node_modules', '.cache', 'kaodian-chromium');
  mkdirSync(cache, { recursive: true });
  const executablePath = join(cache, 'chromium');
  const libraryDir = join(cache, 'al2023', 'lib');
  const packed = join(dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))), 'bin');
  // The package unpacks into the system's temporary folder, which other people share.
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = cache;
  try {
    const { inflate } = await import('@sparticuz/chromium');
    if (!existsSync(executablePath)) await inflate(join(packed, 'chromium.br'));
    if (!lacksLibraries(executablePath)) return { executablePath, libraryDir: null };
    if (!existsSync(libraryDir)) await inflate(join(packed, 'al2023.tar.br'));
    return { executablePath, libraryDir };
  } finally {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
  }
}

/** A bare Debian lacks libnss3 and friends; the package carries a set of them. */
const lacksLibraries = (program: string): boolean =>
  (spawnSync('ldd', [program], { encoding: 'utf8' }).stdout ?? '').includes('not found');

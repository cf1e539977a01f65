import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The Chromium that npm brought for tests and rehearsals (`@sparticuz/chromium`, a development dependency), unpacked
 * once into `node_modules/.cache`.
 *
 * @param root  the folder with node_modules
 * @returns the program, and the folder of the libraries it needs where the system has none
 * @throws Error with what to do where there is none for this platform, or it is not installed
 */
export async function unpackNpmChromium(root: string): Promise<{ executablePath: string; libraryDir: string | null }> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('no Chrome, Edge or Chromium was found; install one, or name it in KAODIAN_BROWSER');
  }
  const cache = join(root, 'node_modules', '.cache', 'kaodian-chromium');
  mkdirSync(cache, { recursive: true });
  const executablePath = join(cache, 'chromium');
  const libraryDir = join(cache, 'al2023', 'lib');
  // Found by name at run time and not by the bundler: an installed station does not bring it.
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packed = join(dirname(dirname(entry)), 'bin');
  // The package unpacks into the system's temporary folder, which other people share.
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = cache;
  try {
    const { inflate } = (await import(pathToFileURL(entry).href)) as typeof import('@sparticuz/chromium');
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

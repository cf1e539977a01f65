import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { findBrowser } from '../desktop/find-browser.ts';
import { unpackNpmChromium } from '../desktop/npm-chromium.ts';
import { projectPaths } from '../desktop/project-paths.ts';
import { err, ok, type Result } from '../lib/result.ts';

/** A window of a real browser at one desk. */
export interface BrowserWindow {
  page: Page;
  /** Which browser, for the report. */
  name: string;
  close(): Promise<void>;
}

interface Program {
  name: string;
  executablePath: string;
  env: Record<string, string>;
}

/** The browser of this machine, else the one that npm brought; null where there is none. */
async function findProgram(): Promise<Program | null> {
  const found = findBrowser();
  if (found !== null) return { name: found.name, executablePath: found.path, env: {} };
  try {
    const { executablePath, libraryDir } = await unpackNpmChromium(resolve(projectPaths(import.meta.dirname).root));
    return {
      name: 'Chromium (npm)',
      executablePath,
      env: libraryDir === null ? {} : { LD_LIBRARY_PATH: libraryDir },
    };
  } catch {
    return null;
  }
}

/** A development dependency, kept out of the build: six megabytes that an installed station has no use for. */
function loadPlaywright(): typeof import('playwright-core') | null {
  try {
    return createRequire(import.meta.url)('playwright-core');
  } catch {
    return null;
  }
}

/**
 * Opens a window with a camera that shows the clip, carrying the cookie of a desk, headless. Fails where there is no
 * browser, or nothing to drive one with (an installed station brings no playwright).
 */
export async function openBrowserWindow(
  origin: string,
  cookie: string,
  clip: string,
): Promise<Result<BrowserWindow, { zh: string; en: string }>> {
  const playwright = loadPlaywright();
  if (playwright === null) return err({ zh: '没有安装 playwright-core', en: 'playwright-core is not installed' });
  const program = await findProgram();
  if (program === null) return err({ zh: '本机没有可用的浏览器', en: 'no browser on this machine' });
  const browser = await playwright.chromium.launch({
    executablePath: program.executablePath,
    env: { ...(process.env as Record<string, string>), ...program.env },
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${clip}`,
    ],
  });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url: origin, httpOnly: true, sameSite: 'Strict' }]);
  const page = await context.newPage();
  return ok({ page, name: `${program.name} ${browser.version()}`, close: () => browser.close() });
}

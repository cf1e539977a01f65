import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { type ReadyStation, startStationChild } from '../../../electron/desktop/served-child.ts';

const root = resolve(import.meta.dirname, '../../..');

export interface ServedStation extends ReadyStation {
  /** The station's data folder; removed after the test. */
  dataDir: string;
}

/**
 * A test with its own station: the built served shell as a process of its own, in a throw-away data folder. Asking for
 * `station` starts it; the test opens `station.entry` itself.
 */
export const test = base.extend<{ stationArguments: string[]; station: ServedStation }>({
  stationArguments: [[], { option: true }],
  station: async ({ stationArguments }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'kaodian-e2e-'));
    const ready = await startStationChild(
      process.execPath,
      [join(root, 'out/main/serve.js'), '--data', dataDir, '--port', '0', '--stop-with-stdin', ...stationArguments],
      { cwd: root, stopBy: 'stdin', env: { ...process.env, KAODIAN_PASSPHRASE: 'specimen passphrase, 样本' } },
    );
    if (ready === null) throw new Error('the station ended before it was ready; its words stand above');
    await use({ ...ready, dataDir });
    await ready.stop();
    rmSync(dataDir, { recursive: true });
  },
});

export { expect } from '@playwright/test';

/** Keeps a picture of the page as `<name>.png` in the folder named by KAODIAN_SHOTS; without it, nothing. */
export async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.KAODIAN_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/**
 * Collects what must never happen on a page: script errors, words on the console's error output, violations of the
 * content policy, missing files, requests that leave the station. A refusal is an answer, not a trouble: the browser's
 * own line about a status is left out.
 */
export function troubleOf(page: Page, trouble: string[] = []): string[] {
  page.on('pageerror', (error) => trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (/Content Security Policy/i.test(text)) trouble.push(`policy: ${text}`);
    else if (message.type() === 'error' && !/^Failed to load resource: .* status of [45]\d\d/.test(text))
      trouble.push(`console: ${text}`);
  });
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    // A procedure's "there is no such thing" is an answer too.
    if (response.status() === 404 && !pathname.startsWith('/rpc/')) trouble.push(`missing: ${pathname}`);
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1')
      trouble.push(`left the station: ${request.url()}`);
  });
  return trouble;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { findElectron } from '../../electron/desktop/find-electron.ts';

const root = resolve(import.meta.dirname, '../..');
const program = findElectron(root);

test.skip(
  program === null,
  "Electron's binary is not on this machine (npx install-electron), so its window is not exercised",
);

test('the desktop shell opens one locked window on the station', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kaodian-desktop-'));
  const shell = await _electron.launch({
    executablePath: program!,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--data', dataDir],
  });
  try {
    const page = await shell.firstWindow();
    await expect(page).toHaveTitle(/考点站/);
    expect(await page.evaluate(() => ['require', 'process', 'module'].filter((name) => name in globalThis))).toEqual(
      [],
    );
    expect(await page.evaluate(() => (globalThis as { kaodianShell?: { kind: string } }).kaodianShell?.kind)).toBe(
      'electron',
    );

    const before = page.url();
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true);
    expect(page.url()).toBe(before);
    expect(shell.windows()).toHaveLength(1);
    const located = await page.evaluate(() => navigator.permissions.query({ name: 'geolocation' }));
    expect(located.state).not.toBe('granted');
  } finally {
    await shell.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

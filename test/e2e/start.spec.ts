import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const root = resolve(import.meta.dirname, '../..');
test.skip(process.platform === 'win32', 'the stand-in programs of these tests are shell scripts');

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kaodian-start-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs `npm start`'s script until a line matches, and keeps all it says. */
async function start(args: string[], env: Record<string, string>, until: RegExp) {
  const child = spawn(process.execPath, [join(root, 'electron/start.ts'), '--data', join(folder, 'data'), ...args], {
    cwd: root,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ...env },
  });
  let said = '';
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const seen = new Promise<void>((found) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes) => {
        said += bytes;
        if (until.test(said)) found();
      });
    }
  });
  await Promise.race([seen, ended]);
  return { child, ended, said: () => said };
}

function script(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('without a display it prints the address, says why, and Ctrl+C closes the station', async () => {
  const run = await start([], {}, /the link works once\): \S+\n/);
  expect(run.said()).toContain('This machine has no display');
  expect(run.said()).toContain('这台机器没有图形界面');
  const address = /works once\): (\S+)/.exec(run.said())?.[1] ?? '';
  expect((await fetch(new URL(address).origin)).status).toBeLessThan(500);
  run.child.kill('SIGINT');
  expect(await run.ended).toBe(0);
  await expect(fetch(new URL(address).origin)).rejects.toThrow();
});

test('an Electron that does not start gives way to a browser window, and closing that closes the station', async () => {
  script('electron', 'echo "no libgtk" >&2; exit 1');
  const shown = join(folder, 'arguments');
  const browser = script('chromium', `printf '%s\\n' "$@" > "${shown}"`);
  const env = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: folder, KAODIAN_BROWSER: browser };
  const run = await start([], env, /The station runs at/);
  expect(await run.ended).toBe(0);
  expect(run.said()).toContain('Electron did not start');
  const given = readFileSync(shown, 'utf8').split('\n');
  expect(given[0]).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\//);
  expect(given).toContain(`--user-data-dir=${join(folder, 'data', 'window-profile')}`);
});

test('a wrong flag is named and nothing is created', async () => {
  const run = await start(['--shell', 'safari'], {}, /--shell needs/);
  expect(await run.ended).toBe(2);
  expect(existsSync(join(folder, 'data'))).toBe(false);
});

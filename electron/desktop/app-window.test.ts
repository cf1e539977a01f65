import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appWindowArguments, prepareProfile, profileFolder } from './app-window.ts';

test('the sandbox stays on for everyone but root', () => {
  const switches = (asRoot: boolean) => appWindowArguments('http://127.0.0.1:1/', '/p', asRoot).join(' ');
  expect(switches(false)).not.toContain('sandbox');
  expect(switches(true)).toContain('--no-sandbox');
});

test('the profile lies with the data, but where a confined browser may write', () => {
  const browser = { name: 'Chromium', path: '/x', confined: false } as const;
  expect(profileFolder(browser, '/data')).toBe('/data/window-profile');
  expect(profileFolder({ ...browser, confined: true }, '/data').startsWith(join(homedir(), 'snap'))).toBe(true);
});

test('a profile is prepared once: what the person allowed there stays', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-profile-'));
  prepareProfile(folder);
  const preferences = join(folder, 'Default', 'Preferences');
  expect(JSON.parse(readFileSync(preferences, 'utf8')).translate).toEqual({ enabled: false });
  writeFileSync(preferences, '{"camera":"allowed"}');
  prepareProfile(folder);
  expect(readFileSync(preferences, 'utf8')).toBe('{"camera":"allowed"}');
  rmSync(folder, { recursive: true });
});

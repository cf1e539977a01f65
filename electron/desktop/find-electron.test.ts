import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findElectron } from './find-electron.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kaodian-electron-'));
  mkdirSync(join(root, 'node_modules/electron/dist'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));
const put = (path: string, text = '') => writeFileSync(join(root, path), text);

test('a package without its download has no program', () => {
  expect(findElectron(root, {})).toBeNull();
});

test('a download that lost its program has none either', () => {
  put('node_modules/electron/path.txt', 'electron');
  expect(findElectron(root, {})).toBeNull();
});

test('the program is where path.txt says', () => {
  put('node_modules/electron/path.txt', 'electron.exe');
  put('node_modules/electron/dist/electron.exe');
  expect(findElectron(root, {})).toBe(join(root, 'node_modules/electron/dist/electron.exe'));
});

test('another folder may be named, with or without a download', () => {
  put('electron');
  expect(findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: root })).toBe(join(root, 'electron'));
});

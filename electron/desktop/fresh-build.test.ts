import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needsBuild } from './fresh-build.ts';

let root: string;
const OLD = new Date('2026-01-01T00:00:00Z');
const BUILT = new Date('2026-01-02T00:00:00Z');
const NEW = new Date('2026-01-03T00:00:00Z');

function put(path: string, at: Date) {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, '');
  utimesSync(whole, at, at);
}
/** Files change the time of the folder they are put in. */
const settleFolders = () => {
  for (const folder of ['electron/lib', 'electron', 'renderer']) utimesSync(join(root, folder), OLD, OLD);
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kaodian-build-'));
  for (const source of ['electron/lib/ids.ts', 'renderer/main.tsx', 'package-lock.json']) put(source, OLD);
  for (const product of ['out/main/serve.js', 'out/preload/preload.cjs', 'out/renderer/index.html'])
    put(product, BUILT);
  settleFolders();
});
afterEach(() => rmSync(root, { recursive: true }));

test('a build newer than every source stands', () => {
  expect(needsBuild(root)).toBe(false);
});

test.each(['out/main/serve.js', 'out/preload/preload.cjs', 'out/renderer/index.html'])('%s is missing', (product) => {
  rmSync(join(root, product));
  expect(needsBuild(root)).toBe(true);
});

test.each(['electron/lib/ids.ts', 'renderer/main.tsx', 'package-lock.json'])('%s is newer', (source) => {
  put(source, NEW);
  settleFolders();
  expect(needsBuild(root)).toBe(true);
});

test('a removed source asks for a build, a changed test does not', () => {
  put('electron/lib/ids.test.ts', NEW);
  settleFolders();
  expect(needsBuild(root)).toBe(false);
  utimesSync(join(root, 'electron/lib'), NEW, NEW);
  expect(needsBuild(root)).toBe(true);
});

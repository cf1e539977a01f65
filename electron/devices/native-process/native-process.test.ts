import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { startNodeProcess } from './node-process.ts';
import type { NativeProcess, ProcessEnd } from './port.ts';
import { startScript } from './script-process.ts';

const started: NativeProcess[] = [];
afterEach(() => Promise.all(started.splice(0).map((one) => one.kill())));

function start(script: string): NativeProcess {
  const one = startScript(script);
  started.push(one);
  return one;
}
const message = (from: NativeProcess) => new Promise<unknown>((resolve) => from.onMessage(resolve));
const end = (of: NativeProcess) => new Promise<ProcessEnd>((resolve) => of.onExit(resolve));

test('a message comes back as it went, typed arrays as they are', async () => {
  const echo = start('port.onMessage((message) => port.post(message));');
  const sent = { numbers: Float32Array.of(0.5, -1), bytes: Uint8Array.of(1, 2, 3), text: '样本', nothing: null };
  const answer = message(echo);
  echo.post(sent);
  expect(await answer).toEqual(sent);
});

test('it has the frugal heap and a small young generation', async () => {
  const tells = start(`port.onMessage(() => {});
    port.post([process.env.MALLOC_ARENA_MAX, process.execArgv.includes('--max-semi-space-size=1')]);`);
  expect(await message(tells)).toEqual(['1', true]);
});

test('killed in the middle of what never ends, it is gone, and says so once', async () => {
  const busy = start("port.onMessage(() => {}); port.post('begun'); for (;;);");
  await message(busy);
  const ended = end(busy);
  await busy.kill();
  expect(await ended).toEqual({ how: 'SIGKILL', lastWords: '' });
  expect(() => process.kill(busy.pid!, 0)).toThrow('ESRCH');
  busy.post('nobody hears this');
  await busy.kill();
  expect(await end(busy)).toMatchObject({ how: 'SIGKILL' });
});

test('its last words tell why it ended', async () => {
  const dies = start("throw new Error('libsomething.so: cannot open shared object file');");
  const { how, lastWords } = await end(dies);
  expect(how).toBe('code 1');
  expect(lastWords).toContain('libsomething.so: cannot open shared object file');
});

test('without its line to the station it exits by itself', async () => {
  const orphan = start('port.onMessage(() => process.disconnect()); setInterval(() => {}, 1000);');
  const ended = end(orphan);
  orphan.post('leave');
  expect(await ended).toMatchObject({ how: 'code 0' });
});

test('a script that is not there has ended', async () => {
  const nothing = startNodeProcess(pathToFileURL(join(import.meta.dirname, 'missing.mjs')));
  expect((await end(nothing)).lastWords).toContain('missing.mjs');
});

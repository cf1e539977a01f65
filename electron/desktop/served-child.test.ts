import { expect, test, vi } from 'vitest';
import { readyLine, startStationChild } from './served-child.ts';

const start = (script: string, stopBy: 'stdin' | 'signal' = 'stdin') =>
  startStationChild(process.execPath, ['-e', script], { cwd: import.meta.dirname, stopBy });
const READY = `console.log(JSON.stringify({ ready: true, origin: 'http://o', entry: 'http://o/?t' }));`;

test('a child is ready by its line, whatever it says before, and stops when its input ends', async () => {
  const aside = vi.spyOn(console, 'error').mockImplementation(() => {});
  const child = await start(`console.log('hello');${READY}process.stdin.on('end', () => process.exit(5)).resume();`);
  expect([child?.origin, child?.entry, aside.mock.calls]).toEqual(['http://o', 'http://o/?t', [['hello']]]);
  expect(await child?.stop()).toBe(5);
  expect(await child?.ended).toBe(5);
  aside.mockRestore();
});

test('a child that has no input is stopped by a signal', async () => {
  const child = await start(
    `process.on('SIGTERM', () => process.exit(6));${READY}setInterval(() => {}, 1000);`,
    'signal',
  );
  expect(await child?.stop()).toBe(6);
});

test('a child that ends before it is ready is told apart', async () => {
  expect(await start('process.exit(1)')).toBeNull();
});

test('a program that does not exist is told apart', async () => {
  const aside = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await startStationChild('/no/such/program', [], { cwd: '/', stopBy: 'stdin' })).toBeNull();
  aside.mockRestore();
});

test.each(['', 'text', '{', '{"ready":false}', '{"ready":true}', '{"ready":true,"origin":1,"entry":"x"}', 'null'])(
  '%j is no ready line',
  (line) => expect(readyLine(line)).toBeNull(),
);

import { expect, test, vi } from 'vitest';
import { electronStandIn } from '../../test/desktop/electron-stand-in.ts';

const electron = electronStandIn();
vi.doMock('electron', () => electron.module);
const { startUtilityProcess } = await import('./utility-process.ts');

const start = () => {
  const process = startUtilityProcess(new URL('file:///station/out/main/devices-face-worker.js'));
  return { process, utility: electron.utilities.at(-1)! };
};

test('the script is started by its path, with a frugal heap', () => {
  start();
  const [path, args, options] = electron.module.utilityProcess.fork.mock.lastCall!;
  expect([path, args]).toEqual(['/station/out/main/devices-face-worker.js', []]);
  expect(options).toMatchObject({ env: { MALLOC_ARENA_MAX: '1' }, stdio: ['ignore', 'ignore', 'pipe'] });
});

test('messages go both ways, and none to a process that has ended', async () => {
  const { process, utility } = start();
  const heard: unknown[] = [];
  process.onMessage((message) => heard.push(message));
  process.post('first');
  utility.emit('message', { kind: 'ready' });
  await process.kill();
  process.post('nobody hears this');
  await process.kill();
  expect(heard).toEqual([{ kind: 'ready' }]);
  expect(utility.postMessage.mock.calls).toEqual([['first']]);
  expect(utility.kill).toHaveBeenCalledOnce();
});

test('how it ended, with its last words', async () => {
  const { process, utility } = start();
  utility.stderr.emit('data', `${'x'.repeat(3_000)}libsomething.so is missing`);
  utility.emit('exit', 1);
  const { how, lastWords } = await new Promise<{ how: string; lastWords: string }>((resolve) =>
    process.onExit(resolve),
  );
  expect(how).toBe('code 1');
  expect(lastWords).toHaveLength(2_000);
  expect(lastWords).toMatch(/libsomething\.so is missing$/);
});

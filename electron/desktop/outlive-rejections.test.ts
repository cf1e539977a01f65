import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = (fault: string) =>
  `import { outliveRejections } from ${JSON.stringify(join(import.meta.dirname, 'outlive-rejections.ts'))};
   outliveRejections(); ${fault}; setImmediate(() => console.log('the station goes on'));`;
const run = (fault: string) =>
  promisify(execFile)(process.execPath, ['--input-type=module', '-e', script(fault)]).catch(
    (e) => e as { code: number },
  );

test('a rejection nobody waited for is said, and the process goes on', async () => {
  const ended = await run("void Promise.reject(new Error('of a specimen'))");
  expect(ended).toMatchObject({ stdout: 'the station goes on\n' });
  expect((ended as { stderr: string }).stderr).toContain(
    'a promise nobody waited for was rejected: Error: of a specimen',
  );
});

test('an exception outside every promise ends it', async () => {
  expect(await run("process.nextTick(() => { throw new Error('of a specimen'); })")).toMatchObject({ code: 1 });
});

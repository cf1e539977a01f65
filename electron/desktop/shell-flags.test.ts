import { expect, test } from 'vitest';
import { readShellFlags } from './shell-flags.ts';

test('no flags leave every choice to the shell', () => {
  expect(readShellFlags([])).toEqual({
    ok: true,
    value: { data: undefined, port: undefined, shell: undefined, rehearsal: false, stopWithStdin: false },
  });
});

test('all flags', () => {
  const args = ['--data', 'D', '--port=0', '--shell', 'none', '--rehearsal', '--stop-with-stdin'];
  expect(readShellFlags(args)).toEqual({
    ok: true,
    value: { data: 'D', port: 0, shell: 'none', rehearsal: true, stopWithStdin: true },
  });
});

test.each([
  [['--port', '70000'], '--port'],
  [['--port', '-1'], '--port'],
  [['--port', '8e3'], '--port'],
  [['--port', ''], '--port'],
  [['--shell', 'safari'], '--shell'],
  [['--data='], '--data'],
  [['--data'], '--data'],
  [['--rehearsal=yes'], '--rehearsal'],
  [['--nonsense'], '--nonsense'],
  [['stray'], 'stray'],
])('%j is refused and the flag is named', (args, named) => {
  const flags = readShellFlags(args);
  expect(flags.ok ? '' : flags.error.sentence).toContain(named);
});

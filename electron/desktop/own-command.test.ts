import { expect, test } from 'vitest';
import { ownCommand, type Program } from './own-command.ts';

const node: Program = { execPath: '/node', electron: undefined, isUnpackaged: false, root: '/r', fromSource: true };

test.each<[string, Partial<Program>, string[]]>([
  ['a clone', {}, ['/r/electron/cli.ts', 'serve']],
  ['a clone that was built', { fromSource: false }, ['/r/out/main/cli.js', 'serve']],
  ['an installed Electron app', { electron: '45', fromSource: false }, ['--cli', 'serve']],
  ['Electron on the built clone', { electron: '45', isUnpackaged: true, fromSource: false }, ['/r', '--cli', 'serve']],
])('%s', (_, how, args) => {
  expect(ownCommand('serve', { ...node, ...how })).toEqual({ file: '/node', args });
});

import { expect, test } from 'vitest';
import { parseDecoderCommand } from './command-line.ts';

test.each([
  ['/opt/wlt/wlt2bmp', '/opt/wlt/wlt2bmp', []],
  ['  /opt/wlt2bmp   {wlt}\t{picture} ', '/opt/wlt2bmp', ['{wlt}', '{picture}']],
  [
    String.raw`"C:\Program Files\WLT\wlt2bmp.exe" --in={wlt} "a b"`,
    String.raw`C:\Program Files\WLT\wlt2bmp.exe`,
    ['--in={wlt}', 'a b'],
  ],
  ['/opt/x "" last', '/opt/x', ['', 'last']],
  ['/opt/x $(id) ; rm | cat `ls` *', '/opt/x', ['$(id)', ';', 'rm', '|', 'cat', '`ls`', '*']],
])('%s', (line, file, args) => {
  expect(parseDecoderCommand(line)).toEqual({ ok: true, value: { file, args } });
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['"" a', 'empty'],
  ['"/opt/x', 'unclosed-quote'],
  ['wlt2bmp {wlt}', 'not-absolute'],
  ['./wlt2bmp', 'not-absolute'],
])('"%s" is refused: %s', (line, error) => {
  expect(parseDecoderCommand(line)).toEqual({ ok: false, error });
});

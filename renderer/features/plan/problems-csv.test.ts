import { expect, test } from 'vitest';
import { problemsCsv } from './problems-csv.ts';

test('cells are quoted where needed, and no cell is a formula', () => {
  expect(
    problemsCsv([
      ['表', '行'],
      ['a,"b"\nc', '=1+1'],
      ['-2', '@x', '+3', '\t=1'],
    ]),
  ).toBe('\ufeff表,行\r\n"a,""b""\nc",\'=1+1\r\n\'-2,\'@x,\'+3,\'\t=1\r\n');
});

import { expect, test } from 'vitest';
import { type KeyPress, keyName, scannedCharacter } from './key-name.ts';

const press = (code: string, key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
});

test.each([
  [press('Enter', 'Enter'), 'Enter'],
  [press('NumpadEnter', 'Enter'), 'Enter'],
  [press('Enter', 'Enter', { ctrlKey: true }), 'Ctrl+Enter'],
  [press('F8', 'F8'), 'F8'],
  [press('Digit3', '3'), '3'],
  [press('Numpad3', '3'), '3'],
  [press('Numpad8', 'ArrowUp'), 'ArrowUp'],
  [press('KeyQ', 'q'), 'Q'],
  [press('KeyQ', 'Process'), 'Q'],
  [press('KeyW', 'w', { altKey: true }), null],
  [press('Period', '。'), '.'],
])('%o is %s', (pressed, name) => {
  expect(keyName(pressed)).toBe(name);
});

test.each([
  [press('Digit7', '7'), '7'],
  [press('Digit7', 'Process'), '7'],
  [press('KeyK', 'Process', { shiftKey: true }), 'K'],
  [press('KeyK', 'Process'), 'k'],
  [press('Shift', 'Shift'), null],
  [press('KeyV', 'v', { ctrlKey: true }), null],
])('a scanner typing %o means %s', (pressed, character) => {
  expect(scannedCharacter(pressed)).toBe(character);
});

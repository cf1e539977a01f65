import { expect, test } from 'vitest';
import { endsScan, type KeyPress, keyName, scannedCharacter } from './key-name.ts';

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
  [press('Digit7', 'Unidentified'), '7'],
  [press('Digit7', '７'), '7'],
  [press('Numpad0', 'Process'), '0'],
  [press('KeyK', 'Process', { shiftKey: true }), 'K'],
  [press('KeyK', 'Process'), 'k'],
  [press('KeyK', 'ｋ'), 'k'],
  [press('Minus', '－'), '-'],
  [press('Minus', '—', { shiftKey: true }), '_'],
  [press('Minus', 'Process'), '-'],
  [press('Period', '。'), '.'],
  [press('', '5'), '5'],
  [press('Shift', 'Shift'), null],
  [press('ShiftLeft', 'Process'), null],
  [press('F2', 'F2'), null],
  [press('Enter', 'Process'), null],
  [press('KeyV', 'v', { ctrlKey: true }), null],
])('a scanner typing %o means %s', (pressed, character) => {
  expect(scannedCharacter(pressed)).toBe(character);
});

test.each([
  [press('Enter', 'Enter'), true],
  [press('Enter', 'Process'), true],
  [press('NumpadEnter', 'Enter'), true],
  [press('Tab', 'Tab'), true],
  [press('KeyJ', 'j', { ctrlKey: true }), true],
  [press('KeyM', 'm', { ctrlKey: true }), true],
  [press('KeyJ', 'j'), false],
  [press('Space', ' '), false],
])('%o may end a scan: %s', (pressed, ends) => {
  expect(endsScan(keyName(pressed) ?? '')).toBe(ends);
});

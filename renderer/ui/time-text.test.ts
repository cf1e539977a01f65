import { expect, test } from 'vitest';
import { clockText, minuteText, spanText } from './time-text.ts';

test.each([
  [0, '00:00'],
  [468_900, '07:48'],
  [3_600_000, '1:00:00'],
  [4_068_000, '1:07:48'],
  [-5, '00:00'],
  [3 * 86_400_000, '3 d'],
])('%i ms lasts %s', (ms, text) => {
  expect(spanText(ms)).toBe(text);
});

test('the clock shows local wall time', () => {
  const at = new Date(2026, 4, 16, 8, 5, 9).getTime();
  expect(clockText(at)).toBe('08:05:09');
  expect(minuteText(at)).toBe('08:05');
});

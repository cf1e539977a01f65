import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkedAddress, checkedUrl, mayBeSeen, retryDelayMs, viewEndDue, viewGraceMs, whipAddress } from './rules.ts';

const verdict = (way: 'none' | 'centre' | 'whip', address: string): string => {
  const checked = checkedAddress(way, address);
  return checked.ok ? 'ok' : checked.error.code;
};

test.each([
  ['none', '', 'ok'],
  ['centre', 'wss://centre.example/live', 'ok'],
  ['centre', 'wss://centre.example:8443/live?site=1', 'ok'],
  ['centre', 'ws://127.0.0.1:9000/live', 'ok'],
  ['centre', 'ws://localhost:9000/live', 'ok'],
  ['centre', 'ws://[::1]:9000/live', 'ok'],
  ['centre', 'ws://10.1.2.3/live', 'UNENCRYPTED_ADDRESS'],
  ['centre', 'ws://127.0.0.1.evil.example/live', 'UNENCRYPTED_ADDRESS'],
  ['centre', 'https://centre.example/live', 'BAD_ADDRESS'],
  ['centre', 'wss://name:secret@centre.example/live', 'BAD_ADDRESS'],
  ['centre', 'wss://centre.example/live#x', 'BAD_ADDRESS'],
  ['centre', 'centre.example', 'BAD_ADDRESS'],
  ['centre', '', 'BAD_ADDRESS'],
  ['whip', 'https://media.example/whip/{room}/{camera}', 'ok'],
  ['whip', 'http://127.0.0.1:1985/rtc/v1/whip/?app=live&stream={camera}', 'ok'],
  ['whip', 'http://media.example/whip/{camera}', 'UNENCRYPTED_ADDRESS'],
  ['whip', 'https://media.example/whip', 'BAD_ADDRESS'],
  ['whip', 'wss://media.example/{camera}', 'BAD_ADDRESS'],
] as const)('%s to %s: %s', (way, address, expected) => {
  expect(verdict(way, address)).toBe(expected);
});

test('whatever is typed, nothing in the clear goes beyond this computer', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ validSchemes: ['http', 'https', 'ws', 'wss'] }),
      fc.constantFrom('centre', 'whip'),
      (url, way) => {
        if (checkedUrl(way as 'centre' | 'whip', url).ok) {
          expect(/^(wss|https):/.test(url) || /^(ws|http):\/\/(localhost|127\.|\[::1\])/.test(url)).toBe(true);
        }
      },
    ),
  );
});

test('the places of a WHIP address are filled in', () => {
  const at = { session: 'S1', room: '201', camera: 'CAM-1' };
  expect(whipAddress('https://m.example/{session}/{room}?c={camera}', at)).toBe('https://m.example/S1/201?c=CAM-1');
});

describe('the line is tried again', () => {
  test('later each time, never after more than half a minute, never at once', () => {
    expect([1, 2, 3, 6, 60].map((n) => retryDelayMs(n, 0))).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 0.999, noNaN: true }), (n, random) => {
        const delay = retryDelayMs(n, random);
        expect(delay).toBeGreaterThanOrEqual(500);
        expect(delay).toBeLessThanOrEqual(30_000);
      }),
    );
  });
});

test.each([
  ['running', 'centre', null, null],
  ['open', 'centre', viewGraceMs, null],
  ['running', 'centre', viewGraceMs + 1, 'line-lost'],
  ['closed', 'centre', null, 'session-ended'],
  ['preparing', 'centre', null, 'session-ended'],
  [null, 'centre', null, 'session-ended'],
  ['running', 'none', null, 'setting-changed'],
  ['running', 'whip', null, 'setting-changed'],
] as const)(
  'a look in a session that is %s, way %s, without a line for %s ms: %s',
  (sessionState, way, lineAwayMs, due) => {
    expect(viewEndDue({ sessionState }, { way, lineAwayMs })).toBe(due);
  },
);

test('a room may be seen while its door is open or it is running', () => {
  expect((['preparing', 'open', 'running', 'closed', 'sealed', null] as const).map(mayBeSeen)).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
  ]);
});

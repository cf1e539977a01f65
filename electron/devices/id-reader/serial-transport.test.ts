import { expect, test } from 'vitest';
import { listSerialPorts, openFailureCode, serialTransport } from './serial-transport.ts';

test('a list that cannot be made is an answer, not a crash', async () => {
  const listing = listSerialPorts(() => Promise.reject(new Error('spawn udevadm ENOENT')));
  expect(await listing).toEqual({ ok: false, error: { code: 'listing-unavailable', detail: 'spawn udevadm ENOENT' } });
});

test('listing on this computer settles either way', async () => {
  expect((await listSerialPorts()).ok).toBeTypeOf('boolean');
});

test('ports are named with their maker where it is known', async () => {
  const listing = listSerialPorts(async () => [{ path: 'COM3', manufacturer: 'FTDI' }, { path: 'COM4' }]);
  expect(await listing).toEqual({
    ok: true,
    value: [
      { path: 'COM3', maker: 'FTDI' },
      { path: 'COM4', maker: null },
    ],
  });
});

test('a port that does not exist is not found', async () => {
  const opened = await serialTransport('/nowhere/reader').open({ bytes: () => {}, broken: () => {} });
  expect(opened).toMatchObject({ ok: false, error: { code: 'not-found' } });
});

test.each([
  ['Error: Error Resource temporarily unavailable Cannot lock port', 'busy'],
  ['Error: Resource busy, cannot open /dev/ttyUSB0', 'busy'],
  ['Opening COM3: Access denied', 'busy'],
  ['Error: Permission denied, cannot open /dev/ttyUSB0', 'no-permission'],
  ['Error: No such file or directory, cannot open /dev/ttyUSB0', 'not-found'],
  ['Opening COM9: File not found', 'not-found'],
])('"%s" is %s', (words, code) => {
  expect(openFailureCode(words)).toBe(code);
});

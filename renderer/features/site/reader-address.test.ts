import { expect, test } from 'vitest';
import { readerAddress } from './reader-address.ts';

test.each([
  ['serial:COM3', 'serial:COM3'],
  ['com3', 'serial:COM3'],
  ['COM12:9600', 'serial:COM12:9600'],
  ['/dev/ttyUSB0', 'serial:/dev/ttyUSB0'],
  [' tcp：192.168.1.20：4001 ', 'tcp:192.168.1.20:4001'],
  ['TCP:reader.lan:4001', 'tcp:reader.lan:4001'],
  ['usb:1', 'usb:1'],
  ['', ''],
])('%s is sent as %s', (typed, sent) => {
  expect(readerAddress(typed)).toBe(sent);
});

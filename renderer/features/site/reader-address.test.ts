import { expect, test } from 'vitest';
import { isServiceElsewhere, readerAddress } from './reader-address.ts';

test.each([
  ['serial:COM3', 'serial:COM3'],
  ['com3', 'serial:COM3'],
  ['COM12:9600', 'serial:COM12:9600'],
  ['/dev/ttyUSB0', 'serial:/dev/ttyUSB0'],
  [' tcp：192.168.1.20：4001 ', 'tcp:192.168.1.20:4001'],
  ['TCP:reader.lan:4001', 'tcp:reader.lan:4001'],
  ['Synjones', 'synjones'],
  ['huashi：http：//127.0.0.1：19196', 'huashi:http://127.0.0.1:19196'],
  ['usb:1', 'usb:1'],
  ['', ''],
])('%s is sent as %s', (typed, sent) => {
  expect(readerAddress(typed)).toBe(sent);
});

test.each([
  ['synjones', false],
  ['huashi:http://127.0.0.1:19196', false],
  ['synjones:https://localhost:9199', false],
  ['donsee:http://[::1]:38088', false],
  ['tcp:192.168.1.20:4001', false],
  ['huashi:http://192.168.1.20:19196', true],
  ['huashi:http://localhost.lan:19196', true],
])('%s is a service of another computer: %s', (address, elsewhere) => {
  expect(isServiceElsewhere(address)).toBe(elsewhere);
});

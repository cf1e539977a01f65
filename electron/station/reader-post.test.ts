import { expect, test } from 'vitest';
import { openReader } from './reader-post.ts';

const open = (address: string, beyondThisMachine = false) =>
  openReader({ readerId: 'R1', address, beyondThisMachine }, { onState() {}, onCard() {}, onTrouble() {} });

test.each([
  '',
  'tcp:',
  'tcp:127.0.0.1',
  'tcp:127.0.0.1:0',
  'tcp:127.0.0.1:65536',
  'tcp:127.0.0.1:99999',
  'tcp:127.0.0.1:-1',
  'tcp:256.0.0.1:9000',
  'tcp:10.0.8:9000',
  'tcp:127.0.0.1.:9000',
  'tcp:..:9000',
  'tcp:-reader:9000',
  `tcp:${'a'.repeat(64)}:9000`,
  `tcp:${'a.'.repeat(130)}a:9000`,
  'tcp:reader;rm:9000',
  'serial:',
  'serial:COM3:1',
  'serial:COM3:14400',
  'huashi:',
  'synjones:http://127.0.0.1:8989/api',
  'usb:1',
])('%s is no address', (address) => {
  expect(open(address)).toEqual({ ok: false, error: { code: 'bad-address' } });
});

test.each([
  'tcp:127.0.0.1:1',
  'tcp:127.0.0.1:65535',
  'tcp:reader-1.invalid:9000',
  'serial:/dev/none',
  'serial:COM3:9600',
  'huashi',
  'donsee:http://127.0.0.1:1',
])('%s is one, whether or not a reader is there', async (address) => {
  const opened = open(address);
  if (!opened.ok) throw new Error(opened.error.code);
  expect(opened.value.id).toBe('R1');
  await opened.value.close();
});

test('a card service of another computer only where the setting allows it', async () => {
  const address = 'huashi:http://192.0.2.1:19196';
  expect(open(address)).toEqual({ ok: false, error: { code: 'beyond-this-machine' } });
  const opened = open(address, true);
  if (!opened.ok) throw new Error(opened.error.code);
  await opened.value.close();
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  BAUD_RATES,
  COMMANDS,
  encodeCommand,
  samIdText,
  setBaudCommand,
  splitAnswer,
  splitCardData,
} from './sam-commands.ts';
import { FrameParser } from './sam-frame.ts';
import { actionFor } from './sam-status.ts';

const hex = (b: Uint8Array) => Buffer.from(b).toString('hex').toUpperCase();

test.each([
  [COMMANDS.resetSam, '000310FFEC'],
  [COMMANDS.samStatus, '000311FFED'],
  [COMMANDS.samId, '000312FFEE'],
  [COMMANDS.findCard, '0003200122'],
  [COMMANDS.selectCard, '0003200221'],
  [COMMANDS.readTextPhoto, '0003300132'],
  [COMMANDS.readTextPhotoFingerprint, '0003301023'],
  [COMMANDS.readNewestAddress, '0003300330'],
  [COMMANDS.readCardManagementNumber, '0003300536'],
  [COMMANDS.setMaxRfFrame, '000461FF50CA'],
  [setBaudCommand(115_200), '0003600063'],
  [setBaudCommand(9_600), '0003600467'],
])('$name is sent as published', (command, wire) => {
  expect(hex(encodeCommand(command))).toBe(`AAAAAA9669${wire}`);
});

test('every baud rate has its own parameter', () => {
  expect(BAUD_RATES.map((baud) => setBaudCommand(baud).body[1])).toEqual([0, 1, 2, 3, 4]);
});

test('a read answer of 1295 bytes: text from byte 14, photo from byte 270', () => {
  const wire = new Uint8Array(1295).map((_, i) => i % 251);
  wire.set(Buffer.from('AAAAAA966905080000900100 0400'.replace(' ', ''), 'hex'));
  wire[1294] = wire.subarray(5, 1294).reduce((sum, b) => sum ^ b, 0);
  const event = new FrameParser('answer').push(wire)[0];
  if (event?.kind !== 'frame') throw new Error('no frame');
  const answer = splitAnswer(event.body);
  expect(answer.status).toBe(0x90);
  expect(splitCardData(answer.data, false)).toEqual({
    ok: true,
    value: { text: wire.slice(14, 270), photo: wire.slice(270, 1294) },
  });
});

test.each([
  { size: 2321, fingerprint: 1024 },
  { size: 1809, fingerprint: 512 },
  { size: 1297, fingerprint: 0 },
])('with a fingerprint of $fingerprint bytes the frame has $size', ({ size, fingerprint }) => {
  const data = new Uint8Array(6 + 256 + 1024 + fingerprint).fill(7, 6);
  new DataView(data.buffer).setUint16(0, 256);
  new DataView(data.buffer).setUint16(2, 1024);
  new DataView(data.buffer).setUint16(4, fingerprint);
  expect(data.length + 11).toBe(size);
  expect(splitCardData(data, true)).toEqual({
    ok: true,
    value: { text: new Uint8Array(256).fill(7), photo: new Uint8Array(1024).fill(7) },
  });
});

test('any other sizes are malformed, and nothing throws', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.boolean(), (data, fingerprint) => {
      expect(splitCardData(data, fingerprint).ok).toBe(false);
    }),
  );
});

test('the module number reads as on the label', () => {
  const bytes = Uint8Array.from(Buffer.from('0500 0100 A53A3401 01000000 4E61BC00'.replaceAll(' ', ''), 'hex'));
  expect(samIdText(bytes)).toBe('05.01-20200101-0000000001-12345678');
  expect(samIdText(bytes.subarray(1))).toBeNull();
});

test.each([
  [0x90, 'ok'],
  [0x9f, 'found'],
  [0x91, 'empty'],
  [0x10, 'resend'],
  [0x11, 'resend'],
  [0x21, 'unsupported'],
  [0x23, 'replace'],
  [0x24, 'replace'],
  [0x31, 'suspect'],
  [0x32, 'suspect'],
  [0x33, 'suspect'],
  [0x40, 'suspect'],
  [0x41, 'replace'],
  [0x47, 'retry'],
  [0x60, 'out-of-service'],
  [0x66, 'out-of-service'],
  [0x80, 'no-card'],
  [0x81, 'retry'],
  [0x05, 'replace'],
])('status %i means %s', (status, action) => {
  expect(actionFor(status)).toBe(action);
});

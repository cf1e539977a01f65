import { mkdtempSync, readdirSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { specimenWltPhoto } from '../id-reader/cards.ts';
import { CARD_PHOTO, cardPhotoJpeg } from './card-photo.ts';
import { externalDecoder } from './external-decoder.ts';
import { bmpFile } from './specimen-bmp.ts';

const standIn = join(import.meta.dirname, 'stand-in-decoder.mjs');
const run = (args: readonly string[], timeLimitMs = 20_000) =>
  externalDecoder({ file: process.execPath, args: [standIn, ...args] }, { timeLimitMs });
const wlt = specimenWltPhoto(3);

test.each([
  ['standard input and output', ['well']],
  ['a file in, standard output', ['well', '{wlt}']],
  ['a file in, a file out', ['well', '{wlt}', '{picture}']],
])('the picture comes through %s', async (_how, args) => {
  const decoded = await run(args).decode(wlt);
  if (!decoded.ok) throw new Error(decoded.error.code);
  const { width, height, format } = await sharp(decoded.value).metadata();
  expect({ width, height, format }).toEqual({ ...CARD_PHOTO, format: 'jpeg' });
  const { channels } = await sharp(decoded.value).stats();
  for (const channel of channels) expect(Math.abs(channel.mean - wlt[0]!)).toBeLessThan(2);
});

test.each([
  ['fails', { code: 'exit-code', detail: '3' }],
  ['talks', { code: 'too-large', detail: '' }],
  ['is-silent', { code: 'no-output', detail: '' }],
  ['wrong-size', { code: 'wrong-size', detail: '' }],
  ['cut-short', { code: 'unreadable', detail: '' }],
])('a decoder that %s is no decoder', async (mode, error) => {
  expect(await run([mode]).decode(wlt)).toEqual({ ok: false, error });
});

test('one that hangs is ended', async () => {
  const decoded = await run(['hangs'], 400).decode(wlt);
  expect(decoded).toEqual({ ok: false, error: { code: 'timed-out', detail: '400 ms' } });
});

test('one that writes no file where it was told to, and a program that is not there', async () => {
  expect(await run(['is-silent', '{wlt}', '{picture}']).decode(wlt)).toMatchObject({ error: { code: 'no-output' } });
  const missing = externalDecoder({ file: '/nowhere/wlt2bmp', args: [] });
  expect(await missing.decode(wlt)).toMatchObject({ ok: false, error: { code: 'not-started' } });
});

test('nothing of the station’s environment reaches it, and its folder is gone afterwards', async () => {
  const folderFor = mkdtempSync(join(tmpdir(), 'kaodian-decoder-test-'));
  process.env.KAODIAN_SECRET = 'specimen';
  // Ends with the number of what it should not see: variables of the station, and files besides the photo.
  const counts = `
    const strange = Object.keys(process.env).filter((k) => !['PATH','LANG','HOME','TMPDIR','SystemRoot','TEMP','TMP'].includes(k));
    const files = require('node:fs').readdirSync('.').filter((f) => f !== 'photo.wlt');
    process.exit(10 + strange.length + files.length)`;
  const command = { file: process.execPath, args: ['-e', counts, '{wlt}'] };
  const decoded = await externalDecoder(command, { timeLimitMs: 20_000, folderFor }).decode(wlt);
  delete process.env.KAODIAN_SECRET;
  expect(decoded).toEqual({ ok: false, error: { code: 'exit-code', detail: '10' } });
  expect(readdirSync(folderFor)).toEqual([]);
  rmdirSync(folderFor);
});

test('a JPEG of the right size is kept byte for byte; others are refused', async () => {
  const jpeg = async (width: number, height: number) =>
    new Uint8Array(
      await sharp({ create: { width, height, channels: 3, background: '#808080' } })
        .jpeg()
        .toBuffer(),
    );
  const right = await jpeg(102, 126);
  expect(await cardPhotoJpeg(right, CARD_PHOTO)).toEqual({ ok: true, value: right });
  expect(await cardPhotoJpeg(await jpeg(126, 102), CARD_PHOTO)).toEqual({ ok: false, error: 'wrong-size' });
  expect(await cardPhotoJpeg(right.subarray(0, -300), CARD_PHOTO)).toEqual({ ok: false, error: 'unreadable' });
  expect(await cardPhotoJpeg(await jpeg(2_000, 20))).toEqual({ ok: false, error: 'wrong-size' });
  expect(await cardPhotoJpeg(new Uint8Array(2_000_000))).toEqual({ ok: false, error: 'too-large' });
  expect(await cardPhotoJpeg(Buffer.from('GIF89a'))).toEqual({ ok: false, error: 'not-a-picture' });
  const bitmap = bmpFile({ width: 102, height: 126, data: new Uint8Array(102 * 126 * 3).fill(80) });
  expect((await cardPhotoJpeg(bitmap)).ok).toBe(true);
});

#!/usr/bin/env node
// A stand-in for makers' software, for tests: it decodes nothing. Whatever comes in, a grey 102 x 126 bitmap goes out,
// its grey the first byte of the photo. Usage: stand-in-decoder.mjs [MODE] [INPUT] [OUTPUT]; without files, the pipes.
import { readFileSync, writeFileSync } from 'node:fs';

const [mode = 'well', input, output] = process.argv.slice(2);
const width = mode === 'wrong-size' ? 64 : 102;
const height = 126;
const wlt = readFileSync(input ?? 0);
if (wlt.length !== 1024) process.exit(4);
if (mode === 'fails') process.exit(3);
if (mode === 'hangs') setInterval(() => {}, 1_000);
else if (mode === 'talks') process.stdout.write('x'.repeat(3 * 1024 * 1024));
else if (mode === 'is-silent') process.exit(0);
else {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + rowBytes * height, wlt[0]);
  file.fill(0, 0, 54);
  file.write('BM', 'latin1');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  const picture = mode === 'cut-short' ? file.subarray(0, file.length - 400) : file;
  if (output) writeFileSync(output, picture);
  else process.stdout.write(picture);
}

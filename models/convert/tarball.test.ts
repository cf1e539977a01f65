import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fileInTarball } from './tarball.ts';

function entry(name: string, prefix: string, content: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write(prefix, 345);
  const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
  body.write(content);
  return Buffer.concat([header, body]);
}

const archive = gzipSync(
  Buffer.concat([
    entry('package/a.txt', '', 'x'.repeat(600)),
    entry('deep.txt', 'package/very', 'second'),
    entry('package/empty', '', ''),
    Buffer.alloc(1024),
  ]),
);

test('a file is found behind others, by its whole path', () => {
  expect(fileInTarball(archive, 'package/very/deep.txt')?.toString()).toBe('second');
  expect(fileInTarball(archive, 'package/a.txt')).toHaveLength(600);
  expect(fileInTarball(archive, 'package/empty')).toHaveLength(0);
});

test('what is not there is null', () => {
  expect(fileInTarball(archive, 'deep.txt')).toBeNull();
});

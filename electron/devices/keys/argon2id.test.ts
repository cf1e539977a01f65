import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { argon2id, wasm } from './argon2id.ts';

test('Node and WebAssembly compute the same, so that a data folder moves between the shells', async () => {
  const salt = randomBytes(16);
  const cost = { memoryKiB: 1024, passes: 2 };
  expect(Buffer.from(await argon2id('样本 123456', salt, cost))).toEqual(
    Buffer.from(await wasm('样本 123456', salt, cost)),
  );
});

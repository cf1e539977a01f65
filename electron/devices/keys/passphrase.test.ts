import { expect, test } from 'vitest';
import { passphraseWrap } from './passphrase.ts';

const secret = Buffer.from('not a real key, only a specimen');
const wrapped = async () => {
  const r = await passphraseWrap.wrap(secret, '样本口令 12345678');
  if (!r.ok) throw new Error(r.error.code);
  return Buffer.from(r.value);
};

test('the right passphrase gives the secret back, however the keyboard composed its width', async () => {
  expect(await passphraseWrap.unwrap(await wrapped(), '样本口令 １２３４５６７８')).toEqual({
    ok: true,
    value: secret,
  });
});

test('a wrong passphrase, a flipped byte and a cut file give nothing', async () => {
  const bytes = await wrapped();
  expect(await passphraseWrap.unwrap(bytes, '样本口令 12345679')).toEqual({
    ok: false,
    error: { code: 'wrong-passphrase' },
  });
  const flipped = Buffer.from(bytes);
  flipped[50]! ^= 1;
  expect(await passphraseWrap.unwrap(flipped, '样本口令 12345678')).toMatchObject({ ok: false });
  expect(await passphraseWrap.unwrap(bytes.subarray(0, 40), '样本口令 12345678')).toEqual({
    ok: false,
    error: { code: 'damaged' },
  });
});

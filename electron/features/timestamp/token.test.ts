import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { openTestTsa } from '../../../test/peers/time-stamp-authority.ts';
import { askTsa } from './ask-tsa.ts';
import { isTrusted, nonceOf, readTimestamp, timestampRequest } from './token.ts';

const tsa = await openTestTsa();
const { at, openssl, reply, address } = tsa;
afterAll(() => tsa.close());

const text = Buffer.from('the tag manifest of a specimen bundle\n');
const sha256 = createHash('sha256').update(text).digest();
const signal = new AbortController().signal;
const certificate = (name: string) => new X509Certificate(readFileSync(at(name)));

test('a stamp of stock openssl is fetched over HTTP, read, trusted by its authority alone, and verified by openssl', async () => {
  const asked = await askTsa(address, sha256, signal);
  if (!asked.ok) throw new Error(asked.error.code);
  writeFileSync(at('kept.tsr'), asked.value.response);
  writeFileSync(at('text'), text);
  const said = openssl('ts', '-verify', '-data', at('text'), '-in', at('kept.tsr'), '-CAfile', at('ca.pem'));
  expect(said.toString()).toContain('Verification: OK');
  const read = readTimestamp(asked.value.response, sha256);
  if (!read.ok) throw new Error(read.error.code);
  expect(isTrusted(read.value, [certificate('ca.pem')])).toBe(true);
  expect(isTrusted(read.value, [certificate('other.pem')])).toBe(false);
  expect(isTrusted({ ...read.value, atMs: 0 }, [certificate('ca.pem')])).toBe(false);
  expect(readTimestamp(asked.value.response, createHash('sha256').digest())).toEqual({
    ok: false,
    error: { code: 'OTHER_CONTENT' },
  });
});

test('openssl reads our request as it was meant', () => {
  writeFileSync(at('ours.tsq'), timestampRequest(sha256));
  const said = openssl('ts', '-query', '-in', at('ours.tsq'), '-text').toString();
  expect(said).toContain('Hash Algorithm: sha256');
  expect(said).toContain('Certificate required: yes');
  expect(said).toMatch(/Nonce: 0x[0-9A-F]{16}/);
});

test('an answer to another request, a refusal, noise and nobody', async () => {
  const old = reply(timestampRequest(sha256));
  tsa.answerWith = () => old;
  expect(await askTsa(address, sha256, signal)).toEqual({ ok: false, error: { code: 'OTHER_NONCE' } });
  tsa.answerWith = () => reply(Buffer.from('not a request'));
  expect(await askTsa(address, sha256, signal)).toEqual({ ok: false, error: { code: 'MALFORMED' } });
  tsa.answerWith = () => Buffer.from('<html>');
  expect(await askTsa(address, sha256, signal)).toEqual({ ok: false, error: { code: 'MALFORMED' } });
  tsa.answerWith = reply;
  expect(await askTsa('http://127.0.0.1:9/', sha256, signal)).toEqual({
    ok: false,
    error: { code: 'TSA_UNREACHABLE' },
  });
});

test('no byte of what is signed can change', () => {
  const request = timestampRequest(sha256);
  const good = reply(request);
  expect(readTimestamp(good, sha256, nonceOf(request)).ok).toBe(true);
  const info = good.indexOf(sha256) - 40;
  fc.assert(
    fc.property(fc.integer({ min: info, max: info + 110 }), fc.integer({ min: 1, max: 255 }), (i, mask) => {
      const touched = Buffer.from(good);
      touched[i]! ^= mask;
      expect(readTimestamp(touched, sha256, nonceOf(request)).ok).toBe(false);
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: good.length - 1 }), (length) => {
      expect(readTimestamp(good.subarray(0, length), sha256).ok).toBe(false);
    }),
  );
});

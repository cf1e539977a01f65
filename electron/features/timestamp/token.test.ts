import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { askTsa } from './ask-tsa.ts';
import { isTrusted, nonceOf, readTimestamp, timestampRequest } from './token.ts';

// A time-stamp authority of stock openssl behind a few lines of HTTP.
const dir = mkdtempSync(join(tmpdir(), 'kaodian-tsa-'));
const at = (name: string) => join(dir, name);
const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: dir });
writeFileSync(
  at('tsa.cnf'),
  `[tsa]\ndefault_tsa = one\n[one]\nserial = ${at('serial')}\nsigner_cert = ${at('tsa.pem')}\ncerts = ${at('ca.pem')}\nsigner_key = ${at('tsa.key')}
signer_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\nordering = yes\ness_cert_id_chain = no\ness_cert_id_alg = sha256
[ext]\nextendedKeyUsage = critical,timeStamping\n`,
);
writeFileSync(at('serial'), '01\n');
const subject = (name: string) => ['-subj', `/CN=${name}`];
for (const ca of ['ca', 'other']) {
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', at(`${ca}.key`), '-out', at(`${ca}.pem`), '-days', '3650', ...subject(`Specimen ${ca}`));
}
openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', at('tsa.key'), '-out', at('tsa.csr'), ...subject('Specimen TSA'));
openssl('x509', '-req', '-in', at('tsa.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-set_serial', '7', '-days', '3650', '-extfile', at('tsa.cnf'), '-extensions', 'ext', '-out', at('tsa.pem'));

const reply = (request: Buffer): Buffer => {
  writeFileSync(at('request.tsq'), request);
  openssl('ts', '-reply', '-config', at('tsa.cnf'), '-queryfile', at('request.tsq'), '-out', at('response.tsr'));
  return readFileSync(at('response.tsr'));
};
let answerWith: (request: Buffer) => Buffer = reply;
const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  response.setHeader('content-type', 'application/timestamp-reply');
  response.end(answerWith(Buffer.concat(parts)));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(dir, { recursive: true });
});

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
  answerWith = () => old;
  expect(await askTsa(address, sha256, signal)).toEqual({ ok: false, error: { code: 'OTHER_NONCE' } });
  answerWith = () => reply(Buffer.from('not a request'));
  expect(await askTsa(address, sha256, signal)).toEqual({ ok: false, error: { code: 'MALFORMED' } });
  answerWith = () => Buffer.from('<html>');
  expect(await askTsa(address, sha256, signal)).toEqual({ ok: false, error: { code: 'MALFORMED' } });
  answerWith = reply;
  expect(await askTsa('http://127.0.0.1:9/', sha256, signal)).toEqual({ ok: false, error: { code: 'TSA_UNREACHABLE' } });
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

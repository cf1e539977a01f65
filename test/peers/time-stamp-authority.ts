import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A time-stamp authority for tests: stock `openssl ts -reply` behind a few lines of HTTP, with a fresh CA (`ca.pem`) and another that
 * has nothing to do with it (`other.pem`).
 */
export async function openTestTsa() {
  const dir = mkdtempSync(join(tmpdir(), 'kaodian-tsa-'));
  const at = (name: string) => join(dir, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: dir });
  const lines = [
    '[tsa]',
    'default_tsa = one',
    '[one]',
    `serial = ${at('serial')}`,
    `signer_cert = ${at('tsa.pem')}`,
    `certs = ${at('ca.pem')}`,
    `signer_key = ${at('tsa.key')}`,
    'signer_digest = sha256',
    'default_policy = 1.2.3.4.1',
    'digests = sha256',
    'ess_cert_id_alg = sha256',
    '[ext]',
    'extendedKeyUsage = critical,timeStamping',
  ];
  writeFileSync(at('tsa.cnf'), `${lines.join('\n')}\n`);
  writeFileSync(at('serial'), '01\n');
  const fresh = (name: string) => [
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at(`${name}.key`),
    '-subj',
    `/CN=Specimen ${name}`,
  ];
  for (const ca of ['ca', 'other']) openssl('req', '-x509', ...fresh(ca), '-out', at(`${ca}.pem`), '-days', '3650');
  openssl('req', ...fresh('tsa'), '-out', at('tsa.csr'));
  const signedBy = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-set_serial', '7', '-days', '3650'];
  const usage = ['-extfile', at('tsa.cnf'), '-extensions', 'ext'];
  openssl('x509', '-req', '-in', at('tsa.csr'), ...signedBy, ...usage, '-out', at('tsa.pem'));

  const reply = (request: Buffer): Buffer => {
    writeFileSync(at('request.tsq'), request);
    openssl('ts', '-reply', '-config', at('tsa.cnf'), '-queryfile', at('request.tsq'), '-out', at('response.tsr'));
    return readFileSync(at('response.tsr'));
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.setHeader('content-type', 'application/timestamp-reply');
    response.end(tsa.answerWith(Buffer.concat(parts)));
  });
  const tsa = {
    at,
    openssl,
    reply,
    /** What is answered to a request; replaced by tests of bad days. */
    answerWith: reply,
    address: '',
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dir, { recursive: true });
    },
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  tsa.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return tsa;
}

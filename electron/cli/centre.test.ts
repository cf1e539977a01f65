import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sealedSpecimen, specimen } from '../features/archive/specimen-bundle.ts';
import { sshPublicKeyLine } from '../lib/ssh-key-text.ts';

const s = specimen();
const dir = await sealedSpecimen(s);
afterAll(() => rmSync(s.folder, { recursive: true }));
const at = (name: string) => join(s.folder, name);

execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', at('centre-ssh')]);
const [kind, key] = readFileSync(at('centre-ssh.pub'), 'utf8').split(' ');
writeFileSync(at('centre.key'), `${s.centre.identity}\n`);
writeFileSync(at('signers'), `${s.allowedSigners}centre namespaces="kaodian-receipt" ${kind} ${key!.trim()}\n`);
const card = { stationId: 'STATION-1', siteName: '样本市第一考核点（样本）', recipient: 'age1' };
writeFileSync(
  at('station-card.json'),
  JSON.stringify({ ...card, signingKey: sshPublicKeyLine(s.wish.stationSigningKey) }),
);

const cli = resolve('electron/cli.ts');
const common = ['--data', at('centre'), '--key', at('centre-ssh'), '--identity', at('centre.key')];
const kaodian = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  return { status, out: stdout, err: stderr };
};

test('a station is enrolled, its session expected, its bundle received, and the receipt believed by verify and by ssh-keygen', () => {
  expect(kaodian('centre', 'receive', dir, '--out', at('receipt'), ...common)).toMatchObject({
    status: 1,
    err: expect.stringContaining('NOT_AS_ANNOUNCED'),
  });
  expect(kaodian('centre', 'enrol', at('station-card.json'), ...common).status).toBe(0);
  writeFileSync(at('other.json'), JSON.stringify({ ...card, signingKey: `${kind} ${key!.trim()}` }));
  expect(kaodian('centre', 'enrol', at('other.json'), ...common).status).toBe(1);
  expect(kaodian('centre', 'receive', dir, '--out', at('receipt'), ...common).err).toContain('SESSION_NOT_PLANNED');
  expect(kaodian('centre', 'expect', '--station', 'STATION-1', 'S1', ...common).status).toBe(0);
  expect(kaodian('centre', 'receive', dir, '--out', at('receipt'), ...common).status).toBe(0);

  const receipt = join(at('receipt'), 'receipt.json');
  const believed = [
    '-Y',
    'verify',
    '-f',
    at('signers'),
    '-I',
    'centre',
    '-n',
    'kaodian-receipt',
    '-s',
    `${receipt}.sig`,
  ];
  expect(execFileSync('ssh-keygen', believed, { input: readFileSync(receipt) }).toString()).toContain('Good');
  const claim = (...args: string[]) => {
    const { claims } = JSON.parse(kaodian('verify', dir, '--json', ...args).out) as {
      claims: { id: string; result: string }[];
    };
    return claims.find((c) => c.id === 'delivery.1')?.result;
  };
  expect(claim()).toBe('not-present');
  expect(claim('--receipt', receipt)).toBe('not-present');
  expect(claim('--receipt', receipt, '--allowed-signers', at('signers'))).toBe('pass');
  appendFileSync(receipt, ' ');
  expect(claim('--receipt', receipt, '--allowed-signers', at('signers'))).toBe('fail');
});

test('it listens, shows its page to its own machine alone, and ends by a signal', async () => {
  const child = spawn(process.execPath, [cli, 'centre', 'serve', '--port', '0', ...common]);
  let said = '';
  for await (const piece of child.stdout) {
    said += piece;
    if (said.includes('\n')) break;
  }
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
  const page = await fetch(`${address}/`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('STATION-1');
  expect((await fetch(`${address}/receipts/x`)).status).toBe(404);
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
});

test.each([
  [[]],
  [['serve']],
  [['serve', '--data', '/x']],
  [['sing', ...common]],
  [['enrol', at('signers'), ...common]],
])('a command line that cannot be followed: %j', (args) => {
  expect(kaodian('centre', ...args).status).toBe(2);
});

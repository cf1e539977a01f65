import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { TAG_MANIFEST_FILE } from '../features/archive/bundle-format.ts';
import { type Specimen, sealedSpecimen, specimen } from '../features/archive/specimen-bundle.ts';
import { type Rotation, replacements, rotations } from '../features/keys/documents.ts';
import { parseAndVerifyCheckpoint, signCheckpoint } from '../journal/checkpoint.ts';
import { sshPublicKeyLine } from '../lib/ssh-key-text.ts';
import { generateIdentity } from '../vault/age/age.ts';
import { runCommand } from './run-command.ts';

const folders: string[] = [];
const made = (s: Specimen): Specimen => {
  folders.push(s.folder);
  return s;
};
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const first = made(specimen());
const at = (name: string) => join(first.folder, name);
execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', at('centre-ssh')]);
const [kind, key] = readFileSync(at('centre-ssh.pub'), 'utf8').trim().split(' ');
const oldKey = first.wish.stationSigningKey;
const newKey = generateKeyPairSync('ed25519').privateKey;
const lineOf = (privateKey: KeyObject) => sshPublicKeyLine(createPublicKey(privateKey));
const cardFile = (name: string, privateKey: KeyObject) => {
  const card = { stationId: 'STATION-1', siteName: '样本市第一考核点（样本）', signingKey: lineOf(privateKey) };
  writeFileSync(at(name), JSON.stringify(card));
  return at(name);
};
writeFileSync(at('centre.key'), `${first.centre.identity}\n`);
writeFileSync(
  at('signers'),
  `${first.allowedSigners}STATION-1 namespaces="kaodian-bundle" ${lineOf(newKey)}\ncentre namespaces="kaodian-station-card,kaodian-replacement" ${kind} ${key}\n`,
);

const desk = ['--data', at('centre'), '--key', at('centre-ssh')];
const two = ['--by', '甲（样本）', '--second', '乙（样本）'];
/** A command line as a process would run it; ten of them in a row would take longer to start than to work. */
const kaodian = async (...args: string[]) => {
  const said = { out: '', err: '' };
  const writing = (to: 'out' | 'err') =>
    new Writable({
      write(piece, _encoding, done) {
        said[to] += String(piece);
        done();
      },
    });
  const status = await runCommand(args, { stdin: Readable.from([]), stdout: writing('out'), stderr: writing('err') });
  return { status, ...said };
};
const receive = (dir: string) =>
  kaodian('centre', 'receive', dir, '--out', at('receipt'), '--identity', at('centre.key'), ...desk);
const cardClaim = async (dir: string) => {
  const args = ['--station-card', join(at('cards'), 'station-card-STATION-1.json'), '--allowed-signers', at('signers')];
  expect((await kaodian('keys', 'card', 'STATION-1', '--out', at('cards'), ...desk)).status).toBe(0);
  const { claims } = JSON.parse((await kaodian('verify', dir, '--json', ...args)).out) as {
    claims: { id: string; result: string }[];
  };
  return claims.find((c) => c.id === 'signature.3')?.result;
};
const hashOf = (dir: string) =>
  createHash('sha256')
    .update(readFileSync(join(dir, TAG_MANIFEST_FILE)))
    .digest('hex');

/** The station's next bundle, its journal four entries longer, signed by this key. */
async function nextBundle(
  from: Specimen,
  previous: string,
  sessionId: string,
  by: KeyObject,
): Promise<[Specimen, string]> {
  const s = made(specimen({ sessionId, previousTagManifestSha256: previous }, from));
  const own = from.wish.stationSigningKey;
  const note = parseAndVerifyCheckpoint(s.wish.checkpointNote, 'STATION-1', createPublicKey(own));
  if (!note.ok) throw new Error(note.error.code);
  s.wish.stationSigningKey = by;
  s.wish.checkpointNote = signCheckpoint(note.value, by);
  return [s, await sealedSpecimen(s)];
}

const dir = await sealedSpecimen(first);
const size = first.entries.length;

test('a rotation: the old key speaks up to the border, the new one from there on, at the centre and in verify', async () => {
  expect((await kaodian('centre', 'enrol', cardFile('card.json', oldKey), ...desk)).status).toBe(0);
  expect((await kaodian('centre', 'expect', '--station', 'STATION-1', 'S1', 'S2', 'S3', ...desk)).status).toBe(0);
  expect((await receive(dir)).status).toBe(0);

  const note = parseAndVerifyCheckpoint(first.wish.checkpointNote, 'STATION-1', createPublicKey(oldKey));
  if (!note.ok) throw new Error(note.error.code);
  const statement: Rotation = {
    format: 'kaodian-rotation/1',
    stationId: 'STATION-1',
    oldKey: lineOf(oldKey),
    newKey: lineOf(newKey),
    journalSize: size,
    root: Buffer.from(note.value.root).toString('base64'),
    atMs: 1,
  };
  const rotate = (document: Rotation, by: KeyObject) => {
    const signed = rotations.sign(document, by);
    writeFileSync(at('rotation.json'), signed.text);
    writeFileSync(at('rotation.json.sig'), signed.signature);
    return kaodian('keys', 'rotate', at('rotation.json'), ...desk);
  };
  // By a key that is not the one in use; behind what the centre has seen; over another journal.
  expect((await rotate(statement, newKey)).err).toContain('ROTATION_OTHER_KEY');
  expect((await rotate({ ...statement, journalSize: size - 1 }, oldKey)).err).toContain('ROTATION_BEHIND');
  expect((await rotate({ ...statement, root: Buffer.alloc(32).toString('base64') }, oldKey)).err).toContain(
    'ROTATION_BEHIND',
  );
  expect((await rotate(statement, oldKey)).status).toBe(0);
  expect((await rotate(statement, oldKey)).status).toBe(0);

  expect(await cardClaim(dir)).toBe('pass');
  const [, byOld] = await nextBundle(first, hashOf(dir), 'S2', oldKey);
  expect(await cardClaim(byOld)).toBe('fail');
  expect((await receive(byOld)).err).toContain('KEY_ROTATED');
  const [second, byNew] = await nextBundle(first, hashOf(dir), 'S2', newKey);
  expect(await cardClaim(byNew)).toBe('pass');
  expect((await receive(byNew)).status).toBe(0);

  // Withdrawn as far as the centre has seen the journal: what it has stays good, what comes is refused.
  const revoke = (...more: string[]) =>
    kaodian('keys', 'revoke', 'STATION-1', '--why', '电脑丢失（样本）', ...more, ...desk);
  expect((await revoke()).status).toBe(2);
  expect((await revoke('--by', '甲（样本）', '--second', '甲（样本）')).status).toBe(2);
  expect((await revoke(...two, '--size', '3')).err).toContain('BEHIND_RECEIPT');
  expect(await revoke(...two)).toMatchObject({
    status: 0,
    out: expect.stringContaining(String(second.entries.length)),
  });
  expect(await cardClaim(byNew)).toBe('pass');
  const [, late] = await nextBundle(second, hashOf(byNew), 'S3', newKey);
  expect(await cardClaim(late)).toBe('fail');
  expect((await receive(late)).err).toContain('KEY_REVOKED');

  // Another machine: its journal begins anew, its bundles go on behind the last one that was accepted.
  const machine = generateKeyPairSync('ed25519').privateKey;
  const replace = (...more: string[]) =>
    kaodian('keys', 'replace', cardFile('new-card.json', machine), ...more, ...two, '--out', at('order'), ...desk);
  expect((await replace('--lost', 'machine')).status).toBe(0);
  expect((await replace('--lost', 'machine')).err).toContain('KEY_STILL_IN_USE');
  const order = replacements.read({
    text: readFileSync(join(at('order'), 'replacement.json'), 'utf8'),
    signature: readFileSync(join(at('order'), 'replacement.json.sig'), 'utf8'),
  });
  expect(order.ok && order.value.document).toMatchObject({
    signingKey: lineOf(machine),
    journal: 2,
    fromSize: 0,
    previousTagManifestSha256: hashOf(byNew),
  });
  const fresh = made(specimen({ sessionId: 'S3', previousTagManifestSha256: hashOf(byNew) }));
  fresh.wish.recipients = [first.centre.recipient];
  const freshNote = parseAndVerifyCheckpoint(
    fresh.wish.checkpointNote,
    'STATION-1',
    createPublicKey(fresh.wish.stationSigningKey),
  );
  if (!freshNote.ok) throw new Error(freshNote.error.code);
  fresh.wish.stationSigningKey = machine;
  fresh.wish.checkpointNote = signCheckpoint(freshNote.value, machine);
  fresh.wish.documents = fresh.wish.documents.filter((d) => !d.path.startsWith('data/supervision'));
  fresh.wish.stored = [];
  // The journal's entries are of session S1 in a fresh specimen: only the station's own are shown.
  const shown = await kaodian('keys', 'list', 'STATION-1', ...desk);
  expect((await kaodian('keys', 'list', 'STATION-1', '--minisign', ...desk)).out).toMatch(/^RW[A-Za-z0-9+/]{54} 1:0-/);
  expect(
    shown.out
      .trim()
      .split('\n')
      .map((line) => line.split(' ').slice(1).join(' ')),
  ).toEqual([`1:0-${size} rotated`, `1:${size + 1}-${second.entries.length} revoked`, '2:0- 现用 in use']);
  writeFileSync(
    at('signers'),
    `${readFileSync(at('signers'), 'utf8')}STATION-1 namespaces="kaodian-bundle" ${lineOf(machine)}\n`,
  );
  expect(await cardClaim(await sealedSpecimen(fresh))).toBe('pass');
});

test("the centre's recipient: the next becomes current, and what was current never comes back", async () => {
  const [one, other] = [generateIdentity().recipient, generateIdentity().recipient];
  const recipient = (...args: string[]) => kaodian('keys', 'recipient', ...args, ...desk);
  expect((await recipient('--next', 'age1nobody', ...two)).status).toBe(2);
  expect((await recipient('--next', one)).status).toBe(2);
  expect((await recipient('--next', one, ...two)).out).toContain(`current: ${one}`);
  expect((await recipient('--rotate', ...two)).err).toContain('NO_NEXT_RECIPIENT');
  expect((await recipient('--next', other, ...two)).out).toContain(`next: ${other}`);
  expect((await recipient('--rotate', ...two)).out).toContain(`current: ${other}`);
  expect((await recipient('--next', one, ...two)).err).toContain('RECIPIENT_KNOWN');
});

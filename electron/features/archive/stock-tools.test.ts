import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseBagInfo } from './bag-text.ts';
import type { BundleIndex } from './bundle-format.ts';
import { sealedSpecimen, specimen } from './specimen-bundle.ts';

const s = specimen();
const dir = await sealedSpecimen(s);
afterAll(() => rmSync(s.folder, { recursive: true }));
const here = (command: string) => !spawnSync(command, ['--version']).error;

/** The commands as the bundle itself prints them, run by a shell inside it. */
const bagInfo = parseBagInfo(readFileSync(join(dir, 'bag-info.txt'), 'utf8'));
const sh = (command: string | undefined, cwd = dir) =>
  spawnSync('sh', ['-c', command ?? 'false'], { cwd, encoding: 'utf8' });

describe.skipIf(!here('sha256sum'))('sha256sum (skipped where it is not installed)', () => {
  test.each(['Kaodian-Check-1', 'Kaodian-Check-2'])('%s passes, and names a damaged file', (label) => {
    expect(sh(bagInfo.get(label))).toMatchObject({ status: 0, stdout: '', stderr: '' });
    const copy = join(s.folder, `damaged-${label}`);
    cpSync(dir, copy, { recursive: true });
    const victim = label === 'Kaodian-Check-1' ? 'README-开包说明.txt' : 'data/video/R1/C1/0002.age';
    appendFileSync(join(copy, victim), 'x');
    const after = sh(bagInfo.get(label), copy);
    expect(after.status).not.toBe(0);
    expect(after.stdout).toContain(victim);
  });
});

describe.skipIf(!here('ssh-keygen'))('ssh-keygen (skipped where it is not installed)', () => {
  test('verifies the signature, and refuses another tag manifest', () => {
    expect(sh(bagInfo.get('Kaodian-Check-3'))).toMatchObject({ status: 0 });
    const copy = join(s.folder, 'resigned');
    cpSync(dir, copy, { recursive: true });
    appendFileSync(join(copy, 'tagmanifest-sha256.txt'), '\n');
    expect(sh(bagInfo.get('Kaodian-Check-3'), copy).status).not.toBe(0);
  });
});

describe.skipIf(!here('age'))('age (skipped where it is not installed)', () => {
  test('opens the index, and every file to the hash the index gives', () => {
    const key = join(s.folder, 'centre.key');
    writeFileSync(key, `${s.centre.identity}\n`, { mode: 0o600 });
    expect(sh(bagInfo.get('Kaodian-Open')).status).toBe(0);
    const index = JSON.parse(readFileSync(join(s.folder, 'index.json'), 'utf8')) as BundleIndex;
    for (const item of index.items.filter((i) => i.volume !== 'supervision')) {
      const plain = execFileSync('age', ['-d', '-i', key, item.path], { cwd: dir });
      expect([createHash('sha256').update(plain).digest('hex'), plain.length]).toEqual([item.sha256, item.sizeBytes]);
    }
    expect(spawnSync('age', ['-d', '-i', key, 'data/supervision/record.json.age'], { cwd: dir }).status).not.toBe(0);
  });
});

describe.skipIf(!here('openssl'))('openssl (skipped where it is not installed)', () => {
  test('gives every file the hash the manifest has', () => {
    const lines = readFileSync(join(dir, 'manifest-sha256.txt'), 'utf8').trimEnd().split('\n');
    for (const line of lines) {
      const [hash, path] = line.split('  ') as [string, string];
      const said = execFileSync('openssl', ['dgst', '-sha256', '-r', path], { cwd: dir, encoding: 'utf8' });
      expect(said.split(' ')[0]).toBe(hash);
    }
    expect(lines.length).toBeGreaterThan(5);
  });
});

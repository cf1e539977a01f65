import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { sealedSpecimen, specimen } from '../features/archive/specimen-bundle.ts';

const s = specimen();
const dir = await sealedSpecimen(s);
const at = (name: string) => join(s.folder, name);
writeFileSync(at('centre.key'), `# key\n${s.centre.identity}\n`);
writeFileSync(at('signers'), s.allowedSigners);
writeFileSync(at('kept'), s.earlierCheckpoint);
afterAll(() => rmSync(s.folder, { recursive: true }));

const kaodian = (args: string[], input?: Uint8Array) =>
  spawnSync(process.execPath, [resolve('electron/cli.ts'), ...args], { input: input ?? '', maxBuffer: 1 << 26 });
const text = ({ status, stdout, stderr }: ReturnType<typeof kaodian>) => ({
  status,
  out: stdout.toString('utf8'),
  err: stderr.toString('utf8'),
});

describe('verify', () => {
  test('a good bundle exits 0, prints the report and writes the page', () => {
    const all = ['--key', at('centre.key'), '--allowed-signers', at('signers'), '--checkpoint', at('kept')];
    const run = text(kaodian(['verify', dir, ...all, '--html', at('report.html')]));
    expect([run.status, run.err]).toEqual([0, '']);
    expect(run.out).toContain('没有发现改动。');
    expect(readFileSync(at('report.html'), 'utf8')).toContain('<h1>封存包核验报告');
  });
  test('JSON for programs', () => {
    const run = text(kaodian(['verify', dir, '--json']));
    expect([run.status, JSON.parse(run.out).counts.fail]).toEqual([0, 0]);
  });
  test('a damaged bundle exits 1 and names the file', () => {
    const other = specimen();
    return sealedSpecimen(other).then((damaged) => {
      appendFileSync(join(damaged, 'data/4-results/S1.json.age'), 'x');
      const run = text(kaodian(['verify', damaged]));
      rmSync(other.folder, { recursive: true });
      expect(run.status).toBe(1);
      expect(run.out).toContain('data/4-results/S1.json.age');
    });
  });
});

test('open decrypts into a new directory', () => {
  const run = text(kaodian(['open', dir, '--key', at('centre.key'), '--out', at('opened')]));
  expect([run.status, run.err]).toEqual([0, '']);
  expect(existsSync(join(at('opened'), 'index.html'))).toBe(true);
  expect(text(kaodian(['open', dir, '--key', at('centre.key'), '--out', at('opened')])).status).toBe(2);
});

describe('age', () => {
  test('there and back through pipes and files', () => {
    const plain = Buffer.alloc(200_000, 'kaodian');
    const sealed = kaodian(['age', '-r', s.centre.recipient], plain);
    expect(sealed.status).toBe(0);
    const back = kaodian(['age', '-d', '-i', at('centre.key')], sealed.stdout);
    expect(back.stdout.equals(plain)).toBe(true);
    writeFileSync(at('x.age'), sealed.stdout);
    expect(kaodian(['age', '-d', '-i', at('centre.key'), '-o', at('x'), at('x.age')]).status).toBe(0);
    expect(readFileSync(at('x')).equals(plain)).toBe(true);
    const cut = kaodian(['age', '-d', '-i', at('centre.key'), '-o', at('y')], sealed.stdout.subarray(0, -1));
    expect([cut.status, existsSync(at('y')), existsSync(at('y.partial'))]).toEqual([1, false, false]);
  });

  test.each([
    ['a byte of the second chunk flipped', (file: Buffer) => file.with(-20, file.at(-20)! ^ 1)],
    ['cut inside the second chunk', (file: Buffer) => file.subarray(0, -20)],
    ['cut behind the first', (file: Buffer) => file.subarray(0, -100_016 + 65_536)],
    ['with a byte behind its end', (file: Buffer) => Buffer.concat([file, Buffer.of(0)])],
  ])('%s: the first chunk comes out, nothing behind it, and the exit code is 1', (_name, damage) => {
    const plain = Buffer.alloc(100_000, 'kaodian');
    const sealed = kaodian(['age', '-r', s.centre.recipient], plain).stdout;
    writeFileSync(at('damaged.age'), damage(sealed));
    for (const args of [[at('damaged.age')], []]) {
      const opened = kaodian(['age', '-d', '-i', at('centre.key'), ...args], readFileSync(at('damaged.age')));
      expect([opened.status, opened.stdout.equals(plain.subarray(0, 65_536))]).toEqual([1, true]);
      expect(opened.stderr.toString()).not.toBe('');
    }
  });
});

describe('a command line that cannot be followed exits 2 with its usage', () => {
  test.each([
    [['nonsense']],
    [['verify']],
    [['verify', dir, at('no-second-disk')]],
    [['verify', '--nonsense', dir]],
    [['verify', at('nowhere')]],
    [['verify', dir, '--key', at('signers')]],
    [['open', dir, '--key', at('centre.key')]],
    [['age', '-d', at('x.age')]],
    [['age', '-r', 'age1nobody']],
  ])('%j', (args) => {
    const run = text(kaodian(args));
    expect([run.status, run.out]).toEqual([2, '']);
    expect(run.err).toContain('kaodian ');
    expect(run.err).not.toMatch(/AGE-SECRET-KEY-1[A-Z0-9]/);
  });
});

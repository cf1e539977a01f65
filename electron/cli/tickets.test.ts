import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writePlanPackage } from '../features/plan/package.ts';
import { aPlan, CENTRE_KEY, editedWorkbook, OTHER_KEY } from '../features/plan/plan-fixture.ts';
import { opensshPrivateKeyText } from '../lib/openssh-private-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaodian-tickets-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const { plan, photos, files } = aPlan();
writeFileSync(at('plan.zip'), writePlanPackage(plan, photos, CENTRE_KEY));
writeFileSync(at('forged.zip'), writePlanPackage(plan, photos, OTHER_KEY));
writeFileSync(at('plan.xlsx'), await editedWorkbook(plan, () => {}));
writeFileSync(
  at('broken.xlsx'),
  await editedWorkbook(plan, (book) => {
    book.getWorksheet('考生')!.getCell('F3').value = null;
  }),
);
mkdirSync(at('photos'));
for (const { name, bytes } of files) writeFileSync(join(at('photos'), name), bytes);
writeFileSync(at('centre.key'), opensshPrivateKeyText(CENTRE_KEY, 'centre'));
writeFileSync(at('other.key'), opensshPrivateKeyText(OTHER_KEY, 'other'));

const tickets = (...args: string[]) => {
  const run = spawnSync(process.execPath, [resolve('electron/cli.ts'), 'tickets', ...args], { encoding: 'utf8' });
  return { status: run.status, out: run.stdout, err: run.stderr };
};
const ask = (planFile: string, out: string, key = 'centre.key') => [at(planFile), '--key', at(key), '--out', at(out)];

test.each(['plan.zip', 'plan.xlsx'])('the tickets of %s are printed, readable by their owner alone', (file) => {
  const out = `${file}.pdf`;
  const run = tickets(...ask(file, out), '--ticket', '202600000005');
  expect([run.status, run.out]).toEqual([0, `印好 1 张准考证 tickets printed: ${at(out)}\n`]);
  // The pictures of this plan are only as long as a header.
  expect(run.err).toContain('202600000005');
  expect(readFileSync(at(out)).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  if (process.platform !== 'win32') expect(statSync(at(out)).mode & 0o077).toBe(0);
});

test.each<[string, string[], number, string]>([
  ['a key of somebody else', ask('plan.zip', 'no.pdf', 'other.key'), 1, '考点不会认'],
  ['a plan that its own centre did not sign', ask('forged.zip', 'no.pdf'), 1, '✕'],
  ['a workbook with a fault, by its cell', ask('broken.xlsx', 'no.pdf'), 1, '考生 F3'],
  ['a key file that is none', ask('plan.zip', 'no.pdf', 'plan.xlsx'), 2, 'OpenSSH'],
  ['no such plan', ask('none.zip', 'no.pdf'), 2, 'kaodian tickets'],
  ['photos that are nowhere', [...ask('plan.xlsx', 'no.pdf'), '--photos', at('nowhere')], 2, '--photos'],
  ['no output', [at('plan.zip'), '--key', at('centre.key')], 2, 'kaodian tickets'],
  ['an output that cannot be written', ask('plan.zip', 'nowhere/no.pdf'), 2, '写不了'],
])('%s: nothing is printed', (_what, args, status, said) => {
  const run = tickets(...args);
  expect([run.status, run.out, existsSync(at('no.pdf'))]).toEqual([status, '', false]);
  expect(run.err).toContain(said);
  expect(run.err).not.toContain('PRIVATE KEY');
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { lawfulPanel } from '../features/examiners/panel-fixture.ts';
import { runCommand } from './run-command.ts';

const EXAMPLE = join(import.meta.dirname, '../../resources/examples/assignment-facts.json');

async function evaluate(file: string, ...options: string[]) {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runCommand(['rules', 'evaluate', file, ...options], { stdin, stdout, stderr });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}
async function evaluateText(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'kaodian-facts-'));
  try {
    await writeFile(join(folder, 'facts.json'), text);
    return await evaluate(join(folder, 'facts.json'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('the example of the manual breaks one rule, which is named with its clause and source', async () => {
  const { code, out } = await evaluate(EXAMPLE);
  const { pack, violations } = JSON.parse(out);
  expect(code).toBe(1);
  expect(pack.id).toBe('national');
  expect(violations).toMatchObject([
    {
      ruleId: 'examiners.taught-class',
      severity: 'block',
      examinerId: 'E1',
      facts: { classes: 'K-1', candidates: 'C1 C2 C3 C4 C5' },
      source: '无锡市考评人员管理实施细则',
      article: '第24条',
    },
  ]);
});

test('a lawful panel prints no violation and exits well', async () => {
  const { code, out } = await evaluateText(JSON.stringify(lawfulPanel()));
  expect(code).toBe(0);
  expect(JSON.parse(out).violations).toEqual([]);
});

test('another pack judges by its own clauses', async () => {
  const { out } = await evaluate(EXAMPLE, '--pack', 'shanghai');
  expect(JSON.parse(out).pack.id).toBe('shanghai');
});

test.each(['', '[]', '{"format":"kaodian-assignment-facts/1"}'])('%j is no facts', async (text) => {
  const { code, err } = await evaluateText(text);
  expect(code).toBe(2);
  expect(err).toContain('not assignment facts');
});

test('a pack that is not there is said', async () => {
  const { code, err } = await evaluate(EXAMPLE, '--pack', 'nowhere');
  expect(code).toBe(2);
  expect(err).toContain('unusable rule pack');
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { lawfulPanel } from '../features/examiners/panel-fixture.ts';
import { loadRulePack } from '../features/rules/load-rule-pack.ts';
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

test('the pack of a session, as its bundle has it, judges with the values changed at the site', async () => {
  const loaded = await loadRulePack(join(import.meta.dirname, '../../resources/rule-packs'), 'national');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  const clauses = loaded.value.clauses.map((c) =>
    c.id === 'panel.size' ? { ...c, value: 5, changed: { changeId: 'RC-1', was: c.value! } } : c,
  );
  const folder = await mkdtemp(join(tmpdir(), 'kaodian-pack-'));
  try {
    const [pack, facts] = [join(folder, 'rule-pack.json'), join(folder, 'facts.json')];
    await writeFile(facts, JSON.stringify(lawfulPanel()));
    await writeFile(pack, JSON.stringify({ ...loaded.value, clauses }));
    const { code, out } = await evaluate(facts, '--pack-file', pack);
    expect(JSON.parse(out).violations).toMatchObject([{ ruleId: 'panel.size', facts: { has: '3', wanted: '5' } }]);
    expect(code).toBe(0);
    await writeFile(pack, '{}');
    expect((await evaluate(facts, '--pack-file', pack)).err).toContain('unusable rule pack');
  } finally {
    await rm(folder, { recursive: true });
  }
});

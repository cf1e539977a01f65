import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitTo, seedOf, shareHash } from '../features/draw/panels/commitment.ts';
import { drawFixture } from '../features/draw/panels/draw-fixture.ts';
import { drawPanels, witnessOf } from '../features/draw/panels/draw-panels.ts';
import { runCommand } from './run-command.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaodian-draw-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function publishedDraw() {
  const input = drawFixture('cli', { examiners: 40, rooms: 3, sessions: 2, panel: 3 });
  const shares = [{ party: 'centre', share: 'ab'.repeat(16) }];
  const witness = witnessOf(input);
  if (!witness.ok) throw new Error(witness.error.code);
  const commitment = commitTo(input, witness.value, [{ party: 'centre', sha256: shareHash(shares[0]!) }]);
  const drawn = drawPanels(input, seedOf(commitment, shares)!);
  if (!drawn.ok) throw new Error(drawn.error.code);
  return { format: 'kaodian-published-draw/1', input, commitment, shares, drawn: drawn.value };
}

async function verify(content: string, ...options: string[]) {
  const file = join(folder, 'draw.json');
  await writeFile(file, content);
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await runCommand(['draw', 'verify', file, ...options], { stdin, stdout, stderr });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

test('a published draw is repeated and passes', async () => {
  const { code, out } = await verify(JSON.stringify(publishedDraw()));
  expect(code).toBe(0);
  expect(out.match(/通过 pass/g)).toHaveLength(6);
});

test('a seat exchanged afterwards is named, and the exit code says so', async () => {
  const draw = publishedDraw();
  draw.drawn[0]!.examinerId = draw.drawn[4]!.examinerId;
  const { code, out } = await verify(JSON.stringify(draw));
  expect(code).toBe(1);
  expect(out).toContain('不通过 FAIL  按种子重抽');
  expect(out).toContain('seat 1:');
});

test('answers in JSON for other programs', async () => {
  const { out } = await verify(JSON.stringify(publishedDraw()), '--json');
  expect(JSON.parse(out)).toHaveLength(6);
});

test.each(['', 'no json', '{}', '{"format":"kaodian-published-draw/1"}'])(
  '%j is no published draw',
  async (content) => {
    const { code, err } = await verify(content);
    expect(code).toBe(2);
    expect(err).toContain('not a published draw');
  },
);

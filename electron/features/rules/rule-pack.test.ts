import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadRulePack } from './load-rule-pack.ts';
import { RulePack } from './rule-pack.ts';
import { clauseOf, ruleValueIds, ruleValues } from './rule-values.ts';

const SHIPPED = join(import.meta.dirname, '../../../resources/rule-packs');
const national = async () => JSON.parse(await readFile(join(SHIPPED, 'national.json'), 'utf8'));

const dirs: string[] = [];
afterEach(async () => {
  for (const dir of dirs.splice(0)) await rm(dir, { recursive: true });
});
async function packDir(content: string, name = 'p'): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kaodian-rules-'));
  dirs.push(dir);
  await writeFile(join(dir, `${name}.json`), content);
  return dir;
}

test('the national pack loads and gives every value the station asks for', async () => {
  const pack = await loadRulePack(SHIPPED, 'national');
  if (!pack.ok) throw new Error(JSON.stringify(pack.error));
  expect(ruleValues(pack.value)).toEqual({
    'admission.enter-before-minutes': 15,
    'admission.late-after-minutes': 30,
    'admission.consent': 'at-door',
    'admission.liveness': 'turn',
    'admission.camera-card-second-person': true,
    'admission.other-documents': 'hmt-permit,travel-permit,passport,military',
    'admission.rechecks-per-hundred': 5,
    'admission.rechecks-least': 5,
    'admission.draw-workstation': true,
    'admission.ticket-required': true,
    'admission.face-threshold-fmr': '1e-3',
    'admission.leave-after-minutes': 30,
    'admission.break-minutes': 10,
    'scoring.pass-tenths': 600,
    'scoring.min-examiners': 2,
    'scoring.spread-limit-tenths': 100,
    'scoring.item-spread-percent': 25,
    'scoring.carry-over-months': 24,
    'scoring.combine': 'mean',
    'recording.min-height': 720,
    'recording.audio': false,
    'recording.gap-limit-seconds': 10,
    'recording.coverage-least-percent': 95,
    'recording.cameraless-rooms': true,
    'purge.video-after-days': 30,
    'purge.photographs-after-days': 15,
    'archive.deliver-within-working-days': 5,
    'archive.second-count-by-other': true,
    'forms.forbidden-words': true,
    'examiners.max-consecutive': 3,
    'examiners.training': 0,
    'panel.candidates-each': 15,
    'panel.size': 2,
    'panel.odd': false,
    'panel.turnover': 3,
    'supervision.present': 1,
    'supervision.term': 3,
    'supervision.inspection-candidates': 5,
  });
  expect(clauseOf(pack.value, 'examiners.max-consecutive').article).toBe('第22条');
});

test.each(['../national', 'National', '', 'a/b'])('the id %j is refused before any file is opened', async (id) => {
  expect(await loadRulePack(SHIPPED, id)).toEqual({ ok: false, error: { code: 'bad-id', id } });
});

test('an absent pack is an expected outcome', async () => {
  expect(await loadRulePack(SHIPPED, 'absent')).toEqual({ ok: false, error: { code: 'not-found', id: 'absent' } });
});

test('a file that is no JSON, and one that gives another id, are malformed', async () => {
  expect(await loadRulePack(await packDir('{'), 'p')).toMatchObject({
    error: { code: 'malformed', places: ['(JSON)'] },
  });
  expect(await loadRulePack(await packDir(JSON.stringify(await national())), 'p')).toMatchObject({
    error: { code: 'malformed', places: ['id'] },
  });
});

test('a pack of more than a megabyte is not read', async () => {
  expect(await loadRulePack(await packDir(' '.repeat(1024 * 1024 + 1)), 'p')).toMatchObject({
    error: { code: 'too-large' },
  });
});

test('a missing and an out-of-bounds value are both listed', async () => {
  const pack = await national();
  pack.clauses = pack.clauses.filter((c: { id: string }) => c.id !== 'scoring.combine');
  pack.clauses.find((c: { id: string }) => c.id === 'admission.late-after-minutes').value = -1;
  const dir = await packDir(JSON.stringify({ ...pack, id: 'p' }));
  expect(await loadRulePack(dir, 'p')).toEqual({
    ok: false,
    error: {
      code: 'values',
      id: 'p',
      faults: [
        { clauseId: 'admission.late-after-minutes', reason: 'out-of-bounds' },
        { clauseId: 'scoring.combine', reason: 'missing' },
      ],
    },
  });
});

test('a clause of one institution may not block', async () => {
  const pack = await national();
  pack.clauses.find((c: { id: string }) => c.id === 'archive.deliver-within-working-days').severity = 'block';
  expect(RulePack.safeParse(pack).success).toBe(false);
});

test('a clause id may stand only once', async () => {
  const pack = await national();
  pack.clauses.push(pack.clauses[0]);
  expect(RulePack.safeParse(pack).success).toBe(false);
});

test('every value id is a clause of the national pack', async () => {
  const ids = (await national()).clauses.map((c: { id: string }) => c.id);
  expect(ruleValueIds.filter((id) => !ids.includes(id))).toEqual([]);
});

test('a pack stands on another: its own clauses win, the others hold', async () => {
  const pack = await loadRulePack(SHIPPED, 'childcare');
  if (!pack.ok) throw new Error(JSON.stringify(pack.error));
  const values = ruleValues(pack.value);
  expect(values['panel.size']).toBe(3);
  expect(values['panel.odd']).toBe(true);
  expect(values['admission.late-after-minutes']).toBe(30);
  expect(clauseOf(pack.value, 'panel.size').source).toContain('保育师');
  expect(new Set(pack.value.clauses.map((c) => c.id)).size).toBe(pack.value.clauses.length);
});

test('packs that stand on each other in a ring, or on one that is not there, are named', async () => {
  const base = { ...(await national()), id: 'a', extends: 'b' };
  const dir = await packDir(JSON.stringify(base), 'a');
  expect(await loadRulePack(dir, 'a')).toEqual({ ok: false, error: { code: 'not-found', id: 'b' } });
  await writeFile(join(dir, 'b.json'), JSON.stringify({ ...base, id: 'b', extends: 'a' }));
  expect(await loadRulePack(dir, 'a')).toEqual({ ok: false, error: { code: 'extends', id: 'a' } });
});

test('every pack that is shipped loads whole', async () => {
  for (const id of ['national', 'shanghai', 'childcare', 'cook'])
    expect((await loadRulePack(SHIPPED, id)).ok).toBe(true);
});

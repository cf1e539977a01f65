import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { admit, declareAll, markAndSign, openDoor, ROOM, S1, sessionOf } from '../../../../test/harness/exam-day.ts';
import { openTestStation, type TestStation } from '../../../../test/harness/open-station.ts';
import { type Json, type OpenedBundle, openedBundle } from '../../../../test/harness/opened-bundle.ts';
import { recordCamera } from '../../../../test/harness/record-camera.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { signOff } from '../closing-calls.ts';
import { CANDIDATES_PATH, RESULTS_PATH, RULE_PACK_PATH, SHEETS_PATH } from './documents.ts';
import { lawfulClaims } from './lawful-claims.ts';
import { PANELS_PATH } from './panels-document.ts';

let sealed: OpenedBundle;
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-lawful-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Three candidates of one room, its panel as planned, everything on video. */
async function play(st: TestStation): Promise<void> {
  await openDoor(st);
  const begunMs = st.clock.wallMs();
  for (const id of ['C01', 'C02', 'C03']) await admit(st, id);
  const { endsAtMs } = sessionOf(st);
  st.clock.advance(endsAtMs - st.clock.wallMs());
  await recordCamera(st, '201-A', [{ beginMs: begunMs, endMs: endsAtMs }]);
  await st.as('site-lead').session.close({ sessionId: S1 });
  await markAndSign(st);
  await declareAll(st);
  await signOff(st);
}

beforeAll(async () => {
  const employed = ['C01', 'C02', 'C03'];
  const st = await openTestStation({
    plan: (p) => ({
      ...p,
      candidates: p.candidates.map((c) => ({
        ...c,
        employer: employed.includes(c.candidateId) ? `${c.candidateId} 的单位（样本）` : null,
        classId: 'K-1',
        trainedBy: '某培训中心（样本）',
      })),
    }),
  });
  await play(st);
  sealed = await openedBundle(st, join(scratch, 'opened'));
}, 120_000);

/** Every claim with what it says, when one document reads otherwise than it was sealed. */
const judged = (path = '', change: (json: Json) => Json = (json) => json) =>
  sealed.judge(lawfulClaims, (p, json) => (p === path ? change(json) : json));

const room = (d: Json): Json => d.rooms.find((r: Json) => r.roomId === ROOM);
/** Facts that the evaluation before the sealing of the room rests on. */
const factsAtSealing = (d: Json): Json =>
  d.facts[room(d).evaluations.find((e: Json) => e.stage === 'sealing').factsSha256];
const numberOf = (candidateId: string): string =>
  sealed
    .json(RESULTS_PATH)
    .rooms.flatMap((r: Json) => r.results)
    .find((r: Json) => r.candidateId === candidateId).anonymousNumber;

test('as sealed, every confirmed score is proved, and the report says by how many evaluations', async () => {
  const claims = await judged();
  expect(claims.map((c) => [c.id, c.result])).toEqual([
    ['lawful.1', 'pass'],
    ['lawful.2', 'pass'],
    ['lawful.3', 'pass'],
  ]);
  expect(claims[0]!.detail.en).toMatch(
    /^3 confirmed scores, \d+ evaluations: clauses held \d+, warned \d+, not known \d+\.$/,
  );
});

const everyNumber = () => ['C01', 'C02', 'C03'].map(numberOf);
const block = (ruleId: string, examinerId: string | null) => ({
  ruleId,
  severity: 'block',
  outcome: 'broken',
  examinerId,
  facts: {},
});

/** What one change makes fail: the claim, and who with which clause. */
describe('one change, and the proof fails by number and clause', () => {
  test.each<[string, string, (json: Json) => Json, string, () => string[], string]>([
    [
      'a panel member’s grade',
      PANELS_PATH,
      (d) => {
        factsAtSealing(d).session.level = '1';
        for (const dossier of factsAtSealing(d).dossiers) dossier.grade = 'examiner';
        return d;
      },
      'lawful.2',
      everyNumber,
      'examiners.grade',
    ],
    [
      'a card that had run out',
      PANELS_PATH,
      (d) => {
        factsAtSealing(d).dossiers[0].card = { number: '样本', validFrom: '2020-01-01', validUntil: '2020-12-31' };
        return d;
      },
      'lawful.2',
      everyNumber,
      'examiners.card-valid',
    ],
    [
      'an examiner who works where a candidate does',
      PANELS_PATH,
      (d) => {
        factsAtSealing(d).dossiers[0].employers = [{ name: 'C02 的单位（样本）', from: '2020-01-01', until: null }];
        return d;
      },
      'lawful.2',
      () => [numberOf('C02')],
      'recusal.employer',
    ],
    [
      'an examiner who taught the class',
      PANELS_PATH,
      (d) => {
        factsAtSealing(d).dossiers[0].taught = [{ classId: 'K-1', from: '2026-01-01', until: null }];
        return d;
      },
      'lawful.2',
      everyNumber,
      'examiners.taught-class',
    ],
    [
      'kin of one candidate',
      PANELS_PATH,
      (d) => {
        factsAtSealing(d).dossiers[0].ties = [{ kind: 'kin', to: { who: 'candidate', id: 'C03' } }];
        return d;
      },
      'lawful.2',
      () => [numberOf('C03')],
      'recusal.kin',
    ],
    [
      'a second room at the same time',
      PANELS_PATH,
      (d) => {
        const facts = factsAtSealing(d);
        const { startsAtMs, endsAtMs } = facts.session;
        facts.elsewhere = [
          { examinerId: facts.panel[0].examinerId, sessionId: 'S9', roomId: 'R9', startsAtMs, endsAtMs },
        ];
        return d;
      },
      'lawful.2',
      everyNumber,
      'panel.double-booking',
    ],
    [
      'a fact that changes no clause',
      PANELS_PATH,
      (d) => {
        factsAtSealing(d).site.employer = '另一个考核点（样本）';
        return d;
      },
      'lawful.2',
      everyNumber,
      'facts',
    ],
    [
      'a finding struck out',
      PANELS_PATH,
      (d) => {
        const e = room(d).evaluations.find((x: Json) => x.findings.length > 0);
        e.findings = e.findings.filter((f: Json) => f.ruleId !== 'supervision.present');
        return d;
      },
      'lawful.2',
      everyNumber,
      'supervision.present',
    ],
    [
      'an outcome written nicer than its findings',
      PANELS_PATH,
      (d) => {
        room(d).evaluations[0].clauses.find((c: Json) => c.ruleId === 'supervision.present').outcome = 'held';
        return d;
      },
      'lawful.2',
      everyNumber,
      'supervision.present',
    ],
    [
      'the evaluation before the sealing left out',
      PANELS_PATH,
      (d) => {
        room(d).evaluations = room(d).evaluations.filter((e: Json) => e.stage !== 'sealing');
        return d;
      },
      'lawful.1',
      everyNumber,
      'evaluation',
    ],
    [
      'the evaluations before the marking left out',
      PANELS_PATH,
      (d) => {
        room(d).evaluations = room(d).evaluations.filter((e: Json) => e.stage === 'sealing');
        return d;
      },
      'lawful.1',
      everyNumber,
      'evaluation',
    ],
    [
      'a room of which nothing is said',
      PANELS_PATH,
      (d) => ({ ...d, rooms: d.rooms.filter((r: Json) => r.roomId !== ROOM) }),
      'lawful.1',
      everyNumber,
      'evaluation',
    ],
    [
      'a rule pack with a higher limit',
      RULE_PACK_PATH,
      (p) => {
        p.clauses.find((c: Json) => c.id === 'panel.size').value = 9;
        return p;
      },
      'lawful.2',
      everyNumber,
      'panel.size',
    ],
    [
      'a rule pack whose clause is worded otherwise',
      RULE_PACK_PATH,
      (p) => {
        p.clauses.find((c: Json) => c.id === 'panel.lead').text.zh += '。';
        return p;
      },
      'lawful.2',
      everyNumber,
      'rule-pack',
    ],
    [
      'another member on the panel',
      PANELS_PATH,
      (d) => {
        room(d).planned[1].examinerId = 'E07';
        return d;
      },
      'lawful.3',
      everyNumber,
      'panel.member',
    ],
    [
      'a panel evaluated that lacked the one who marked',
      PANELS_PATH,
      (d) => {
        for (const e of room(d).evaluations) d.facts[e.factsSha256].panel.pop();
        return d;
      },
      'lawful.3',
      everyNumber,
      'panel.member',
    ],
    [
      'a mark of one candidate',
      SHEETS_PATH,
      (s) => {
        const marks = s.sheets.find((x: Json) => x.roomId === ROOM).marks[numberOf('C01')];
        marks[Object.keys(marks)[0]!] -= 5;
        return s;
      },
      'lawful.3',
      () => [numberOf('C01')],
      'scoring.signed',
    ],
    [
      'two marks changed so that the sum stays',
      SHEETS_PATH,
      (s) => {
        const marks = s.sheets.find((x: Json) => x.roomId === ROOM).marks[numberOf('C02')];
        const [a, b] = Object.keys(marks) as [string, string];
        marks[a] -= 5;
        marks[b] += 5;
        return s;
      },
      'lawful.3',
      () => [numberOf('C02')],
      'scoring.signed',
    ],
    [
      'a lock the journal does not know',
      ENTRIES_PATH,
      (lines) => lines.filter((l: Json) => l.event !== 'scoring.locked'),
      'lawful.3',
      everyNumber,
      'scoring.signed',
    ],
    [
      'an evaluation the journal does not know',
      ENTRIES_PATH,
      (lines) => lines.filter((l: Json) => l.event !== 'assignment.evaluated'),
      'lawful.2',
      everyNumber,
      'journal',
    ],
    [
      'a finding that forbids one examiner, let stand',
      PANELS_PATH,
      (d) => {
        for (const e of room(d).evaluations) e.findings.push(block('recusal.self', room(d).planned[1].examinerId));
        return d;
      },
      'lawful.3',
      everyNumber,
      'recusal.self',
    ],
    [
      'an enrolment that names another employer',
      CANDIDATES_PATH,
      (c) => {
        c.find((x: Json) => x.candidateId === 'C01').employer = '另一个单位（样本）';
        return c;
      },
      'lawful.3',
      () => [numberOf('C01')],
      'recusal.employer',
    ],
  ])('%s', async (_what, path, change, claim, numbers, clause) => {
    const claims = await judged(path, change);
    const said = claims.find((c) => c.id === claim)!;
    expect(said.result).toBe('fail');
    const named = said.detail.en.match(/\b[A-Z]\d{2} [a-z-]+(?:\.[a-z-]+)?/g) ?? [];
    for (const number of numbers()) expect(named).toContain(`${number} ${clause}`);
    const others = everyNumber().filter((n) => !numbers().includes(n));
    for (const number of others) expect(named).not.toContain(`${number} ${clause}`);
  });
});

test.each([PANELS_PATH, RULE_PACK_PATH])(
  '%s that is no such document proves nothing: every number is named',
  async (path) => {
    for (const odd of [null, 7, [], {}, { rooms: 1 }]) {
      const claims = await judged(path, () => odd);
      expect(claims.map((c) => c.result)).toEqual(['fail', 'fail', 'fail']);
      for (const number of everyNumber()) expect(claims[0]!.detail.en).toContain(number);
    }
  },
);

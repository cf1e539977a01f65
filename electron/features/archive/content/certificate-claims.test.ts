import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  admit,
  declareAll,
  markAndSign,
  OTHER_ROOM,
  openDoor,
  pinOf,
  S1,
  sessionOf,
} from '../../../../test/harness/exam-day.ts';
import { openTestStation, PIN, type TestStation } from '../../../../test/harness/open-station.ts';
import { type Json, type OpenedBundle, openedBundle } from '../../../../test/harness/opened-bundle.ts';
import type { CandidateId } from '../../../lib/ids.ts';
import { writeCertificateFile } from '../../certificates/certificate-file.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { signOff } from '../closing-calls.ts';
import { certificateClaims } from './certificate-claims.ts';
import { PLAN_PATH, RESULTS_PATH } from './certificate-documents.ts';
import { CERTIFICATES_PATH } from './volume-documents.ts';

const ISSUER = 'S000031000001';
const PASSED = ['C01', 'C02', 'C03'] as CandidateId[];
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-certificate-claims-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let sealed: OpenedBundle;
let nobody: { name: string; documentNumber: string };

/** Two with a certificate's data in order, a third whose row is refused, as it has the first one's number. */
async function play(st: TestStation): Promise<void> {
  await openDoor(st);
  for (const id of PASSED) await admit(st, id);
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  const lead = st.as('site-lead');
  await lead.session.close({ sessionId: S1 });
  const second = pinOf(st, 'supervisor');
  for (const candidateId of PASSED) {
    await lead.coverage.accept({ candidateId, reason: '样本：没有摄像机，监考全程在场', pin: PIN, second });
  }
  await markAndSign(st);
  await markAndSign(st, OTHER_ROOM);
  const { occupation, level } = sessionOf(st);
  const rows = PASSED.map((id, i) => {
    const { name, documentNumber } = st.candidate(id);
    return { line: 0, name, documentNumber, occupation, level, number: `${ISSUER}26${level}00000${1 + (i % 2)}` };
  });
  const file = new File([new Uint8Array(await writeCertificateFile(rows))], '证书.xlsx');
  await st.as('score-keeper').certificates.check({ sessionId: S1, file });
  await declareAll(st);
  await signOff(st);
}

beforeAll(async () => {
  const st = await openTestStation({
    plan: (p) => {
      const { occupation, level } = p.sessions[0]!;
      const theory = { occupation, level, part: 'theory', scoreTenths: 800, passedOn: '2026-01-10' } as const;
      const people = p.candidates.filter((c) => PASSED.includes(c.candidateId));
      return {
        ...p,
        filing: { scope: [{ occupation, levels: [level] }], certificateIssuer: ISSUER },
        partPasses: people.map(({ documentNumber }) => ({ ...theory, documentNumber, source: '样本批次' })),
      };
    },
  });
  await play(st);
  nobody = st.candidate('C04');
  sealed = await openedBundle(st, join(scratch, 'opened'));
  const { rows, refused } = sealed.json(CERTIFICATES_PATH);
  expect([rows.length, refused.map((r: Json) => r.problems)]).toEqual([2, [['number-twice']]]);
  expect((await sealed.judge(certificateClaims)).map((c) => c.result)).toEqual(['pass']);
}, 60_000);

const result = (d: Json, id: string): Json =>
  d.rooms.flatMap((r: Json) => r.results).find((r: Json) => r.candidateId === id);
/** Takes a refused row in among those in order. */
const takeIn = (d: Json) => {
  const { problems: _, ...row } = d.refused.pop();
  d.rows.push(row);
};

test.each<[string, string, (json: Json) => unknown]>([
  ['another name', CERTIFICATES_PATH, (d) => (d.rows[0].name = '别人（样本）')],
  ['somebody who did not pass', CERTIFICATES_PATH, (d) => Object.assign(d.rows[0], nobodyRow())],
  [
    'somebody who did not pass, called qualified',
    CERTIFICATES_PATH,
    (d) => {
      Object.assign(d.rows[0], nobodyRow());
      d.judgedBy.qualified.push(nobody.documentNumber);
    },
  ],
  ['a number of another form', CERTIFICATES_PATH, (d) => (d.rows[0].number = '1')],
  ['the number of another row', CERTIFICATES_PATH, (d) => (d.rows[1].number = d.rows[0].number)],
  ['one person twice', CERTIFICATES_PATH, (d) => d.rows.push({ ...d.rows[0], line: 9, number: null })],
  ['another occupation', CERTIFICATES_PATH, (d) => (d.rows[0].occupation = '别的职业')],
  ['a refused row taken in', CERTIFICATES_PATH, takeIn],
  ['a refused row left out', CERTIFICATES_PATH, (d) => d.refused.pop()],
  ['a row in order left out', CERTIFICATES_PATH, (d) => d.rows.pop()],
  ['a row in order refused', CERTIFICATES_PATH, (d) => d.refused.push({ ...d.rows.pop(), problems: ['bad-number'] })],
  ['somebody qualified left out', CERTIFICATES_PATH, leftOut],
  ['another filing to judge by', CERTIFICATES_PATH, (d) => (d.judgedBy.filing = null)],
  ['another day to judge by', CERTIFICATES_PATH, (d) => (d.judgedBy.onDay = '2020-01-01')],
  ['another file', CERTIFICATES_PATH, (d) => (d.source.fileSha256 = '0'.repeat(64))],
  ['prepared, though there was a file', CERTIFICATES_PATH, (d) => (d.source = null)],
  ['an occupation the site is not filed for', PLAN_PATH, (p) => (p.filing.scope[0].occupation = '别的职业')],
  ['a filing that was over', PLAN_PATH, (p) => (p.filing.untilOn = '2020-01-01')],
  ['another issuer', PLAN_PATH, (p) => (p.filing.certificateIssuer = 'S000031000002')],
  ['a result that is not confirmed', RESULTS_PATH, (d) => (result(d, 'C01').result = 'not-confirmed')],
  ['a result that failed', RESULTS_PATH, (d) => (result(d, 'C01').result = 'failed')],
  ['a file the journal does not know', ENTRIES_PATH, (l) => l.splice(checkedAt(l), 1)],
])('%s fails by name', async (_, path, alter) => {
  const said = await sealed.judge(certificateClaims, (p, json) => {
    if (p !== path) return json;
    const copy = structuredClone(json);
    alter(copy);
    return copy;
  });
  expect(said).toMatchObject([{ id: 'certificates.1', result: 'fail', files: [CERTIFICATES_PATH] }]);
});

test.each<[string, (p: Json, d: Json) => unknown]>([
  ['an occupation out of scope', (p, d) => set(p, d, (f) => (f.scope[0].occupation = '别的职业'))],
  ['a level out of scope', (p, d) => set(p, d, (f) => (f.scope[0].levels = ['1']))],
  ['a filing that is over', (p, d) => set(p, d, (f) => (f.untilOn = '2020-01-01'))],
])('%s, by plan and data alike, is judged again', async (_, alter) => {
  const [plan, data] = [PLAN_PATH, CERTIFICATES_PATH].map((path) => sealed.json(path));
  alter(plan, data);
  const said = await sealed.judge(certificateClaims, (p, json) =>
    p === PLAN_PATH ? plan : p === CERTIFICATES_PATH ? data : json,
  );
  expect(said).toMatchObject([{ id: 'certificates.1', result: 'fail', files: [CERTIFICATES_PATH] }]);
  expect(said[0]?.detail.zh).toContain('重新核对不符');
});

const set = (plan: Json, data: Json, alter: (filing: Json) => unknown) =>
  [plan.filing, data.judgedBy.filing].forEach((filing) => void alter(filing));
const nobodyRow = () => ({ name: nobody.name, documentNumber: nobody.documentNumber });
const checkedAt = (lines: Json[]) => lines.findIndex((l) => l.event === 'certificates.checked');

/** Somebody who qualified is passed over in silence, everywhere in the document. */
function leftOut(d: Json): void {
  const { documentNumber } = d.rows.pop();
  d.judgedBy.qualified = d.judgedBy.qualified.filter((n: string) => n !== documentNumber);
}

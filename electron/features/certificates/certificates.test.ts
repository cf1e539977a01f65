import { expect, test } from 'vitest';
import {
  admit,
  closedSession,
  markAndSign,
  OTHER_ROOM,
  openDoor,
  S1,
  sessionOf,
} from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import type { CandidateId } from '../../lib/ids.ts';
import { readCertificateFile, writeCertificateFile } from './certificate-file.ts';
import type { CertificateData } from './rules.ts';

const ISSUER = 'S000031000001';
const keeper = (st: TestStation) => st.as('score-keeper').certificates;
const where = { sessionId: S1 };

/** Two have passed everything: they bring a theory pass of before. */
async function passed(levels: ('3' | '4' | '5')[] = ['4', '3', '5']): Promise<TestStation> {
  const st = await openTestStation({
    plan: (p) => {
      const session = p.sessions[0]!;
      const [first, second] = p.candidates;
      return {
        ...p,
        filing: { scope: [{ occupation: session.occupation, levels }], certificateIssuer: ISSUER },
        partPasses: [first!, second!].map((c) => ({
          documentNumber: c.documentNumber,
          occupation: session.occupation,
          level: session.level,
          part: 'theory' as const,
          scoreTenths: 800,
          passedOn: '2026-01-10',
          source: '样本批次',
        })),
      };
    },
  });
  await openDoor(st);
  await admit(st, 'C01');
  await admit(st, 'C02');
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  await st.as('site-lead').session.close({ sessionId: S1 });
  const second = { staffId: st.member('supervisor').staffId, pin: PIN };
  for (const candidateId of ['C01', 'C02'] as CandidateId[]) {
    const reason = '样本：没有摄像机，监考全程在场';
    await st.as('site-lead').coverage.accept({ candidateId, reason, pin: PIN, second });
  }
  await markAndSign(st);
  await markAndSign(st, OTHER_ROOM);
  st.journalEvents();
  return st;
}

const person = (st: TestStation, id: string, number: string | null): CertificateData => {
  const { name, documentNumber } = st.candidate(id);
  const { occupation, level } = sessionOf(st);
  return { line: 0, name, documentNumber, occupation, level, number };
};
const numberOf = (st: TestStation, serial: number) =>
  `${ISSUER}26${sessionOf(st).level}${String(serial).padStart(6, '0')}`;
const upload = async (st: TestStation, rows: CertificateData[]) =>
  keeper(st).check({ ...where, file: new File([new Uint8Array(await writeCertificateFile(rows))], '证书.xlsx') });

test('who qualified is prepared, numbers come in a file, and what is in order goes out as Excel and JSON', async () => {
  const st = await passed();
  const prepared = await keeper(st).view(where);
  expect(prepared).toMatchObject({ file: null, filingKnown: true, refused: [], lacking: [] });
  expect(prepared.rows.map((r) => [r.name, r.number])).toEqual([
    [st.candidate('C01').name, null],
    [st.candidate('C02').name, null],
  ]);
  expect(prepared.rows[0]!.documentNumber).toContain('****');

  const template = await readCertificateFile(await (await keeper(st).template(where)).bytes());
  expect(template.ok && template.value.map((r) => r.documentNumber)).toEqual(
    ['C01', 'C02'].map((id) => st.candidate(id).documentNumber),
  );
  const rows = [person(st, 'C01', numberOf(st, 1)), person(st, 'C02', numberOf(st, 2))];
  expect((await upload(st, rows)).rows.map((r) => r.number)).toEqual([numberOf(st, 1), numberOf(st, 2)]);

  const json = JSON.parse(await (await keeper(st).export({ ...where, format: 'json' })).text());
  expect(json).toEqual({
    format: 'kaodian-certificates/1',
    sessionId: S1,
    rows: rows.map(({ line: _, ...row }) => row),
  });
  const xlsx = await readCertificateFile(await (await keeper(st).export({ ...where, format: 'xlsx' })).bytes());
  expect(xlsx.ok && xlsx.value.map((r) => r.number)).toEqual([numberOf(st, 1), numberOf(st, 2)]);
  expect(st.journalEvents()).toEqual(['certificates.checked', 'certificates.exported', 'certificates.exported']);
  expect(JSON.stringify(st.journal())).not.toContain(st.candidate('C01').documentNumber);
});

test('what the site is not filed for is refused by name and goes out in no file', async () => {
  const st = await passed(['5']);
  const { rows, refused } = await keeper(st).view(where);
  expect(rows).toEqual([]);
  expect(refused.map((r) => [r.name, r.problems])).toEqual([
    [st.candidate('C01').name, ['out-of-scope']],
    [st.candidate('C02').name, ['out-of-scope']],
  ]);
  const json = JSON.parse(await (await keeper(st).export({ ...where, format: 'json' })).text());
  expect(json.rows).toEqual([]);
});

test('a file is judged row by row, the last one counts, and one that is no table keeps nothing', async () => {
  const st = await passed();
  const given = await upload(st, [person(st, 'C01', numberOf(st, 1)), person(st, 'C03', numberOf(st, 1))]);
  expect(given.refused).toMatchObject([
    { name: st.candidate('C03').name, problems: ['number-twice', 'not-qualified'] },
  ]);
  expect(given.lacking).toEqual([st.candidate('C02').name]);
  const broken = keeper(st).check({ ...where, file: new File(['姓名,证件号码\n'], '证书.csv') });
  expect(await refusalOf(broken)).toMatchObject({ code: 'CERTIFICATE_FILE_UNREADABLE' });
  expect((await keeper(st).view(where)).rows).toHaveLength(1);
});

test('comes once the session is over, from whom it concerns', async () => {
  const st = await openTestStation();
  await openDoor(st);
  expect(await codeOf(upload(st, []))).toBe('WRONG_STATE');
  const closed = await openTestStation();
  await closedSession(closed);
  expect(await keeper(closed).view(where)).toMatchObject({ rows: [], filingKnown: false });
  expect(await codeOf(closed.as('door').certificates.view(where))).toBe('FORBIDDEN');
});

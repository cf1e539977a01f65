import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { closedSession, openDoor, S1, STROKES } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { decrypt, generateIdentity } from '../../vault/age/age.ts';
import { SupervisedTopic, type SupervisorWords } from './contract.ts';

const SUPERVISION = generateIdentity();
const words = (summary = '全程在场，秩序良好（样本）'): SupervisorWords => ({
  findings: SupervisedTopic.options.map((topic) => ({ topic, judgement: 'in-order', note: '' })),
  summary,
});
const withKey = () =>
  openTestStation({
    plan: (p) => ({ ...p, centre: { ...p.centre, supervisionRecipient: SUPERVISION.recipient } }),
  });
const write = (st: TestStation, more: Partial<{ words: SupervisorWords; pin: string }> = {}) =>
  st.as('supervisor').supervisorRecord.write({ sessionId: S1, words: words(), pin: PIN, strokes: STROKES, ...more });

test('is sealed to the supervision’s key alone: the station knows that there is one, and cannot open it', async () => {
  const st = await withKey();
  await openDoor(st);
  st.journalEvents();
  const { records } = await write(st);
  expect(records).toMatchObject([{ byName: 'supervisor（样本）' }]);
  expect(st.journalEvents()).toEqual(['supervisor-record.sealed-apart']);
  const row = st.station.db.prepare("SELECT file FROM evidence WHERE kind = 'supervisor-record'").get() as {
    file: string;
  };
  const stored = readFileSync(join(st.dataDir, 'vault', row.file));
  const opened = decrypt(stored, [SUPERVISION.identity]);
  expect(opened.ok && JSON.parse(Buffer.from(opened.value).toString('utf8'))).toMatchObject({
    format: 'kaodian-supervisor-record/1',
    summary: '全程在场，秩序良好（样本）',
  });
  // One recipient in the file's header: the centre's and the station's own key are not among them.
  expect(stored.toString('latin1').match(/^-> X25519 /gm)).toHaveLength(1);
  expect(JSON.stringify(st.journal())).not.toContain('秩序良好');
  const seen = await st.as('site-lead').supervisorRecord.list({ sessionId: S1 });
  expect(JSON.stringify(seen)).not.toContain('秩序良好');
});

test('without a key of the supervision nothing is kept, and it is said why', async () => {
  const st = await openTestStation();
  await closedSession(st);
  expect(await refusalOf(write(st))).toEqual({ code: 'NO_SUPERVISION_KEY', data: { centre: '样本鉴定中心' } });
  expect(await st.as('supervisor').supervisorRecord.list({ sessionId: S1 })).toMatchObject({
    recipient: null,
    records: [],
  });
});

test('is the supervisor’s own, with PIN, in its time, and says what a problem is', async () => {
  const st = await withKey();
  expect(await codeOf(write(st))).toBe('WRONG_STATE');
  await openDoor(st);
  expect(await codeOf(write(st, { pin: '000000' }))).toBe('WRONG_PIN');
  const lead = st.as('site-lead').supervisorRecord;
  expect(await codeOf(lead.write({ sessionId: S1, words: words(), pin: PIN, strokes: STROKES }))).toBe('FORBIDDEN');
  const problem = words();
  problem.findings[0] = { topic: 'preparation', judgement: 'problem', note: '' };
  expect(await codeOf(write(st, { words: problem }))).toBe('REMARK_NEEDED');
  await write(st);
  expect((await write(st, { words: words('补充：收卷有延误（样本）') })).records).toHaveLength(2);
});

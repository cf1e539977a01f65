import { type Claim, fail, notPresent, pass, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { linesAbout } from './journal-lines.ts';
import { SUPERVISION_PATH, SupervisionDocument, SupervisorRecordDocument } from './volume-documents.ts';

const APART: Question = {
  id: 'supervision.1',
  title: {
    zh: '督导记录另行密封，在包里，没有动过',
    en: "The supervisor's record is here, sealed apart and untouched",
  },
};

/** Whether the supervisor's record is there as the journal's time of writing left it; its words only the supervision reads. */
export const supervisionClaims: ContentClaim = async (index, readJson, readLines): Promise<Claim[]> => {
  const list = SupervisionDocument.safeParse(await readJson(SUPERVISION_PATH));
  if (!list.success) return [notPresent(APART, '包里没有督导记录清单。', 'The bundle does not say.')];
  const { recipient, records } = list.data;
  const items = index.items.filter((i) => i.volume === 'supervision');
  const listed = records.map((r) => `${r.path} ${r.storedSha256}`).sort();
  const there = items.map((i) => `${i.path} ${i.storedSha256}`).sort();
  if (listed.join('\n') !== there.join('\n')) {
    const files = [...new Set([...items.map((i) => i.path), ...records.map((r) => r.path)])];
    return [fail(APART, '清单和包里的不一致。', 'The list and the bundle differ.', [SUPERVISION_PATH, ...files])];
  }
  const told = (await linesAbout(readLines, 'supervisor-record.sealed-apart')).map((l) => l.data);
  const known = told.map((d) => `${d.recordId} ${d.evidenceId} ${d.storedSha256}`).sort();
  const kept = records.map((r) => `${r.recordId} ${evidenceIdIn(r.path)} ${r.storedSha256}`).sort();
  if (known.join('\n') !== kept.join('\n')) {
    const files = [SUPERVISION_PATH, ...records.map((r) => r.path)];
    return [fail(APART, '清单和日志不一致。', 'The list is not what the journal has.', files)];
  }
  if (records.length === 0) {
    return [
      recipient === null
        ? notPresent(APART, '没有。计划没有给督导密钥。', 'None: the plan names no key for supervision.')
        : notPresent(APART, '没有。督导员没有写。', 'None: no supervisor wrote one.'),
    ];
  }
  let opened = 0;
  for (const { path, recordId, byName } of records) {
    const read = await readJson(path);
    if (read === undefined) continue;
    const record = SupervisorRecordDocument.safeParse(read);
    const right =
      record.success &&
      record.data.recordId === recordId &&
      record.data.byName === byName &&
      record.data.sessionId === index.bundle.sessionId;
    if (!right) return [fail(APART, '内容不是本场的督导记录。', 'It is not a record of this session.', [path])];
    opened += 1;
  }
  const words =
    opened === 0
      ? ['没有督导密钥，没有看内容', "not looked into without the supervision's key"]
      : [`已用督导密钥打开 ${opened} 份`, `${opened} opened with the supervision's key`];
  return [pass(APART, `${records.length} 份，${words[0]}。`, `${records.length}, ${words[1]}.`)];
};

/** A record lies under the name of its evidence. */
const evidenceIdIn = (path: string): string => path.replace(/^data\/supervision\/|\.json\.age$/g, '');

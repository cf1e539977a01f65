import { expect, test } from 'vitest';
import { closedSession, declareAll, PIECES, S1, STROKES } from '../../../../test/harness/exam-day.ts';
import { CENTRE, openTestStation, PIN, type TestStation } from '../../../../test/harness/open-station.ts';
import { contentClaims } from '../../../cli/content-claims.ts';
import { generateIdentity } from '../../../vault/age/age.ts';
import { aPdf } from '../../paper/scan-fixture.ts';
import { SupervisedTopic } from '../../supervisor-record/contract.ts';
import { openSmallItem } from '../open-item.ts';
import { readBag } from '../read-bag.ts';
import { verifyBundle } from '../verify-bundle.ts';
import { indexMark, indexPath, type VolumeFile, type VolumeIndex, volumePieces } from './volume-index.ts';

const SUPERVISION = generateIdentity();
const where = { sessionId: S1 };
const plainOf = async (folder: string, path: string): Promise<Buffer> =>
  (await openSmallItem(await readBag(folder), path, [CENTRE.identity], 10_000_000))!.bytes;
const NEW = ['volumes', 'declared', 'supervision', 'certificates'];

/** A closed session with everything a closing can add to its volumes. */
async function wholeClosing(): Promise<TestStation> {
  const st = await openTestStation({
    plan: (p) => ({ ...p, centre: { ...p.centre, supervisionRecipient: SUPERVISION.recipient } }),
  });
  await closedSession(st);
  const lead = st.as('site-lead');
  for (const desk of [lead, st.as('score-keeper')]) await desk.paper.count({ ...where, round: 1, counts: PIECES });
  const file = new File([new Uint8Array(aPdf(2))], 'a.pdf');
  await lead.paper.addScan({ ...where, volume: 4, title: '理论试卷（样本）', source: 'file', file });
  const words = {
    findings: SupervisedTopic.options.map((topic) => ({ topic, judgement: 'in-order' as const, note: '' })),
    summary: '秩序良好（样本）',
  };
  await st.as('supervisor').supervisorRecord.write({ ...where, words, pin: PIN, strokes: STROKES });
  await declareAll(st);
  await lead.archive.signOff({ ...where, pin: PIN, strokes: STROKES });
  return st;
}

test('five volumes are sealed with their indexes, paper, scans and the record apart; the verifier agrees with all of it', async () => {
  const st = await wholeClosing();
  const { folder } = await st.as('site-lead').archive.seal(where);
  const claimsFor = async (identity: string | string[]) => {
    const { claims } = await verifyBundle(folder, { identity, contentClaims });
    expect(claims.filter((c) => c.result === 'fail')).toEqual([]);
    return claims.filter((c) => NEW.includes(c.id.split('.')[0]!));
  };
  const centre = await claimsFor(CENTRE.identity);
  expect(centre.map((c) => [c.id, c.result])).toEqual([
    ['volumes.1', 'pass'],
    ['volumes.2', 'pass'],
    ['declared.1', 'pass'],
    ['supervision.1', 'pass'],
    ['certificates.1', 'pass'],
  ]);
  expect(centre[3]?.detail.zh).toContain('没有看内容');
  expect((await claimsFor([CENTRE.identity, SUPERVISION.identity]))[3]?.detail.zh).toContain('已用督导密钥打开');

  const four = JSON.parse((await plainOf(folder, indexPath(4, 'json'))).toString('utf8')) as VolumeIndex;
  expect(four.pieces.map((p) => p.number)).toEqual(four.pieces.map((_, i) => i + 1));
  expect(four.pieces.find((p) => p.title === '理论试卷（样本）')).toMatchObject({
    pages: 2,
    responsible: '负责人（样本）',
  });
  expect(four.paper).toEqual({ pieces: 5, countedBy: ['负责人（样本）', 'score-keeper（样本）'] });
  const pdf = await plainOf(folder, indexPath(4, 'pdf'));
  const data = await plainOf(folder, indexPath(4, 'json'));
  expect(pdf.toString('latin1')).toContain(indexMark(data));
}, 60_000);

const file = (path: string, kind: string, subject: string | null = null): VolumeFile => ({
  path,
  kind,
  subject,
  title: kind,
  mediaType: 'application/json',
  sha256: '0'.repeat(64),
  sizeBytes: 10,
  pages: null,
  responsible: 'R',
  dateMs: null,
});

test('what was taken of one person in one go is one piece of several files, numbered where its first file stands', () => {
  const pieces = volumePieces([
    file('a', 'plan'),
    file('b', 'live-face', 'C01'),
    file('c', 'live-face', 'C02'),
    file('d', 'card-photo', 'C01'),
    file('e', 'paper-scan'),
  ]);
  expect(pieces.map((p) => [p.number, p.files.map((f) => f.path).join(''), p.sizeBytes, p.remark])).toEqual([
    [1, 'a', 10, ''],
    [2, 'bd', 20, '2 个文件'],
    [3, 'c', 10, ''],
    [4, 'e', 10, ''],
  ]);
});

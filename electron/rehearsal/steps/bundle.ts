import { createHash } from 'node:crypto';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentClaims } from '../../cli/content-claims.ts';
import { openBundle } from '../../features/archive/open-bundle.ts';
import { type VerifyOptions, verifyBundle } from '../../features/archive/verify-bundle.ts';
import { decrypt } from '../../vault/age/age.ts';
import type { Day } from '../day.ts';
import { expectSame, expectTrue, NotAsExpected } from '../expectation.ts';
import { randomFrom } from '../interruption.ts';
import type { Step } from '../step.ts';
import { expectedResult } from './marking.ts';

async function verify(day: Day, dir: string, options: VerifyOptions) {
  // What the centre has from elsewhere: the registered key, and a checkpoint of the middle of the day.
  const retained = day.checkpoint === null ? {} : { retainedCheckpoints: [day.checkpoint] };
  const outside = { allowedSigners: day.registeredSigners, ...retained };
  const report = await verifyBundle(dir, { contentClaims, ...outside, ...options });
  return { report, failed: report.claims.filter((c) => c.result === 'fail') };
}

const verifyStep = (withKey: boolean): Step => ({
  id: withKey ? 'verify-key' : 'verify',
  title: withKey
    ? { zh: '核验封存包（用中心私钥，看里面）', en: "The bundle is verified with the centre's key" }
    : { zh: '核验封存包（不用密钥）', en: 'The bundle is verified without a key' },
  async play(day) {
    const { report, failed } = await verify(day, day.bundleDir!, withKey ? { identity: day.centre.identity } : {});
    if (failed.length > 0) throw new NotAsExpected(failed.map((c) => `${c.id} ${c.detail.en}`).join('; '));
    const { pass, notPresent } = report.counts;
    return { zh: `通过 ${pass}，没有提供 ${notPresent}`, en: `${pass} pass, ${notPresent} not present` };
  },
});

/** One bit of one file is turned over in a copy: the verifier must name that file. */
const flipByte: Step = {
  id: 'flip',
  title: { zh: '副本里改一个字节：必须拒绝并指出文件', en: 'One byte changed in a copy: refused, the file named' },
  async play(day) {
    const copy = join(day.folder, 'flipped');
    const random = randomFrom(Date.now() % 2 ** 31);
    const all = (await readdir(day.bundleDir!, { recursive: true, withFileTypes: true }))
      .filter((e) => e.isFile())
      .map((e) =>
        join(e.parentPath, e.name)
          .slice(day.bundleDir!.length + 1)
          .replaceAll('\\', '/'),
      );
    const payload = all.filter((f) => f.startsWith('data/'));
    const chosen = [payload[Math.floor(random() * payload.length)]!, 'bag-info.txt', 'tagmanifest-sha256.txt'];
    for (const file of chosen) {
      await rm(copy, { recursive: true, force: true });
      await cp(day.bundleDir!, copy, { recursive: true });
      const path = join(copy, file);
      const bytes = await readFile(path);
      bytes[Math.floor(random() * (await stat(path)).size)]! ^= 1;
      await writeFile(path, bytes);
      const { failed } = await verify(day, copy, {});
      const named = failed.some((c) => c.files?.includes(file));
      expectTrue(
        named,
        `${file} with one byte changed is named: ${JSON.stringify(failed.map((c) => [c.id, c.files]))}`,
      );
    }
    await rm(copy, { recursive: true, force: true });
    return { zh: `${chosen.join('、')} 都被指出`, en: `${chosen.join(', ')}: each named` };
  },
};

interface Opened {
  attempts: { attempt: { attemptId: string; candidateId: string; outcome: string } }[];
  sheets: { numbers: { roomId: string; numbers: { candidateId: string; number: string }[] }[]; sheets: OpenedSheet[] };
  results: { rooms: { results: { candidateId: string; scoreTenths: number | null; result: string }[] }[] };
}
interface OpenedSheet {
  examinerId: string;
  roomId: string;
  marks: Record<string, Record<string, number>>;
}

/** The centre opens it and finds what the rehearsal was told, person by person and mark by mark. */
const openStep: Step = {
  id: 'open-bundle',
  title: { zh: '用中心私钥打开，与演练得到的回执逐项对照', en: "Opened with the centre's key and compared" },
  async play(day) {
    const out = join(day.folder, 'opened');
    await rm(out, { recursive: true, force: true });
    const opened = await openBundle(day.bundleDir!, [day.centre.identity], out);
    if (!opened.ok) throw new NotAsExpected(`the bundle did not open: ${opened.error.code}`);
    const closed = opened.value.files.filter((f) => f.kind !== 'opened');
    expectSame(
      closed.map((f) => [f.kind, f.item.kind]),
      [['other-key', 'supervisor-record']],
      'files that did not open',
    );
    for (const { item } of closed) {
      const record = decrypt(await readFile(join(day.bundleDir!, item.path)), [day.centre.supervisionIdentity]);
      expectTrue(record.ok && sha256Of(record.value) === item.sha256, "the supervision's key opens what it alone may");
    }
    const json = async <T>(path: string): Promise<T> => JSON.parse(await readFile(join(out, path), 'utf8')) as T;
    const attempts = await json<Opened['attempts']>('3-process/attempts.json');
    const sheets = await json<Opened['sheets']>('4-results/sheets.json');
    const results = await json<Opened['results']>('4-results/results.json');

    const admitted = attempts.filter((a) => a.attempt.outcome.startsWith('admitted')).map((a) => a.attempt);
    const found = Object.fromEntries(admitted.map((a) => [a.candidateId, a.outcome]));
    expectSame(sorted(found), sorted(Object.fromEntries(day.outcomes)), 'admissions in the bundle');
    let marks = 0;
    for (const { examinerId, roomId, marks: byNumber } of sheets.sheets) {
      const numbers = sheets.numbers.find((n) => n.roomId === roomId)!.numbers;
      for (const [candidateId, byItem] of day.marks.get(examinerId)!) {
        const number = numbers.find((n) => n.candidateId === candidateId)!.number;
        expectSame(
          sorted(byNumber[number]!),
          sorted(Object.fromEntries(byItem)),
          `marks of ${examinerId} for ${candidateId}`,
        );
        marks += byItem.size;
      }
    }
    expectSame(sheets.sheets.length, day.marks.size, 'locked sheets in the bundle');
    const all = results.rooms.flatMap((r) => r.results);
    for (const candidateId of day.outcomes.keys()) {
      const expected = expectedResult(day, candidateId);
      const result = all.find((r) => r.candidateId === candidateId);
      expectSame(result?.scoreTenths, expected.scoreTenths, `the sealed score of ${candidateId}`);
    }
    const films = opened.value.files.filter((f) => f.item.kind === 'video');
    expectSame(films.length, day.segments, 'segments of video in the bundle');
    const n = opened.value.files.length;
    return {
      zh: `${n} 个文件打开；${admitted.length} 人入场、${marks} 个分数、${day.outcomes.size} 个成绩、${films.length} 段录像全部相符`,
      en: `${n} files opened; ${admitted.length} admissions, ${marks} marks, ${day.outcomes.size} results, ${films.length} segments all agree`,
    };
  },
};

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const sorted = (o: Record<string, unknown>) => Object.entries(o).sort(([a], [b]) => (a < b ? -1 : 1));

export const bundleSteps: Step[] = [verifyStep(false), verifyStep(true), flipByte, openStep];

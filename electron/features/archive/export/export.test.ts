import { appendFileSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { signedOffSession } from '../../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, refusalOf, type TestStation } from '../../../../test/harness/open-station.ts';
import { inTransaction } from '../../../db/database.ts';
import { archive, seal } from '../closing-calls.ts';
import { insertBundle } from '../store.ts';
import { verifyBundle } from '../verify-bundle.ts';

const folderIn = (st: TestStation, name: string) => {
  const folder = join(st.dataDir, name);
  mkdirSync(folder);
  return folder;
};
const failing = (claims: readonly { id: string; result: string }[]) =>
  claims.filter((c) => c.result === 'fail').map((c) => c.id);

describe('export', () => {
  const sealed = async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    return { st, bundle: await seal(st) };
  };

  test('copies, reads back, and never writes over what is there', async () => {
    const { st, bundle } = await sealed();
    const folder = folderIn(st, 'stick');
    const row = await archive(st).exportTo({ bundleId: bundle.bundleId, folder });
    const there = { folder: join(folder, 'KD-TEST-1-S1-1'), atMs: st.clock.wallMs() };
    expect(row.exports).toEqual([{ ...there, verified: true, media: 1, readFrom: expect.any(String) }]);
    expect(failing((await verifyBundle(row.exports[0]!.folder)).claims)).toEqual([]);
    expect(await codeOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }))).toBe('ALREADY_THERE');
    expect(readdirSync(folder)).toEqual(['KD-TEST-1-S1-1']);
    expect(st.journalEvents().slice(-3)).toEqual(['archive.export-begun', 'archive.exported', 'archive.export-failed']);
  });

  test('two exports to one folder at once write one whole copy', async () => {
    const { st, bundle } = await sealed();
    const folder = folderIn(st, 'stick');
    const wish = { bundleId: bundle.bundleId, folder };
    const codes = await Promise.all([codeOf(archive(st).exportTo(wish)), codeOf(archive(st).exportTo(wish))]);
    expect(codes.sort()).toEqual(['ALREADY_THERE', 'ok']);
    expect(readdirSync(folder)).toEqual(['KD-TEST-1-S1-1']);
  });

  test('a data folder that was restored elsewhere verifies and exports its bundles, also those of the first version', async () => {
    const { st, bundle } = await sealed();
    const older = { ...bundle, bundleId: 'B-OLDER', number: 2, folder: `C:\\old place\\bundles\\KD-TEST-1-S1-1` };
    inTransaction(st.station.db, (w) => insertBundle(w, older));
    await st.move();
    const rows = await archive(st).bundles();
    expect(rows.map((r) => r.folder)).toEqual(Array(2).fill(join(st.dataDir, 'bundles/KD-TEST-1-S1-1')));
    for (const { bundleId } of rows) {
      expect(failing((await archive(st).verify({ bundleId })).claims)).toEqual([]);
      expect(await codeOf(archive(st).exportTo({ bundleId, folder: folderIn(st, bundleId) }))).toBe('ok');
    }
  });

  test('a folder that cannot be used says why', async () => {
    const { st, bundle } = await sealed();
    const file = join(st.dataDir, 'a-file');
    writeFileSync(file, '');
    const to = (folder: string) => refusalOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }));
    const unusable = (reason: string) => ({ code: 'FOLDER_UNUSABLE', data: { reason } });
    expect(await to('relative/folder')).toEqual(unusable('not-absolute'));
    expect(await to('/no/such/folder')).toEqual(unusable('not-a-folder'));
    expect(await to(file)).toEqual(unusable('not-a-folder'));
    expect(await to(bundle.folder)).toEqual(unusable('inside-the-bundle'));
    expect(await to(join(bundle.folder, 'data'))).toEqual(unusable('inside-the-bundle'));
    expect(failing((await verifyBundle(bundle.folder)).claims)).toEqual([]);
    expect(await codeOf(archive(st).exportTo({ bundleId: 'B-NONE', folder: st.dataDir }))).toBe('NO_SUCH_BUNDLE');
    expect(await codeOf(archive(st).verify({ bundleId: 'B-NONE' }))).toBe('NO_SUCH_BUNDLE');
  });

  test('a bundle whose copy here is damaged is not handed on', async () => {
    const { st, bundle } = await sealed();
    const folder = folderIn(st, 'stick');
    const data = join(bundle.folder, 'data');
    const copy = join(st.dataDir, 'index-before');
    cpSync(join(data, 'index.json.age'), copy);
    appendFileSync(join(data, 'index.json.age'), 'x');
    expect(await refusalOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }))).toEqual({
      code: 'BUNDLE_DAMAGED',
      data: { files: ['data/index.json.age'] },
    });
    expect(readdirSync(folder)).toEqual([]);
    cpSync(copy, join(data, 'index.json.age'));
    expect(await codeOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }))).toBe('ok');
  });
});

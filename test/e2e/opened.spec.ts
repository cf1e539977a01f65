import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { openBundle } from '../../electron/features/archive/open-bundle.ts';
import { sealedSpecimen, specimen } from '../../electron/features/archive/specimen-bundle.ts';
import type { BundleDocument, StoredFile } from '../../electron/features/archive/write-bundle.ts';
import { chooseAead, encrypt } from '../../electron/vault/age/age.ts';
import { specimenFilm } from '../harness/specimen-film.ts';

const BEGIN_MS = Date.UTC(2026, 4, 16, 1);
const SECONDS = 2;
const people = Array.from({ length: 500 }, (_, i) => ({
  candidateId: `C${i}`,
  roomId: 'R1',
  workstationId: null,
  name: `考生${i}（样本）`,
  ticketNumber: `2026${String(i).padStart(6, '0')}`,
  documentNumber: '310199190001010017',
}));

const document = (volume: 1 | 2, path: string, json: unknown): BundleDocument => ({
  path: `data/${path}.json.age`,
  json,
  mediaType: 'application/json',
  kind: path.split('/')[1]!,
  volume,
  title: { zh: path, en: path },
});

/** A bundle of 500 people and three segments of one camera, the second of which is damaged; its opened page. */
async function openedPage(): Promise<{ folder: string; url: string }> {
  await chooseAead();
  const s = specimen();
  const film = specimenFilm(SECONDS);
  const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const stored = [0, 1, 2].map((i): StoredFile => {
    const bytes = encrypt(film, [s.centre.recipient]);
    const sourceFile = join(s.folder, `film-${i}.age`);
    writeFileSync(sourceFile, bytes);
    const beginMs = BEGIN_MS + i * SECONDS * 1000;
    const hashes = { sha256: sha256(film), sizeBytes: film.length, storedSha256: sha256(bytes) };
    const at = { beginMs, endMs: beginMs + SECONDS * 1000 };
    return { ...s.wish.stored[0]!, ...hashes, ...at, sourceFile, path: `data/video/R1/C1/${i}.age` };
  });
  const plan = {
    session: { label: '样本场次', occupation: '电工', level: '4', startsAtMs: BEGIN_MS, endsAtMs: BEGIN_MS + 60_000 },
    rooms: [{ roomId: 'R1', name: '第 1 考场', location: '2 楼', cameras: [{ cameraId: 'C1', label: '前' }] }],
  };
  const documents = [
    ...s.wish.documents,
    document(1, '1-enrolment/candidates', people),
    document(2, '2-plan/plan', plan),
  ];
  const dir = await sealedSpecimen({ ...s, wish: { ...s.wish, documents, stored } });
  writeFileSync(join(dir, 'data/video/R1/C1/1.age'), 'damaged');
  const out = join(s.folder, 'opened');
  const opened = await openBundle(dir, [s.centre.identity], out);
  if (!opened.ok) throw new Error(opened.error.code);
  return { folder: s.folder, url: pathToFileURL(join(out, 'index.html')).href };
}

test('the opened page: five hundred people, search, video over a damaged segment, English, nothing from elsewhere', async ({
  page,
}) => {
  const { folder, url } = await openedPage();
  try {
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (r) => asked.push(r.url()));
    page.on('pageerror', (e) => complaints.push(e.message));
    page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()));
    await page.goto(url);

    // Only the rows in sight are there.
    await expect(page.locator('.row').first()).toBeVisible();
    expect(await page.locator('.row').count()).toBeLessThan(40);
    await page.getByRole('searchbox').fill('考生499');
    await expect(page.locator('.row')).toHaveCount(1);
    await page.locator('.row').click();
    await expect(page.getByRole('heading', { name: '考生499（样本）' })).toBeVisible();
    await expect(page.locator('.notice.bad')).toContainText('损坏或缺少');

    await page.getByRole('link', { name: '录像' }).click();
    await page.getByRole('button', { name: '播放' }).click();
    // It says what is lost and goes on behind it.
    await expect(page.locator('.skipped')).not.toBeEmpty();
    await expect
      .poll(() =>
        page.locator('video.shown').evaluate((v: HTMLVideoElement) => [v.src.endsWith('/2.mp4'), v.videoWidth]),
      )
      .toEqual([true, 320]);

    await page.getByRole('button', { name: 'English' }).click();
    await expect(page.getByRole('link', { name: 'Marks and panels' })).toBeVisible();
    await page.getByRole('link', { name: 'Journal' }).click();
    await expect(page.locator('tbody tr')).toHaveCount(6);
    expect(asked.filter((u) => !u.startsWith('file:'))).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

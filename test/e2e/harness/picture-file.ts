import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import type { ExamDay } from './day.ts';
import { hidePeople } from './drawn-pictures.ts';

const folder = resolve(process.env.KAODIAN_PICTURES ?? 'docs/pictures');

/**
 * Keeps a picture of the page for the README, with drawings in the place of people. Sixty-four colours are enough for flat areas
 * and text, and keep a picture below 120 kB.
 */
export async function picture(
  day: ExamDay,
  page: Page,
  name: string,
  shows: Parameters<typeof hidePeople>[1] = 'person',
  another?: string,
): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await hidePeople(page, shows, dirname(day.station.dataDir), another);
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  mkdirSync(folder, { recursive: true });
  await sharp(png)
    .png({ palette: true, colours: 64, effort: 10 })
    .toFile(join(folder, `${name}.png`));
}

import { expect, type Page } from '@playwright/test';
import { shot } from './served.ts';

/** The windows a desk is made for: alone on a small laptop, inside a browser on one, and a laptop of 1280. */
const windows = [
  { width: 1366, height: 768 },
  { width: 1366, height: 657 },
  { width: 1280, height: 720 },
];

/**
 * What reaches beyond the card or desk it stands in, in words; nothing where every card scrolls or holds its content. Lists that scroll
 * may be longer than their box.
 */
function spilling(): string[] {
  const scrolls = (element: Element) => /auto|scroll/.test(getComputedStyle(element).overflowY);
  const found: string[] = [];
  const frames = document.querySelectorAll('main, main .ui-card, main .door-live, .ui-desk-top, .ui-desk-foot');
  for (const frame of frames) {
    const outer = frame.getBoundingClientRect();
    for (const inner of frame.querySelectorAll('*')) {
      if (inner.closest('svg') !== null && inner.tagName !== 'svg') continue;
      let above = inner.parentElement;
      while (above !== null && above !== frame && !scrolls(above)) above = above.parentElement;
      if (above !== frame && above !== null) continue;
      const box = inner.getBoundingClientRect();
      const style = getComputedStyle(inner);
      if (box.width === 0 || box.height === 0 || style.visibility === 'hidden' || style.position === 'fixed') continue;
      if (/^(VIDEO|IMG)$/.test(inner.tagName)) continue;
      const over = Math.max(
        box.right - outer.right,
        box.bottom - outer.bottom,
        outer.left - box.left,
        outer.top - box.top,
      );
      if (over > 1.5) {
        const words = (inner.textContent ?? '').trim().slice(0, 30);
        found.push(
          `${inner.tagName.toLowerCase()}.${inner.getAttribute('class') ?? ''} "${words}" by ${Math.round(over)} px`,
        );
      }
    }
  }
  return [...new Set(found)];
}

/** Nothing spills at any size the desk is made for, in Chinese and, where asked, in English. Keeps a picture of each as shot() does. */
export async function fitsEverywhere(page: Page, name: string): Promise<void> {
  for (const size of windows) {
    await page.setViewportSize(size);
    await expect(async () =>
      expect(await page.evaluate(spilling), `${name} at ${size.width}x${size.height}`).toEqual([]),
    ).toPass({
      timeout: 3_000,
    });
    await shot(page, size.height === 768 ? name : `${name}-${size.width}x${size.height}`);
  }
  await page.setViewportSize(windows[0]!);
}

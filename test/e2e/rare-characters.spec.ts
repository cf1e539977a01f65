import { expect, shot, test, troubleOf } from './harness/served.ts';

/** Of names on ID cards; the everyday font's web files have none of them. The last stands for all that they do have. */
const NAMES = ['䶮', '𬱖', '㛃', '𬭚', '䒟', '犇'];

test('rare characters of names are drawn by the fonts the station brings, whatever the machine has', async ({
  page,
  station,
}) => {
  const trouble = troubleOf(page);
  await page.goto(station.entry);
  await expect(page.getByRole('heading').first()).toBeVisible();
  const fetched = () =>
    page.evaluate(() => performance.getEntriesByType('resource').filter((r) => r.name.includes('rare-han')).length);
  expect(await fetched()).toBe(0);

  await page.evaluate((names) => {
    for (const name of names) {
      const line = document.createElement('b');
      line.className = 'rare';
      line.textContent = name;
      line.style.fontSize = '60px';
      document.querySelector('h1')?.append(line);
    }
  }, NAMES);
  await page.evaluate(async () => void (await document.fonts.ready));
  await shot(page, 'rare-characters');

  const cdp = await page.context().newCDPSession(page);
  await cdp.send('DOM.enable');
  await cdp.send('CSS.enable');
  const { root } = await cdp.send('DOM.getDocument');
  const { nodeIds } = await cdp.send('DOM.querySelectorAll', { nodeId: root.nodeId, selector: '.rare' });
  const drawnBy = await Promise.all(nodeIds.map((nodeId) => cdp.send('CSS.getPlatformFontsForNode', { nodeId })));
  expect(
    drawnBy.map(({ fonts }) => fonts.map(({ isCustomFont, glyphCount }) => ({ isCustomFont, glyphCount }))),
  ).toEqual(NAMES.map(() => [{ isCustomFont: true, glyphCount: 1 }]));
  expect(trouble).toEqual([]);
});

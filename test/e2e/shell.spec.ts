import { expect, shot, test, troubleOf } from './harness/served.ts';

test('the first page opens by its one-time address, under its content policy, with nothing missing', async ({
  page,
  station,
}) => {
  const trouble = troubleOf(page);
  const reply = await page.goto(station.entry);
  expect(reply?.headers()['content-security-policy']).toContain("default-src 'none'");
  await expect(page).toHaveTitle(/考点站/);
  await expect(page.locator('#root > *').first()).toBeVisible();
  await shot(page, 'first-page');
  expect(trouble).toEqual([]);
});

test('the page is refused to a foreign name and to a foreign site', async ({ request, station }) => {
  const rebound = await request.get(station.origin, { headers: { host: 'evil.example' }, failOnStatusCode: false });
  expect(rebound.status()).toBe(421);
  const foreign = await request.get(station.origin, { headers: { origin: 'https://evil.example' } });
  expect(foreign.status()).toBe(403);
});

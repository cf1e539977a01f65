import { expect, type Locator, type Page } from '@playwright/test';

/**
 * Types as a barcode scanner does: all characters and Enter within a few milliseconds of each other, as trusted key
 * events with everything a key does by default.
 */
export async function scan(page: Page, text: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const key = (name: string, code: string, keyCode: number, typed: string) => {
    const common = { key: name, code, windowsVirtualKeyCode: keyCode };
    return [
      cdp.send('Input.dispatchKeyEvent', { type: 'keyDown', text: typed, ...common }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common }),
    ];
  };
  // Sent without waiting for one another: a round trip each would be as slow as a person.
  const sent = [...text].flatMap((c) => key(c, `Digit${c}`, c.charCodeAt(0), c));
  await Promise.all([...sent, ...key('Enter', 'Enter', 13, '\r')]);
  await cdp.detach();
}

/** Presses a key, again where the desk was not yet armed, until what it leads to is there. */
export async function pressUntil(page: Page, key: string, shown: Locator): Promise<void> {
  await expect(async () => {
    if (!(await shown.isVisible())) await page.keyboard.press(key);
    await expect(shown).toBeVisible({ timeout: 1_500 });
  }).toPass({ timeout: 30_000 });
}

/** Clicks, again where the desk was not yet armed, until what it leads to is there. */
export async function clickUntil(button: Locator, shown: Locator): Promise<void> {
  await expect(async () => {
    if (!(await shown.isVisible())) await button.click({ timeout: 1_500 });
    await expect(shown).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
}

/** Presses a key, again where the desk was not yet armed, until a file comes of it. Returns its name and where it lies. */
export async function download(page: Page, key: string): Promise<{ name: string; path: string }> {
  let file: { name: string; path: string } | null = null;
  await expect(async () => {
    const coming = page.waitForEvent('download', { timeout: 2_000 });
    const [saved] = await Promise.all([coming, page.keyboard.press(key)]);
    file = { name: saved.suggestedFilename(), path: await saved.path() };
  }).toPass({ timeout: 30_000 });
  return file!;
}

/** Six digits into the PIN field that has this label. */
export async function typePin(page: Page, pin: string, label?: string | RegExp): Promise<void> {
  const field = label === undefined ? page.getByRole('group') : page.getByRole('group', { name: label, exact: true });
  await field.getByRole('textbox').first().click();
  for (const digit of pin) {
    // As slow as a person: faster keys are a scanner's, and its Enter is swallowed.
    await page.keyboard.press(digit, { delay: 60 });
  }
}

/** Writes a wave into a signature field. */
export async function draw(page: Page, pad: Locator): Promise<void> {
  const box = await pad.boundingBox();
  if (box === null) throw new Error('the signature field is not on the screen');
  const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
  await page.mouse.move(...at(0.2, 0.5));
  await page.mouse.down();
  for (let i = 1; i <= 12; i += 1) await page.mouse.move(...at(0.2 + i * 0.05, 0.5 + (i % 2 === 0 ? 0.2 : -0.2)));
  await page.mouse.up();
}

/** Chooses in an Ant Design Select by its label and the beginning of the option. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.locator('.ant-select-item-option', { hasText: option }).click();
}

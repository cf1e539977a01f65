import type { Page } from '@playwright/test';

export interface Wedge {
  /** Between two keys. */
  gapMs?: number;
  /** What it sends after the code. */
  end?: readonly ('Enter' | 'Tab' | 'LineFeed')[];
  /**
   * A Chinese input method is on: the page is told of keys without their letters, and letters gather as a composition in
   * the field that has the cursor.
   */
  composing?: boolean;
}

const KEYS: Record<
  string,
  { key: string; code: string; windowsVirtualKeyCode: number; text?: string; modifiers?: number }
> = {
  Enter: { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' },
  Tab: { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 },
  // A line feed as a control code: Ctrl+J, which in a browser opens the downloads.
  LineFeed: { key: 'j', code: 'KeyJ', windowsVirtualKeyCode: 74, modifiers: 2 },
};

/**
 * Types as a keyboard-wedge scanner does, with trusted key events. The gap between two keys is the one the events carry:
 * they are sent as fast as they go, and say themselves when they were pressed.
 */
export async function scanWith(page: Page, text: string, wedge: Wedge = {}): Promise<void> {
  const { gapMs = 4, end = ['Enter'], composing = false } = wedge;
  const cdp = await page.context().newCDPSession(page);
  const beganAtMs = Date.now() - (text.length + end.length) * gapMs;
  let pressed = 0;
  const send = (key: (typeof KEYS)[string]) => {
    const timestamp = (beganAtMs + pressed * gapMs) / 1000;
    pressed += 1;
    const { text: typed, ...which } = key;
    const down = typed === undefined ? { type: 'rawKeyDown' as const } : { type: 'keyDown' as const, text: typed };
    return [
      cdp.send('Input.dispatchKeyEvent', { ...down, ...which, timestamp }),
      cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...which, timestamp }),
    ];
  };
  let composed = '';
  const sent: Promise<unknown>[] = [];
  // Sent without waiting for one another: a round trip each would be as slow as a person.
  for (const character of text) {
    const key = keyOf(character);
    if (!composing) sent.push(...send({ ...key, text: character }));
    else {
      composed += character;
      sent.push(...send({ ...key, key: 'Process', windowsVirtualKeyCode: 229 }));
      sent.push(
        cdp.send('Input.imeSetComposition', {
          text: composed,
          selectionStart: composed.length,
          selectionEnd: composed.length,
        }),
      );
    }
  }
  for (const name of end) {
    if (!composing) sent.push(...send(KEYS[name]!));
    else {
      // The key that would end the code is taken too, and what was gathered goes into the field.
      sent.push(...send({ ...KEYS[name]!, key: 'Process', windowsVirtualKeyCode: 229 }));
      sent.push(cdp.send('Input.insertText', { text: composed }));
    }
  }
  await Promise.all(sent);
  await cdp.detach();
}

function keyOf(character: string): (typeof KEYS)[string] {
  const upper = character.toUpperCase();
  const windowsVirtualKeyCode = character === '-' ? 189 : upper.charCodeAt(0);
  const code = character === '-' ? 'Minus' : /\d/.test(character) ? `Digit${character}` : `Key${upper}`;
  return { key: character, code, windowsVirtualKeyCode };
}

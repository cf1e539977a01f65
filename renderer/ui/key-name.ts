/** What of a KeyboardEvent decides its name. */
export interface KeyPress {
  code: string;
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/**
 * The name under which a desk binds a key: 'Enter', 'Escape', 'F8', '1', 'A', 'Ctrl+Enter', 'ArrowDown', 'Space', ...
 * Letters and digits by the place of the key (`code`), because a Chinese input method swallows `key`; the number pad
 * counts as the digits. Null for what belongs to the browser or the system.
 */
export function keyName(press: KeyPress): string | null {
  if (press.altKey || press.metaKey) return null;
  const base = baseName(press);
  if (base === null) return null;
  return press.ctrlKey ? `Ctrl+${base}` : base;
}

function baseName({ code, key }: KeyPress): string | null {
  if (/^Key[A-Z]$/.test(code)) return code.slice(3);
  if (/^Digit\d$/.test(code)) return code.slice(5);
  // With NumLock off the pad sends arrows under the same code.
  if (/^Numpad\d$/.test(code)) return /^\d$/.test(key) || key === 'Process' ? code.slice(6) : key;
  if (code === 'NumpadEnter') return 'Enter';
  if (code === 'NumpadDecimal') return key === 'Delete' ? 'Delete' : '.';
  if (code === 'Period') return '.';
  if (code === 'Comma') return ',';
  if (code !== '') return code;
  // Scripted keys of tests and some scanners' drivers come without a code.
  return key.length > 1 ? key : null;
}

/** A key that may end a scan; some scanners send the control codes themselves. */
export const endsScan = (name: string): boolean => ['Enter', 'Tab', 'Ctrl+J', 'Ctrl+M'].includes(name);

/**
 * The character a scanner meant, also while a Chinese input method hides it, widens it or makes Chinese punctuation of
 * it; null for keys that type nothing.
 */
export function scannedCharacter(press: KeyPress): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  const typed = press.key.normalize('NFKC');
  if (/^[\x20-\x7e]$/.test(typed)) return typed;
  // An input method that takes the key says so by one of these names; the place of the key is left.
  const hidden = ['Process', 'Unidentified', ''].includes(press.key) || [...press.key].length === 1;
  return hidden ? characterAt(press) : null;
}

function characterAt({ code, key, shiftKey }: KeyPress): string | null {
  if (/^(Digit|Numpad)\d$/.test(code)) return code.slice(-1);
  if (/^Key[A-Z]$/.test(code)) return shiftKey ? code.slice(3) : code.slice(3).toLowerCase();
  if (code === 'Minus') return shiftKey ? '_' : '-';
  if (code === 'Period') return '.';
  // No place that a code is made of: the character itself, whatever it is.
  return [...key].length === 1 ? key : null;
}

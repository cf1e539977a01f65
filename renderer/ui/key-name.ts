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

/** The character a scanner meant, also while an input method hides it; null for keys that type nothing. */
export function scannedCharacter(press: KeyPress): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (press.key.length === 1) return press.key;
  if (press.key !== 'Process') return null;
  if (/^(Digit|Numpad)\d$/.test(press.code)) return press.code.slice(-1);
  if (/^Key[A-Z]$/.test(press.code)) return press.shiftKey ? press.code.slice(3) : press.code.slice(3).toLowerCase();
  if (press.code === 'Minus') return press.shiftKey ? '_' : '-';
  return press.code === 'Period' ? '.' : null;
}

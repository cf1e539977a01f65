import type { Draft } from './draft.ts';
import type { DraftAct } from './draft-acts.ts';

/** The part of a KeyboardEvent that the grid looks at. */
export interface KeyPress {
  /** Place on the keyboard: a Chinese input method swallows the letter, not the place. */
  code: string;
  key: string;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}

/** Keys of the first ten deductions of an item, in order. */
export const deductionKeys = ['Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P'] as const;

export type GridIntent = DraftAct | { kind: 'open-note' } | { kind: 'lock' };

const arrows: Record<string, { rows: number; items: number }> = {
  ArrowUp: { rows: -1, items: 0 },
  ArrowDown: { rows: 1, items: 0 },
  ArrowLeft: { rows: 0, items: -1 },
  ArrowRight: { rows: 0, items: 1 },
};

/**
 * What a key means inside the marking grid; null leaves it to the browser. Tab on the last sheet and Shift+Tab on the
 * first are left to it too, so that the keyboard can get out of the grid.
 */
export function intentOfKey(press: KeyPress, draft: Pick<Draft, 'cursor' | 'rows' | 'items'>): GridIntent | null {
  if (press.altKey || press.metaKey) return null;
  if (press.ctrlKey) {
    if (press.code === 'Enter' || press.code === 'NumpadEnter') return { kind: 'lock' };
    if (press.code === 'KeyZ') return { kind: 'undo' };
    if (press.code === 'Home') return { kind: 'go', cell: { row: 0, item: 0 } };
    if (press.code === 'End') return { kind: 'go', cell: { row: draft.rows.length - 1, item: draft.items.length - 1 } };
    return null;
  }
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  if (digit !== undefined && !press.shiftKey) return { kind: 'type', character: digit };
  const arrow = arrows[press.code];
  if (arrow !== undefined) return { kind: 'move', ...arrow };
  const deduction = deductionKeys.findIndex((letter) => press.code === `Key${letter}`);
  if (deduction !== -1) return { kind: 'tick', deduction };
  switch (press.code) {
    case 'Period':
    case 'NumpadDecimal':
      return { kind: 'type', character: '.' };
    case 'Enter':
    case 'NumpadEnter':
      return { kind: 'next-item' };
    case 'Tab':
      return tabIntent(press.shiftKey, draft);
    case 'Delete':
      return { kind: 'clear' };
    case 'Backspace':
      return { kind: 'rub-out' };
    case 'Escape':
      return { kind: 'back' };
    case 'Home':
      return { kind: 'go', cell: { row: draft.cursor.row, item: 0 } };
    case 'End':
      return { kind: 'go', cell: { row: draft.cursor.row, item: draft.items.length - 1 } };
    case 'KeyN':
      return { kind: 'open-note' };
    default:
      return null;
  }
}

function tabIntent(backwards: boolean, draft: Pick<Draft, 'cursor' | 'rows'>): GridIntent | null {
  if (backwards) return draft.cursor.row === 0 ? null : { kind: 'previous-row' };
  return draft.cursor.row === draft.rows.length - 1 ? null : { kind: 'next-row' };
}

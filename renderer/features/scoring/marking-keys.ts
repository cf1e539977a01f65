import { type KeyPress, keyName } from '../../ui/key-name.ts';
import type { Draft } from './draft.ts';
import type { DraftAct } from './draft-acts.ts';

/** Keys of the first ten deductions of an item, in order. */
export const deductionKeys = ['Q', 'W', 'E', 'R', 'T', 'Y', 'U', 'I', 'O', 'P'] as const;

/** Keys of the first five vetoes, in order: the row below the deductions. */
export const vetoKeys = ['Z', 'X', 'C', 'V', 'B'] as const;

export type GridIntent = DraftAct | { kind: 'open-note' };

/**
 * What a key means inside the marking grid; null leaves it to the browser and the desk. Tab on the last sheet and
 * Shift+Tab on the first are left to the browser too, so that the keyboard can get out of the grid.
 */
export function intentOfKey(press: KeyPress, draft: Pick<Draft, 'cursor' | 'rows' | 'items'>): GridIntent | null {
  const name = keyName(press);
  if (name === null) return null;
  const { cursor } = draft;
  const last = { row: draft.rows.length - 1, item: draft.items.length - 1 };
  if (/^[\d.]$/.test(name)) return press.shiftKey ? null : { kind: 'type', character: name };
  const deduction = (deductionKeys as readonly string[]).indexOf(name);
  if (deduction !== -1) return { kind: 'tick', deduction };
  const veto = (vetoKeys as readonly string[]).indexOf(name);
  if (veto !== -1) return { kind: 'veto', veto };
  switch (name) {
    case 'Ctrl+Z':
      return { kind: press.shiftKey ? 'redo' : 'undo' };
    case 'Ctrl+Y':
      return { kind: 'redo' };
    case 'Ctrl+Home':
      return { kind: 'go', cell: { row: 0, item: 0 } };
    case 'Ctrl+End':
      return { kind: 'go', cell: last };
    case 'Home':
      return { kind: 'go', cell: { ...cursor, item: 0 } };
    case 'End':
      return { kind: 'go', cell: { ...cursor, item: last.item } };
    case 'ArrowUp':
      return { kind: 'move', rows: -1, items: 0 };
    case 'ArrowDown':
      return { kind: 'move', rows: 1, items: 0 };
    case 'ArrowLeft':
      return { kind: 'move', rows: 0, items: -1 };
    case 'ArrowRight':
      return { kind: 'move', rows: 0, items: 1 };
    case 'Enter':
      return { kind: 'next-item' };
    case 'Tab':
      if (press.shiftKey) return cursor.row === 0 ? null : { kind: 'previous-row' };
      return cursor.row === last.row ? null : { kind: 'next-row' };
    case 'Delete':
      return { kind: 'clear' };
    case 'Backspace':
      return { kind: 'rub-out' };
    case 'Escape':
      return { kind: 'back' };
    case 'N':
      return { kind: 'open-note' };
    default:
      return null;
  }
}

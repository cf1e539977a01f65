import type { ReactNode } from 'react';

/** A key as it stands on the keyboard. */
export function KeyHint({ name }: { name: string }): ReactNode {
  return <kbd>{name === 'Escape' ? 'Esc' : name}</kbd>;
}

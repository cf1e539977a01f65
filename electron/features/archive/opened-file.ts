import type { IndexItem } from './bundle-format.ts';

/** `file` is relative to the output folder and there only for what was opened. */
export type OpenedFile = { item: IndexItem } & (
  | { kind: 'opened'; file: string }
  | { kind: 'damaged' }
  | { kind: 'other-key' }
  | { kind: 'missing' }
);

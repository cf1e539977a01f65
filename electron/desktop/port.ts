import type { Result } from '../lib/result.ts';

/** What a desk may want from the machine it runs on and a plain page cannot always have. */
export type DesktopAbility = 'pickFile' | 'pickFolder' | 'print' | 'keepAwake' | 'kiosk' | 'openFolder';

/**
 * Who does it: `shell`: call the port. `page`: the page's own way (`<input type=file>`, `window.print()`, the Wake Lock
 * and Fullscreen interfaces). `none`: not to be had here; the desk offers another way, or leaves the button out.
 */
export type DesktopAbilities = Readonly<Record<DesktopAbility, 'shell' | 'page' | 'none'>>;

export interface NotOffered {
  code: 'NOT_OFFERED';
  ability: DesktopAbility;
}

export interface FileWish {
  title: string;
  /** Endings without the dot, for example `['xlsx']`; empty means any file. */
  endings: readonly string[];
}

/**
 * What only a desktop can do for the exam. A shell that cannot do a thing answers `NOT_OFFERED`; it never pretends.
 * Paths are absolute, on the station's own machine, and chosen by the person who sits there.
 */
export interface DesktopPort {
  readonly kind: 'electron' | 'browser';
  readonly abilities: DesktopAbilities;
  /** The chosen file, or null when the person cancelled. */
  pickFile(wish: FileWish): Promise<Result<string | null, NotOffered>>;
  /** The chosen folder, or null when the person cancelled. */
  pickFolder(title: string): Promise<Result<string | null, NotOffered>>;
  /** Opens the system's print dialog for the window's page; false when the person cancelled or no printer took it. */
  print(): Promise<Result<boolean, NotOffered>>;
  /** On while anything records: the machine must not sleep, the screen may not lock. Repeated calls are harmless. */
  keepAwake(on: boolean): Result<void, NotOffered>;
  /** Full screen without the system's own bars, until switched off again: for the door desk. */
  kiosk(on: boolean): Result<void, NotOffered>;
  /** Shows a folder in the system's file manager. False when the system could not. */
  openFolder(path: string): Promise<Result<boolean, NotOffered>>;
}

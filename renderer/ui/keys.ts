import { useEffect, useRef } from 'react';
import { FieldBefore } from './field-before.ts';
import { endsScan, keyName, scannedCharacter } from './key-name.ts';
import { burstGapMs, ScanBurst } from './scan-burst.ts';

/** Keys by the names of `keyName`; an absent key does nothing on this desk now. */
export type KeyBindings = Record<string, (() => void) | undefined>;

export interface KeyOptions {
  /** What a barcode scanner typed. Without it a scan is swallowed whole. */
  onScan?: (text: string) => void;
  /** Nothing below this layer hears keys: a sheet that lies over the desk. */
  modal?: boolean;
  /**
   * What is being decided. Enter is deaf for 400 ms after it changes, so that an Enter meant for the last verdict
   * cannot answer a new one.
   */
  verdict?: string;
}

const armingMs = 400;

interface Layer {
  bindings: KeyBindings;
  options: KeyOptions;
  armedAtMs: number;
}

const layers: Layer[] = [];
const burst = new ScanBurst();
let quietTimer: ReturnType<typeof setTimeout> | undefined;
/** The field that a scanner may be typing into, as it was before. */
let before: FieldBefore | null = null;
/** The focus was moved by Tab, and nobody has clicked since. `:focus-visible` cannot tell: any key after a click sets it. */
let walking = false;
const clicked = (): void => {
  walking = false;
};

/** The layers that hear, topmost first, down to the first modal one. */
function listening(): Layer[] {
  const heard: Layer[] = [];
  for (const layer of layers.toReversed()) {
    heard.push(layer);
    if (layer.options.modal) break;
  }
  return heard;
}

/** Runs what is bound to the key; true when something was. */
function press(name: string): boolean {
  for (const layer of listening()) {
    const act = layer.bindings[name];
    if (act === undefined) continue;
    if (name !== 'Enter' || performance.now() >= layer.armedAtMs) act();
    return true;
  }
  return false;
}

function scanned(text: string): void {
  listening()
    .find((layer) => layer.options.onScan !== undefined)
    ?.options.onScan?.(text);
}

function isField(target: EventTarget | null): target is HTMLElement {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

const swallow = (event: KeyboardEvent): void => {
  event.preventDefault();
  event.stopPropagation();
};

function onKeyDown(event: KeyboardEvent): void {
  const name = keyName(event);
  if (name === null) return;
  const field =
    isField(event.target) && !(event.target instanceof HTMLInputElement && event.target.type === 'checkbox');

  if (endsScan(name)) {
    const verdict = burst.end(event.timeStamp);
    if (verdict.kind === 'scan') {
      swallow(event);
      before?.restore();
      before = null;
      scanned(verdict.text);
      return;
    }
    if (verdict.kind === 'swallowed') {
      swallow(event);
      return;
    }
    if (!field) for (const key of verdict.flush) press(key);
  }
  if (name === 'Tab') walking = true;
  if (name === 'Enter') {
    onEnter(event, field);
    return;
  }

  const character = scannedCharacter(event);
  if (character !== null) {
    if (burst.isNew(event.timeStamp)) before = FieldBefore.of(event.target);
    const flush = burst.character(character, name, event.timeStamp);
    clearTimeout(quietTimer);
    if (field) {
      quietTimer = setTimeout(() => burst.quiet(), burstGapMs);
      return;
    }
    for (const key of flush) press(key);
    quietTimer = setTimeout(() => {
      for (const key of burst.quiet()) press(key);
    }, burstGapMs);
    // A held letter has no other meaning to the page; space would press a focused button.
    if (character !== ' ') event.preventDefault();
    return;
  }

  if (field && !/^(F\d+|Escape|Ctrl\+.+)$/.test(name)) return;
  if (press(name)) swallow(event);
}

/** A person's Enter. */
function onEnter(event: KeyboardEvent, field: boolean): void {
  if (event.repeat) {
    swallow(event);
    return;
  }
  const target = event.target as HTMLElement;
  // Inside a field Enter is the field's, unless the form says that it belongs to the desk.
  if (field && target.closest('[data-enter="desk"]') === null) return;
  // Someone who walks with Tab presses the button under the focus, not the blue block.
  if (!field && walking && event.target instanceof HTMLElement && target.matches('button, a')) return;
  if (press('Enter')) swallow(event);
}

/**
 * Binds keys while the component is on the screen. Later layers hear first; bindings may change at every render.
 * Single letters and digits come `burstGapMs` late, until it is clear that no scanner is typing.
 */
export function useKeys(bindings: KeyBindings, options: KeyOptions = {}): void {
  const layer = useRef<Layer>({ bindings, options, armedAtMs: 0 });
  const verdict = options.verdict;
  const lastVerdict = useRef<string | undefined>(undefined);
  useEffect(() => {
    layer.current.bindings = bindings;
    layer.current.options = options;
    if (verdict !== lastVerdict.current) {
      lastVerdict.current = verdict;
      layer.current.armedAtMs = performance.now() + armingMs;
    }
  });
  useEffect(() => {
    const mine = layer.current;
    if (layers.length === 0) {
      window.addEventListener('keydown', onKeyDown, true);
      window.addEventListener('pointerdown', clicked, true);
    }
    layers.push(mine);
    return () => {
      layers.splice(layers.indexOf(mine), 1);
      if (layers.length === 0) {
        window.removeEventListener('keydown', onKeyDown, true);
        window.removeEventListener('pointerdown', clicked, true);
      }
    };
  }, []);
}

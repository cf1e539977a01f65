import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { createStore, type Store } from '../../api/store.ts';
import { type Draft, draftOf, marksOf, versionsOf } from './draft.ts';
import { actOnDraft, type DraftAct } from './draft-acts.ts';

export type RefusalCode =
  | 'LOCKED'
  | 'NO_SUCH_CELL'
  | 'OVER_MAXIMUM'
  | 'OFF_STEP'
  | 'NOT_ON_PANEL'
  | 'SESSION_GONE'
  | 'CHANGED_ELSEWHERE';

/** A mark the station would not take: which cell, and at which desk it was changed since. */
export interface Refusal {
  code: RefusalCode;
  key: string;
  desk: string;
}

/** `lost`: no answer came, so nobody knows what is on record until it has been read again. */
export type MarkReply =
  | { kind: 'saved'; atMs: number; version: number }
  | { kind: 'refused'; code: RefusalCode; desk?: string }
  | { kind: 'lost' };

/** The station as the marking grid needs it. Neither call rejects. */
export interface MarkingRecord {
  /** @param version  the one this desk has seen of the cell, 0 for none */
  mark(anonymousNumber: string, itemId: string, tenths: number | null, version: number): Promise<MarkReply>;
  /** The sheet as it is on record now; null when no answer came. */
  read(): Promise<Pick<MarkingSheet, 'rows' | 'savedAtMs'> | null>;
  /** Resolves when it is time to try a lost record again. */
  pause(): Promise<void>;
}

export type SaveState =
  | { kind: 'saved'; atMs: number | null }
  | { kind: 'saving' }
  | { kind: 'not-saved'; waiting: number };

export interface Marking {
  draft: Store<Draft>;
  saving: Store<SaveState>;
  /** The last mark the station would not take, until the next one is taken. */
  refusal: Store<Refusal | null>;
  act(act: DraftAct): void;
  /** Resolves once everything is on record, false when it cannot be reached: lock only after true. */
  allSaved(): Promise<boolean>;
  /** Nobody looks any more: what is unsaved still goes, but a station that does not answer is not waited for. */
  close(): void;
  reopen(): void;
}

/**
 * A sheet being marked. Changes go to the station one at a time, in the order they were made; after a lost reply the
 * record is read again and only what it lacks is sent.
 */
export function openMarking(
  sheet: Pick<MarkingSheet, 'rubric' | 'rows' | 'savedAtMs'>,
  record: MarkingRecord,
): Marking {
  const draft = createStore(draftOf(sheet));
  const saving = createStore<SaveState>({ kind: 'saved', atMs: sheet.savedAtMs });
  const refusal = createStore<Refusal | null>(null);
  let sending: Promise<void> | null = null;
  let closed = false;
  let savedAtMs = sheet.savedAtMs;

  const apply = (act: DraftAct) => draft.set(actOnDraft(draft.get(), act));

  async function sendAll(): Promise<void> {
    for (;;) {
      const first = draft.get().unsaved.entries().next().value;
      if (first === undefined) return;
      const [key, tenths] = first;
      const [anonymousNumber = '', itemId = ''] = key.split('/');
      if (saving.get().kind !== 'not-saved') saving.set({ kind: 'saving' });
      const version = draft.get().versions.get(key) ?? 0;
      const reply = await record.mark(anonymousNumber, itemId, tenths, version);
      if (reply.kind === 'saved') {
        savedAtMs = reply.atMs;
        refusal.set(null);
        apply({ kind: 'acknowledged', key, tenths, version: reply.version });
        saving.set({ kind: 'saving' });
        continue;
      }
      if (reply.kind === 'refused') refusal.set({ code: reply.code, key, desk: reply.desk ?? '' });
      const sheetNow = await readUntilThere();
      if (sheetNow === null) return;
      // The lost one may have arrived: then what is on record is this desk's own.
      const there = versionsOf(sheetNow).get(key) ?? 0;
      const arrived = (marksOf(sheetNow).get(key) ?? null) === tenths;
      if (reply.kind === 'lost' && there > version && arrived) {
        apply({ kind: 'acknowledged', key, tenths, version: there });
      }
      apply(
        reply.kind === 'refused' ? { kind: 'refused', key, sheet: sheetNow } : { kind: 'record-read', sheet: sheetNow },
      );
    }
  }

  async function readUntilThere() {
    while (!closed) {
      const read = await record.read();
      if (read !== null) {
        savedAtMs = read.savedAtMs;
        return read;
      }
      saving.set({ kind: 'not-saved', waiting: draft.get().unsaved.size });
      await record.pause();
    }
    return null;
  }

  function send(): void {
    if (draft.get().unsaved.size === 0 || sending !== null) return;
    sending = sendAll().finally(() => {
      sending = null;
      if (closed) return;
      saving.set({ kind: 'saved', atMs: savedAtMs });
      send();
    });
  }

  return {
    draft,
    saving,
    refusal,
    act(act) {
      apply(act);
      send();
    },
    async allSaved() {
      apply({ kind: 'settle' });
      send();
      while (sending !== null && saving.get().kind !== 'not-saved') {
        const before = sending;
        await Promise.race([before, turnsTo(saving, 'not-saved')]);
      }
      const now = draft.get();
      return now.unsaved.size === 0 && !now.overMaximum && !now.offStep;
    },
    close() {
      closed = true;
    },
    reopen() {
      closed = false;
      send();
    },
  };
}

/** Resolves when the store's value is of this kind. */
function turnsTo(store: Store<SaveState>, kind: SaveState['kind']): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.subscribe(() => {
      if (store.get().kind !== kind) return;
      stop();
      resolve();
    });
  });
}

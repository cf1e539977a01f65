import { z } from 'zod';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type ReadDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { siteEvents } from './events.ts';
import { MAX_READERS, type ReaderNow, ReaderSetting, type ReaderTrial, type ReaderWish } from './readers-contract.ts';
import { saveSetting, setting } from './settings.ts';

/** The readers that are open, whoever holds them. */
export interface ReaderRack {
  list(): ReaderNow[];
  /** Opens the reader, or takes over a changed setting of one that is open. */
  use(setting: ReaderSetting): Result<void, { code: 'bad-address' | 'beyond-this-machine' }>;
  remove(readerId: string): void;
  place(readerId: string, at: { roomId: string; lane: number }): void;
  /** The next card on this reader, for nobody. */
  tryOut(readerId: string): Promise<Result<ReaderTrial, { code: 'NO_CARD_LAID' }>>;
}

export interface ReadersDeps {
  db: Db;
  journal: Journal;
  rack: ReaderRack;
}

type AddressError =
  | { code: 'BAD_ADDRESS' }
  | { code: 'BEYOND_THIS_MACHINE' }
  | { code: 'ADDRESS_TAKEN'; data: { label: string } };

/** The readers as the site set them, in the order they were added. */
export const readerSettings = (db: ReadDb): ReaderSetting[] =>
  z
    .array(ReaderSetting)
    .max(MAX_READERS)
    .parse(JSON.parse(setting(db, 'readers') ?? '[]'));

/** One more reader, open at once. */
export function addReader(
  deps: ReadersDeps,
  caller: Caller,
  wish: ReaderWish,
): Result<ReaderSetting, AddressError | { code: 'TOO_MANY_READERS'; data: { most: number } }> {
  const list = readerSettings(deps.db);
  if (list.length >= MAX_READERS) {
    return refuse(deps, caller, wish, { code: 'TOO_MANY_READERS', data: { most: MAX_READERS } });
  }
  const readerId = Array.from({ length: MAX_READERS }, (_, i) => `R${i + 1}`).find(
    (id) => !list.some((r) => r.readerId === id),
  )!;
  return save(deps, caller, list, { readerId, ...wish });
}

/** Another name or address for a reader. Its door stays. */
export function changeReader(
  deps: ReadersDeps,
  caller: Caller,
  changed: ReaderSetting,
): Result<ReaderSetting, AddressError | { code: 'NO_SUCH_READER' }> {
  const list = readerSettings(deps.db);
  if (!list.some((r) => r.readerId === changed.readerId)) return err({ code: 'NO_SUCH_READER' });
  return save(deps, caller, list, changed);
}

export function removeReader(
  deps: ReadersDeps,
  caller: Caller,
  readerId: string,
): Result<Record<string, never>, { code: 'NO_SUCH_READER' }> {
  const list = readerSettings(deps.db);
  const gone = list.find((r) => r.readerId === readerId);
  if (!gone) return err({ code: 'NO_SUCH_READER' });
  inTransaction(deps.db, (w) => {
    saveSetting(w, 'readers', JSON.stringify(list.filter((r) => r !== gone)));
    deps.journal.append(w, actorOf(caller, 'site-lead'), siteEvents.readerRemoved, { readerId, label: gone.label });
  });
  deps.rack.remove(readerId);
  return ok({});
}

/** A card laid to try a reader out: what kind it is goes on record, nothing of the person does. */
export async function tryReader(
  deps: ReadersDeps,
  caller: Caller,
  readerId: string,
): Promise<Result<ReaderTrial, { code: 'NO_SUCH_READER' | 'NO_CARD_LAID' }>> {
  if (!readerSettings(deps.db).some((r) => r.readerId === readerId)) return err({ code: 'NO_SUCH_READER' });
  const trial = await deps.rack.tryOut(readerId);
  if (!trial.ok) return trial;
  const { kind, photo, decoder } = trial.value;
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller, 'site-lead'), siteEvents.readerTried, {
      readerId,
      kind,
      photo,
      decoder: decoder?.code ?? null,
    }),
  );
  return trial;
}

function save(
  deps: ReadersDeps,
  caller: Caller,
  list: readonly ReaderSetting[],
  reader: ReaderSetting,
): Result<ReaderSetting, AddressError> {
  const twin = list.find((r) => r.readerId !== reader.readerId && r.address === reader.address);
  // A reader speaks to one program at a time, and to one driver of it.
  if (twin) return refuse(deps, caller, reader, { code: 'ADDRESS_TAKEN', data: { label: twin.label } });
  const opened = deps.rack.use(reader);
  if (!opened.ok) {
    const code = opened.error.code === 'bad-address' ? 'BAD_ADDRESS' : 'BEYOND_THIS_MACHINE';
    return refuse(deps, caller, reader, { code });
  }
  const next = list.some((r) => r.readerId === reader.readerId)
    ? list.map((r) => (r.readerId === reader.readerId ? reader : r))
    : [...list, reader];
  inTransaction(deps.db, (w) => {
    saveSetting(w, 'readers', JSON.stringify(next));
    deps.journal.append(w, actorOf(caller, 'site-lead'), siteEvents.readerSet, reader);
  });
  return ok(reader);
}

function refuse<E extends { code: string }>(
  deps: ReadersDeps,
  caller: Caller,
  { address }: ReaderWish,
  error: E,
): Result<never, E> {
  const { code } = error;
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller, 'site-lead'), siteEvents.readerRefused, { address, code }),
  );
  return err(error);
}

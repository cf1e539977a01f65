import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { KeyWrap } from '../../devices/keys/port.ts';
import type { Journal } from '../../journal/journal.ts';
import type { StaffId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { StaffMember } from '../staff/contract.ts';
import { staffEvents } from '../staff/events.ts';
import { hashPin } from '../staff/pin.ts';
import { bindConnection, insertStaff } from '../staff/store.ts';
import type { KeyWrapKind, SiteCard } from './contract.ts';
import { siteEvents } from './events.ts';
import { generateStationKeys, packKeys, publicHalves, type StationKeys, unpackKeys } from './station-keys.ts';
import { insertSite, loadSite } from './store.ts';

/** The station's keys while it runs: null until created or unlocked. */
export interface KeyRing {
  site(): SiteCard | null;
  keys(): StationKeys | null;
  accept(site: SiteCard, keys: StationKeys | null): void;
}

export function keyRing(): KeyRing {
  let site: SiteCard | null = null;
  let keys: StationKeys | null = null;
  return {
    site: () => site,
    keys: () => keys,
    accept(s, k) {
      site = s;
      keys = k;
    },
  };
}

export interface SiteDeps {
  db: Db;
  journal: Journal;
  keyWrap: KeyWrap;
  ring: KeyRing;
  changed: () => void;
}

export interface CreateWish {
  siteName: string;
  filingNumber: string;
  stationId: string;
  lead: { name: string; pin: string };
  passphrase?: string | undefined;
}

/** First start: site, keys and first lead in one commit; the caller's window is signed in as that lead. */
export async function createSite(
  deps: SiteDeps,
  caller: Caller,
  wish: CreateWish,
): Promise<Result<{ site: SiteCard; lead: StaffMember }, { code: 'ALREADY_CREATED' } | { code: 'PASSPHRASE_NEEDED' }>> {
  const refuse = <E extends { code: string }>(error: E) => {
    const { code } = error;
    inTransaction(deps.db, (w) => deps.journal.append(w, actorOf(caller), siteEvents.createRefused, { code }));
    return err(error);
  };
  if (deps.ring.site() !== null) return refuse({ code: 'ALREADY_CREATED' });
  const passphrase = wish.passphrase ?? null;
  if (deps.keyWrap.kind === 'passphrase' && passphrase === null) return refuse({ code: 'PASSPHRASE_NEEDED' });

  const keys = generateStationKeys();
  const wrapped = await deps.keyWrap.wrap(packKeys(keys), passphrase);
  if (!wrapped.ok) throw new Error(`the keys could not be wrapped: ${wrapped.error.code}`);
  const pinHash = await hashPin(wish.lead.pin);
  const card: SiteCard = {
    stationId: wish.stationId,
    siteName: wish.siteName,
    filingNumber: wish.filingNumber,
    ...publicHalves(keys),
  };
  const lead: StaffMember = {
    staffId: newId('S') as StaffId,
    name: wish.lead.name,
    roles: ['site-lead'],
    examinerId: null,
  };

  const created = inTransaction(deps.db, (w) => {
    if (loadSite(w) !== null) return false;
    insertSite(w, { card, wrappedKeys: wrapped.value, keyWrap: deps.keyWrap.kind });
    insertStaff(w, lead, pinHash);
    bindConnection(w, caller.connectionId, lead.staffId, 'office');
    const actor = actorOf({ ...caller, member: lead, desk: 'office' });
    deps.journal.append(w, actor, siteEvents.created, {
      stationId: card.stationId,
      siteName: card.siteName,
      filingNumber: card.filingNumber,
      signingKey: card.signingKey,
      recipient: card.recipient,
      keyWrap: deps.keyWrap.kind,
    });
    deps.journal.append(w, actor, staffEvents.added, lead);
    return true;
  });
  if (!created) return refuse({ code: 'ALREADY_CREATED' });
  deps.ring.accept(card, keys);
  deps.changed();
  return ok({ site: card, lead });
}

/**
 * Opens the private halves at start (OS keystore, or a passphrase handed over by whoever started the station) or when
 * the lead types the passphrase. A wrong one changes nothing; the day goes on with the keys wrapped. Keys that the other
 * means wrapped are not tried: no answer of this shell could open them.
 */
export async function unlockKeys(
  deps: SiteDeps,
  caller: Caller | null,
  passphrase: string | null,
): Promise<
  Result<Record<string, never>, { code: 'WRONG_PASSPHRASE' } | { code: 'OTHER_WRAP'; data: { wrappedBy: KeyWrapKind } }>
> {
  const stored = loadSite(deps.db);
  if (stored === null) return err({ code: 'WRONG_PASSPHRASE' });
  const actor = caller ? actorOf(caller, 'site-lead') : ({ kind: 'station' } as const);
  if (stored.keyWrap !== deps.keyWrap.kind) {
    const wrappedBy = stored.keyWrap;
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actor, siteEvents.unlockRefused, { code: `wrapped-by-${wrappedBy}` }),
    );
    return err({ code: 'OTHER_WRAP', data: { wrappedBy } });
  }
  const unwrapped = await deps.keyWrap.unwrap(stored.wrappedKeys, passphrase);
  inTransaction(deps.db, (w) => {
    if (unwrapped.ok) {
      const by = deps.keyWrap.kind === 'os-keystore' ? 'keystore' : 'passphrase';
      deps.journal.append(w, actor, siteEvents.unlocked, { by });
    } else deps.journal.append(w, actor, siteEvents.unlockRefused, { code: unwrapped.error.code });
  });
  if (!unwrapped.ok) return err({ code: 'WRONG_PASSPHRASE' });
  deps.ring.accept(stored.card, unpackKeys(unwrapped.value));
  deps.changed();
  return ok({});
}

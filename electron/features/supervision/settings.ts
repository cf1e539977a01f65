import { z } from 'zod';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { decrypt, encrypt } from '../../vault/age/age.ts';
import { type LiveSettings, LiveWay, ViewRule } from './contract.ts';
import type { SupervisionDeps } from './deps.ts';
import { supervisionEvents } from './events.ts';
import { checkedAddress } from './rules.ts';

/** As it lies in the settings. The token is an age file for the station's own key: a copied database does not show it. */
const Stored = z.object({
  way: LiveWay,
  address: z.string(),
  views: ViewRule,
  token: z.string().nullable(),
});
type Stored = z.infer<typeof Stored>;

const nothing: Stored = { way: 'none', address: '', views: 'ask', token: null };

const stored = (deps: Pick<SupervisionDeps, 'setting'>): Stored => {
  const text = deps.setting.read();
  return text === null ? nothing : Stored.parse(JSON.parse(text));
};

export function liveSettings(deps: Pick<SupervisionDeps, 'setting'>): LiveSettings {
  const { token, ...settings } = stored(deps);
  return { ...settings, hasToken: token !== null };
}

/** The WHIP token; null where there is none, or while the station's keys are locked. */
export function whipToken(deps: Pick<SupervisionDeps, 'setting' | 'ring'>): string | null {
  const { token } = stored(deps);
  const identity = deps.ring.keys()?.identity;
  if (token === null || identity === undefined) return null;
  const plain = decrypt(Buffer.from(token, 'base64'), [identity]);
  return plain.ok ? Buffer.from(plain.value).toString('utf8') : null;
}

export interface LiveWish {
  way: LiveWay;
  address: string;
  views: z.infer<typeof ViewRule>;
  token?: string | undefined;
}

/** Sets where live pictures go. What is under way to the place before is ended by the next tick. */
export function setLive(
  deps: SupervisionDeps,
  caller: Caller,
  wish: LiveWish,
): Result<Record<string, never>, { code: 'BAD_ADDRESS' } | { code: 'UNENCRYPTED_ADDRESS' }> {
  const { way, views } = wish;
  const actor = actorOf(caller, 'site-lead');
  const checked = checkedAddress(way, wish.address);
  if (!checked.ok) {
    const { code } = checked.error;
    inTransaction(deps.db, (w) => deps.journal.append(w, actor, supervisionEvents.liveRefused, { way, code }));
    return err(checked.error);
  }
  const address = way === 'none' ? '' : wish.address;
  inTransaction(deps.db, (w) => {
    const token = way !== 'whip' ? null : tokenToKeep(deps, wish.token);
    deps.setting.save(w, JSON.stringify({ way, address, views, token } satisfies Stored));
    deps.journal.append(w, actor, supervisionEvents.liveSet, { way, address, views });
  });
  return ok({});
}

function tokenToKeep(deps: SupervisionDeps, token: string | undefined): string | null {
  if (token === undefined) return stored(deps).token;
  if (token === '') return null;
  return Buffer.from(encrypt(Buffer.from(token), [deps.ring.site()!.recipient])).toString('base64');
}

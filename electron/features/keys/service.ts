import { createPublicKey, type KeyObject } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { publicKeyOfLine, sshPublicKeyLine } from '../../lib/ssh-key-text.ts';
import type { CentreCard } from '../plan/plan-schema.ts';
import { insertKeyChange, insertReplacement, type KeyChange, keptReplacement, keyChanges } from '../site/key-store.ts';
import type { SiteDeps } from '../site/service.ts';
import {
  generateStationKeys,
  nextStationKeys,
  packKeys,
  publicHalves,
  type StationKeys,
} from '../site/station-keys.ts';
import { loadSite } from '../site/store.ts';
import type { CheckPin, PinError } from '../staff/pin.ts';
import type { KeysView } from './contract.ts';
import { replacements, rotations } from './documents.ts';
import { keysEvents } from './events.ts';
import { rotationDue } from './rules.ts';
import type { SignedText } from './signed-document.ts';

export interface KeysDeps extends SiteDeps {
  clock: Clock;
  checkPin: CheckPin;
  /** Whether this member may be the second of two. */
  mayBeSecond: (staffId: string, firstStaffId: string) => boolean;
  staffName: (staffId: string) => string;
  sealingUnderway: () => boolean;
  /** When the site was created. */
  createdAtMs: () => number;
  centreCard: () => CentreCard | null;
  centreKeys: () => { keys: readonly KeyObject[]; revoked: readonly KeyObject[] };
}

export type TwoPersonsWish = { pin: string; second: { staffId: string; pin: string }; passphrase?: string | undefined };

/** The state of the station's keys; null before the site is created. */
export function keysView(deps: KeysDeps): KeysView | null {
  const site = deps.ring.site();
  if (!site) return null;
  const changes = keyChanges(deps.db);
  const sinceMs = changes.at(-1)?.atMs ?? deps.createdAtMs();
  const card = deps.centreCard();
  return {
    fingerprint: site.fingerprint,
    locked: deps.ring.keys() === null,
    sinceMs,
    ...rotationDue(sinceMs, deps.clock.wallMs()),
    journalSize: deps.journal.size(),
    changes: changes.map(({ why, card: { fingerprint }, journalSize, byName, secondName, atMs }) => ({
      ...{ why, fingerprint, journalSize, byName, secondName, atMs },
    })),
    centre: card && { name: card.name, recipient: card.recipient, nextRecipient: card.nextRecipient ?? null },
    replacedAtMs: keptReplacement(deps.db)?.atMs ?? null,
  };
}

export type RotateError =
  | PinError
  | { code: 'NOT_A_SECOND' }
  | { code: 'KEYS_LOCKED' }
  | { code: 'WRONG_PASSPHRASE' }
  | { code: 'SEALING_UNDERWAY' };

/**
 * A new signing key follows the one in use. The old key signs its last checkpoint and the rotation at the same size of the journal;
 * the entry of it is the first that only the new key will vouch for. All of it is on record in one commit.
 */
export async function rotateKeys(
  deps: KeysDeps,
  caller: Caller,
  wish: TwoPersonsWish,
): Promise<Result<KeysView, RotateError>> {
  const refuse = refusing<RotateError>(deps, caller, 'rotate');
  const old = deps.ring.keys();
  const stored = loadSite(deps.db);
  if (!old || !stored) return refuse({ code: 'KEYS_LOCKED' });
  if (deps.sealingUnderway()) return refuse({ code: 'SEALING_UNDERWAY' });
  const passphrase = wish.passphrase ?? null;
  if (!(await deps.keyWrap.unwrap(stored.wrappedKeys, passphrase)).ok) return refuse({ code: 'WRONG_PASSPHRASE' });
  const agreed = await twoAgree(deps, caller, wish);
  if (!agreed.ok) return agreed.error.code === 'NOT_A_SECOND' ? refuse(agreed.error) : agreed;
  const keys = nextStationKeys(old);
  const wrapped = await deps.keyWrap.wrap(packKeys(keys), passphrase);
  if (!wrapped.ok) throw new Error(`the keys could not be wrapped: ${wrapped.error.code}`);
  if (deps.sealingUnderway() || deps.ring.keys() !== old) return refuse({ code: 'SEALING_UNDERWAY' });
  const card = { ...stored.card, ...publicHalves(keys) };
  const { stationId } = card;
  inTransaction(deps.db, (w) => {
    const { size, root } = deps.journal.root();
    deps.journal.checkpoint('rotation', old.signing, stationId);
    const oldKey = sshPublicKeyLine(createPublicKey(old.signing));
    const atMs = deps.clock.wallMs();
    const signed = rotations.sign(
      {
        format: 'kaodian-rotation/1',
        ...{ stationId, oldKey, newKey: card.signingKey, journalSize: size, atMs },
        root: Buffer.from(root).toString('base64'),
      },
      old.signing,
    );
    record(deps, w, caller, agreed.value, {
      why: 'rotated',
      ...{ card, wrappedKeys: wrapped.value, keyWrap: deps.keyWrap.kind, journalSize: size, signed, atMs },
    });
  });
  return taken(deps, card, keys);
}

export type RenewError = PinError | { code: 'NOT_A_SECOND' } | { code: 'KEYS_OPEN' } | { code: 'PASSPHRASE_NEEDED' };

/**
 * New keys in the place of those whose passphrase is lost. Nothing can be signed with the old one, so this counts for nobody until
 * the centre has put the new key in its place; the journal goes on, and evidence still opens with the centre's key.
 */
export async function renewKeys(
  deps: KeysDeps,
  caller: Caller,
  wish: TwoPersonsWish,
): Promise<Result<KeysView, RenewError>> {
  const refuse = refusing<RenewError>(deps, caller, 'renew');
  const stored = loadSite(deps.db);
  if (deps.ring.keys() !== null || !stored) return refuse({ code: 'KEYS_OPEN' });
  const passphrase = wish.passphrase ?? null;
  if (deps.keyWrap.kind === 'passphrase' && passphrase === null) return refuse({ code: 'PASSPHRASE_NEEDED' });
  const agreed = await twoAgree(deps, caller, wish);
  if (!agreed.ok) return agreed.error.code === 'NOT_A_SECOND' ? refuse(agreed.error) : agreed;
  const keys = generateStationKeys();
  const wrapped = await deps.keyWrap.wrap(packKeys(keys), passphrase);
  if (!wrapped.ok) throw new Error(`the keys could not be wrapped: ${wrapped.error.code}`);
  if (deps.ring.keys() !== null) return refuse({ code: 'KEYS_OPEN' });
  const card = { ...stored.card, ...publicHalves(keys) };
  inTransaction(deps.db, (w) =>
    record(deps, w, caller, agreed.value, {
      why: 'lost',
      ...{ card, wrappedKeys: wrapped.value, keyWrap: deps.keyWrap.kind, journalSize: deps.journal.size() },
      ...{ signed: null, atMs: deps.clock.wallMs() },
    }),
  );
  return taken(deps, card, keys);
}

export type TakeOverError =
  | { code: 'REPLACEMENT_MALFORMED' }
  | { code: 'REPLACEMENT_OTHER_KEY' }
  | { code: 'REPLACEMENT_OTHER_STATION' };

/** Keeps the centre's order; the station's next bundle then follows the one the order names, where it has none of its own. */
export function takeOver(deps: KeysDeps, caller: Caller, signed: SignedText): Result<KeysView, TakeOverError> {
  const refuse = refusing<TakeOverError>(deps, caller, 'take-over');
  const read = replacements.read(signed);
  if (!read.ok) return refuse({ code: 'REPLACEMENT_MALFORMED' });
  const { document, publicKey } = read.value;
  const { keys, revoked } = deps.centreKeys();
  const known = keys.some((k) => k.equals(publicKey)) && !revoked.some((k) => k.equals(publicKey));
  if (!known) return refuse({ code: 'REPLACEMENT_OTHER_KEY' });
  const site = deps.ring.site();
  if (document.stationId !== site?.stationId || document.signingKey !== site.signingKey) {
    return refuse({ code: 'REPLACEMENT_OTHER_STATION' });
  }
  const { lost, journal, fromSize, previousTagManifestSha256 } = document;
  inTransaction(deps.db, (w) => {
    insertReplacement(w, { ...signed, previousTagManifestSha256, atMs: deps.clock.wallMs() });
    const told = { lost, journal, fromSize, previousTagManifestSha256 };
    deps.journal.append(w, actorOf(caller, 'site-lead'), keysEvents.tookOver, told);
  });
  deps.changed();
  return ok(keysView(deps)!);
}

/** Every rotation since the key was last put in place otherwise: those by which earlier checkpoints are known as the station's. */
export function standingRotations(deps: Pick<KeysDeps, 'db'>): SignedText[] {
  const changes = keyChanges(deps.db);
  return changes.slice(changes.findLastIndex((c) => c.why === 'lost') + 1).flatMap((c) => c.signed ?? []);
}

/** The keys that this journal's checkpoints may be signed with, for what leaves the station with a proof of its own. */
export function standingKeys(deps: Pick<KeysDeps, 'db' | 'ring'>): KeyObject[] {
  const own = deps.ring.site()?.signingKey;
  const old = standingRotations(deps).flatMap((signed) => {
    const read = rotations.read(signed);
    return read.ok ? [read.value.publicKey] : [];
  });
  return [...old, ...(own === undefined ? [] : [publicKeyOfLine(own)!])];
}

function refusing<E extends { code: string }>(deps: KeysDeps, caller: Caller, act: string) {
  return (error: E): Result<KeysView, E> => {
    const { code } = error;
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller, 'site-lead'), keysEvents.refused, { act, code }),
    );
    return err(error);
  };
}

type Names = { by: string; second: string };

async function twoAgree(
  deps: KeysDeps,
  caller: Caller,
  { pin, second }: TwoPersonsWish,
): Promise<Result<Names, PinError | { code: 'NOT_A_SECOND' }>> {
  const first = caller.member!;
  const actor = actorOf(caller, 'site-lead');
  if (!deps.mayBeSecond(second.staffId, first.staffId)) return err({ code: 'NOT_A_SECOND' });
  const own = await deps.checkPin(first.staffId, pin, 'keys', actor);
  if (!own.ok) return own;
  const other = await deps.checkPin(second.staffId, second.pin, 'keys', actor);
  if (!other.ok) return other;
  return ok({ by: first.name, second: deps.staffName(second.staffId) });
}

function record(
  deps: KeysDeps,
  w: Parameters<typeof insertKeyChange>[0],
  caller: Caller,
  { by, second }: Names,
  change: Omit<KeyChange, 'byName' | 'secondName'>,
): void {
  const { why, card, journalSize } = change;
  const told = { oldKey: deps.ring.site()!.signingKey, newKey: card.signingKey, journalSize, by, second };
  insertKeyChange(w, { ...change, byName: by, secondName: second });
  const event = why === 'rotated' ? keysEvents.rotated : keysEvents.renewed;
  deps.journal.append(w, actorOf(caller, 'site-lead'), event, told);
}

function taken(deps: KeysDeps, card: KeyChange['card'], keys: StationKeys): Result<KeysView, never> {
  deps.ring.accept(card, keys);
  deps.changed();
  return ok(keysView(deps)!);
}

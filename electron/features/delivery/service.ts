import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { BundleRow } from '../archive/contract.ts';
import { verifyBundle } from '../archive/verify-bundle.ts';
import type { CheckpointSender } from './checkpoint-sender.ts';
import type { CheckpointStanding, Delivery, DeliverySetting } from './contract.ts';
import type { DeliveryDeps } from './deps.ts';
import { deliveryEvents } from './events.ts';
import { keepReceipt } from './keep-receipt.ts';
import { type DeliveryQueue, SEND_AGAIN } from './queue.ts';
import type { ReceiptError, SignedReceipt } from './receipt.ts';
import { type AddressFault, addressFault } from './rules.ts';
import { deliverySetting } from './setting.ts';
import { deliveryOf, saveDelivery } from './store.ts';
import { deliveryView } from './view.ts';

export type NoBundle = { code: 'NO_SUCH_BUNDLE' };

const bundleOf = (deps: DeliveryDeps, bundleId: string): Result<BundleRow, NoBundle> => {
  const bundle = deps.bundles().find((b) => b.bundleId === bundleId);
  return bundle ? ok(bundle) : err({ code: 'NO_SUCH_BUNDLE' });
};

export function saveDeliverySetting(
  deps: DeliveryDeps,
  queue: DeliveryQueue,
  caller: Caller,
  wish: DeliverySetting,
): Result<DeliverySetting, { code: 'ADDRESS_UNUSABLE'; data: { reason: AddressFault } }> {
  const addresses = [wish.address, wish.objectStore?.endpoint ?? null].filter((a) => a !== null);
  const reason = addresses.map(addressFault).find((fault) => fault !== null) ?? null;
  if (reason !== null) return err({ code: 'ADDRESS_UNUSABLE', data: { reason } });
  const address = wish.address === null ? null : new URL(wish.address).origin;
  const objectStore = wish.objectStore && { ...wish.objectStore, endpoint: new URL(wish.objectStore.endpoint).origin };
  const setting = { ...wish, address, objectStore };
  inTransaction(deps.db, (w) => {
    deps.setting.save(w, JSON.stringify(setting));
    deps.journal.append(w, actorOf(caller, 'site-lead'), deliveryEvents.settingChanged, setting);
  });
  deps.changed();
  queue.tick();
  return ok(deliverySetting(deps.setting));
}

/** Keeps the secret key of the object storage, encrypted to the station's own key; the journal says that it was given, not what. */
export function saveStoreKey(
  deps: DeliveryDeps,
  queue: DeliveryQueue,
  caller: Caller,
  secret: string,
): Result<Record<string, never>, { code: 'KEYS_LOCKED' }> {
  if (!deps.signer()) return err({ code: 'KEYS_LOCKED' });
  inTransaction(deps.db, (w) => {
    deps.storeKey.save(w, secret);
    deps.journal.append(w, actorOf(caller, 'site-lead'), deliveryEvents.storeKeySaved, {});
  });
  deps.changed();
  queue.tick();
  return ok({});
}

/** Stops sending a bundle until somebody lets it go on. What has arrived stays at the centre. */
export async function pauseDelivery(
  deps: DeliveryDeps,
  queue: DeliveryQueue,
  caller: Caller,
  bundleId: string,
): Promise<Result<Delivery, NoBundle>> {
  const bundle = bundleOf(deps, bundleId);
  if (!bundle.ok) return bundle;
  if (!deliveryOf(deps.db, bundleId).paused) {
    inTransaction(deps.db, (w) => {
      saveDelivery(w, { ...deliveryOf(w, bundleId), paused: true });
      const actor = actorOf(caller, 'site-lead');
      deps.journal.append(w, actor, deliveryEvents.paused, { bundleId }, bundle.value.sessionId);
    });
  }
  await queue.stop(bundleId);
  deps.changed();
  return ok(deliveryView(deps, queue, bundle.value));
}

/** Lets a bundle go on that was paused, waits for its next try, or was refused by the centre. */
export function resumeDelivery(
  deps: DeliveryDeps,
  queue: DeliveryQueue,
  caller: Caller,
  bundleId: string,
): Result<Delivery, NoBundle> {
  const bundle = bundleOf(deps, bundleId);
  if (!bundle.ok) return bundle;
  inTransaction(deps.db, (w) => {
    const row = deliveryOf(w, bundleId);
    // The centre keeps its refusal: without this mark it would be asked, and say it once more.
    const problem = row.refusals === null ? null : SEND_AGAIN;
    saveDelivery(w, { ...row, paused: false, tries: 0, nextTryMs: 0, problem, refusals: null });
    const actor = actorOf(caller, 'site-lead');
    deps.journal.append(w, actor, deliveryEvents.resumed, { bundleId }, bundle.value.sessionId);
  });
  queue.tick();
  deps.changed();
  return ok(deliveryView(deps, queue, bundle.value));
}

/**
 * Lets a bundle that the centre did not take go on, once this machine's own copy was looked at: what was torn on its way is worth
 * sending again, what is damaged here is not.
 */
export async function checkAndResume(
  deps: DeliveryDeps,
  queue: DeliveryQueue,
  caller: Caller,
  bundleId: string,
): Promise<Result<Delivery, NoBundle>> {
  const bundle = bundleOf(deps, bundleId);
  if (!bundle.ok) return bundle;
  const { claims } = await verifyBundle(bundle.value.folder, { nowMs: deps.clock.wallMs() });
  const failed = claims.filter((c) => c.result === 'fail').map((c) => c.id);
  if (failed.length === 0) return resumeDelivery(deps, queue, caller, bundleId);
  inTransaction(deps.db, (w) => {
    const refusals = JSON.stringify([{ code: 'BUNDLE_CHANGED', claims: failed }]);
    saveDelivery(w, { ...deliveryOf(w, bundleId), refusals, problem: null });
    const found = { bundleId, claims: failed };
    deps.journal.append(w, actorOf(caller, 'site-lead'), deliveryEvents.ownCopyDamaged, found, bundle.value.sessionId);
  });
  deps.changed();
  return ok(deliveryView(deps, queue, bundle.value));
}

/** A receipt that came on a disk or by mail. */
export async function keepReceiptFile(
  deps: DeliveryDeps,
  queue: DeliveryQueue,
  caller: Caller,
  { bundleId, ...signed }: SignedReceipt & { bundleId: string },
): Promise<Result<Delivery, NoBundle | ReceiptError>> {
  const bundle = bundleOf(deps, bundleId);
  if (!bundle.ok) return bundle;
  const kept = keepReceipt(deps, bundle.value, signed, 'file', actorOf(caller, 'site-lead'));
  if (!kept.ok) return kept;
  await queue.stop(bundleId);
  deps.changed();
  return ok(deliveryView(deps, queue, bundle.value));
}

/** Signs a checkpoint of everything so far and brings it to the centre now; the standing says whether it left. */
export async function sendCheckpointNow(
  deps: DeliveryDeps,
  checkpoints: CheckpointSender,
  caller: Caller,
): Promise<Result<CheckpointStanding, { code: 'KEYS_LOCKED' }>> {
  const signer = deps.signer();
  if (!signer) return err({ code: 'KEYS_LOCKED' });
  const { size } = deps.journal.checkpoint('sent', signer.key, signer.stationId);
  // An earlier one that is under way goes first.
  await checkpoints.settled();
  await checkpoints.send();
  const standing = checkpoints.standing();
  const { left } = standing;
  if (left && left.size >= size) {
    const sent = { size: left.size, witness: left.witness };
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller, 'site-lead'), deliveryEvents.checkpointSent, sent),
    );
  }
  deps.changed();
  return ok(standing);
}

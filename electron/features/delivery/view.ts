import { sshFingerprint } from '../../lib/ssh-key-text.ts';
import { sealCodeOf } from '../archive/bundle-format.ts';
import type { BundleRow } from '../archive/contract.ts';
import type { Delivery, DeliveryState, ReceiptView } from './contract.ts';
import type { DeliveryDeps } from './deps.ts';
import { type DeliveryQueue, UPLOAD_LOST } from './queue.ts';
import { readReceipt } from './receipt.ts';
import { isToCome, mayBeSentAt } from './rules.ts';
import { deliverySetting } from './setting.ts';
import { deliveryOf, receiptFor, type StoredReceipt } from './store.ts';

/** Where the delivery of a bundle stands now. */
export function deliveryView(deps: DeliveryDeps, queue: DeliveryQueue, bundle: BundleRow): Delivery {
  const { sentBytes } = deliveryOf(deps.db, bundle.bundleId);
  const state = stateOf(deps, queue, bundle);
  return {
    bundleId: bundle.bundleId,
    sentBytes: state.kind === 'delivered' ? bundle.bytes : Math.min(sentBytes, bundle.bytes),
    totalBytes: bundle.bytes,
    state,
  };
}

function stateOf(deps: DeliveryDeps, queue: DeliveryQueue, bundle: BundleRow): DeliveryState {
  const kept = receiptFor(deps.db, bundle.bundleId);
  if (kept) return { kind: 'delivered', receipt: receiptView(deps, bundle, kept) };
  const row = deliveryOf(deps.db, bundle.bundleId);
  if (row.refusals !== null) return { kind: 'refused', refusals: JSON.parse(row.refusals) };
  const setting = deliverySetting(deps.setting);
  if (setting.address === null) return { kind: 'off' };
  const underway = queue.underway();
  const isSending = underway?.bundleId === bundle.bundleId && row.problem !== 'BEING_CHECKED';
  if (isSending) {
    return { kind: 'sending', bytesPerSecond: underway.bytesPerSecond, anew: row.problem === UPLOAD_LOST };
  }
  if (row.problem === 'BEING_CHECKED' || row.problem === 'PREVIOUS_MISSING') {
    const reasons = row.problem === 'PREVIOUS_MISSING' ? [{ code: row.problem, claims: [] }] : [];
    return { kind: 'checking', refusals: reasons };
  }
  const waiting = (why: Extract<DeliveryState, { kind: 'waiting' }>['why'], nextTryMs: number | null = null) => ({
    kind: 'waiting' as const,
    why,
    nextTryMs,
    problem: row.problem,
  });
  if (row.paused) return waiting('paused');
  if (queue.next()?.bundleId !== bundle.bundleId) return waiting('earlier-first');
  if (deps.signer() === null) return waiting('keys');
  if (setting.objectStore !== null && deps.storeKey.read() === null) return waiting('store-key');
  if (!mayBeSentAt(setting.hours, deps.clock.wallMs())) return waiting('hours');
  return isToCome(row.nextTryMs, deps.clock.wallMs()) ? waiting('trying-again', row.nextTryMs) : waiting('next');
}

function receiptView(deps: DeliveryDeps, bundle: BundleRow, kept: StoredReceipt): ReceiptView {
  const read = readReceipt(kept);
  if (!read.ok) throw new Error('a receipt that was kept can no longer be read');
  const { receipt, publicKey } = read.value;
  return {
    receiptNumber: receipt.receiptNumber,
    centre: receipt.centre,
    receivedAtMs: receipt.receivedAtMs,
    sealCode: sealCodeOf(receipt.tagManifestSha256),
    fingerprint: sshFingerprint(publicKey),
    opened: receipt.opened,
    claims: receipt.claims,
    declaredMissing: receipt.declaredMissing,
    ownMissing: deps.declaredOf(bundle.sessionId),
    by: kept.way,
  };
}

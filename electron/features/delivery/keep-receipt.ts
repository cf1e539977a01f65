import { inTransaction } from '../../db/database.ts';
import type { Actor } from '../../journal/entry.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { BundleRow } from '../archive/contract.ts';
import { bundleName } from './bundle-archive.ts';
import type { DeliveryDeps } from './deps.ts';
import { deliveryEvents } from './events.ts';
import { checkReceipt, type Receipt, type ReceiptError, type SignedReceipt } from './receipt.ts';
import { insertReceipt, receiptFor } from './store.ts';

/** Checks a receipt against the bundle and the centre's card, and keeps it; what does not stand the check is on record. */
export function keepReceipt(
  deps: DeliveryDeps,
  bundle: BundleRow,
  signed: SignedReceipt,
  way: 'upload' | 'file',
  actor: Actor,
): Result<Receipt, ReceiptError> {
  const { bundleId, tagManifestSha256, sessionId } = bundle;
  const checked = checkReceipt(signed, deps.centre(), {
    stationId: deps.stationId() ?? '',
    bundleId: bundleName(bundle),
    tagManifestSha256,
  });
  return inTransaction(deps.db, (w): Result<Receipt, ReceiptError> => {
    if (!checked.ok) {
      const { code } = checked.error;
      deps.journal.append(w, actor, deliveryEvents.receiptRefused, { bundleId, code, way }, sessionId);
      return err(checked.error);
    }
    if (receiptFor(w, bundleId)) return ok(checked.value);
    const { receiptNumber } = checked.value;
    insertReceipt(w, bundleId, { ...signed, way, atMs: deps.clock.wallMs() });
    const kept = { bundleId, receiptNumber, tagManifestSha256, way };
    deps.journal.append(w, actor, deliveryEvents.receiptKept, kept, sessionId);
    return ok(checked.value);
  });
}

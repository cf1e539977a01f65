import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { askReceipt } from './ask-receipt.ts';
import type { CheckpointSender } from './checkpoint-sender.ts';
import type { DeliveryDeps } from './deps.ts';
import type { DeliveryQueue } from './queue.ts';
import { printReceipt } from './receipt-page.ts';
import {
  checkAndResume,
  keepReceiptFile,
  pauseDelivery,
  resumeDelivery,
  saveDeliverySetting,
  saveStoreKey,
  sendCheckpointNow,
} from './service.ts';
import { deliverySetting } from './setting.ts';
import { receiptFor } from './store.ts';
import { tryStore } from './try-store.ts';
import { deliveryView } from './view.ts';

/** A hash that no bundle has: the centre answers that it does not know it. */
const NO_BUNDLE = '0'.repeat(64);

export const deliveryProcedures = (
  os: Implementer,
  deps: DeliveryDeps,
  queue: DeliveryQueue,
  checkpoints: CheckpointSender,
) => ({
  setting: os.delivery.setting.handler(() => deliverySetting(deps.setting)),
  saveSetting: os.delivery.saveSetting.handler(({ input, context, errors }) =>
    answer(saveDeliverySetting(deps, queue, context.caller, input), errors),
  ),
  tryAddress: os.delivery.tryAddress.handler(async ({ signal }) => {
    const { address } = deliverySetting(deps.setting);
    const until = signal ?? new AbortController().signal;
    const asked = address === null ? null : await askReceipt(address, NO_BUNDLE, until);
    return { answers: asked?.ok ?? false, store: await tryStore(deps, until) };
  }),
  checkpoint: os.delivery.checkpoint.handler(() => checkpoints.standing()),
  sendCheckpoint: os.delivery.sendCheckpoint.handler(async ({ context, errors }) =>
    answer(await sendCheckpointNow(deps, checkpoints, context.caller), errors),
  ),
  of: os.delivery.of.handler(({ input }) =>
    deps
      .bundles()
      .filter((b) => b.sessionId === input.sessionId)
      .map((b) => deliveryView(deps, queue, b)),
  ),
  saveStoreKey: os.delivery.saveStoreKey.handler(({ input, context, errors }) =>
    answer(saveStoreKey(deps, queue, context.caller, input.secretAccessKey), errors),
  ),
  pause: os.delivery.pause.handler(async ({ input, context, errors }) =>
    answer(await pauseDelivery(deps, queue, context.caller, input.bundleId), errors),
  ),
  resume: os.delivery.resume.handler(({ input, context, errors }) =>
    answer(resumeDelivery(deps, queue, context.caller, input.bundleId), errors),
  ),
  checkAndResume: os.delivery.checkAndResume.handler(async ({ input, context, errors }) =>
    answer(await checkAndResume(deps, queue, context.caller, input.bundleId), errors),
  ),
  receipt: os.delivery.receipt.handler(({ input, errors }) => {
    if (!deps.bundles().some((b) => b.bundleId === input.bundleId)) throw errors.NO_SUCH_BUNDLE();
    const kept = receiptFor(deps.db, input.bundleId);
    return kept && { text: kept.text, signature: kept.signature };
  }),
  receiptPage: os.delivery.receiptPage.handler(async ({ input, errors }) => {
    const bundle = deps.bundles().find((b) => b.bundleId === input.bundleId);
    if (!bundle) throw errors.NO_SUCH_BUNDLE();
    const { state } = deliveryView(deps, queue, bundle);
    if (state.kind !== 'delivered') throw errors.NO_RECEIPT();
    const { siteName, sessionLabel, rehearsal, fontsDir } = deps;
    const facts = {
      bundle,
      receipt: state.receipt,
      siteName: siteName(),
      sessionLabel: sessionLabel(bundle.sessionId),
      rehearsal,
    };
    const { pdf } = await printReceipt(facts, fontsDir);
    return new Blob([new Uint8Array(pdf)], { type: 'application/pdf' });
  }),
  keepReceipt: os.delivery.keepReceipt.handler(async ({ input, context, errors }) =>
    answer(await keepReceiptFile(deps, queue, context.caller, input), errors),
  ),
});

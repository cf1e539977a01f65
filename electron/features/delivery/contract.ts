import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';

const BundleId = z.string().min(1).max(120);

/** The bucket of a centre that takes bundles by the S3 interface of its object storage. The secret key is kept apart. */
const ObjectStoreSetting = z.object({
  /** `https://...`, without the bucket; plain http only to this machine. */
  endpoint: z.string().max(300),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  region: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  accessKeyId: z.string().regex(/^[!-~]{1,128}$/),
});

/** Where and how bundles are sent; the centre gives the address. */
export const DeliverySetting = z.object({
  /** `https://...`; plain http only to this machine. Null: nothing is sent, the disk remains. */
  address: z.string().max(300).nullable(),
  /** Kilobytes (1,000 bytes) a second that sending may take; null: as fast as it goes. */
  limitKBps: z.int().min(16).max(10_000_000).nullable(),
  /** Hours of the day, Beijing time, in which it is sent: from the first up to before the second; null: always. */
  hours: z.object({ from: z.int().min(0).max(23), to: z.int().min(0).max(23) }).nullable(),
  /** Null: bundles go to the centre itself. The address stays: receipts and checkpoints are the centre's. */
  objectStore: ObjectStoreSetting.nullable().default(null),
});
export type DeliverySetting = z.infer<typeof DeliverySetting>;

const Refusal = z.object({ code: z.string(), claims: z.array(z.string()) });

/** The receipt as the desk shows it. */
export const ReceiptView = z.object({
  receiptNumber: z.string(),
  centre: z.string(),
  receivedAtMs: z.number(),
  sealCode: z.string(),
  /** `SHA256:...` of the key that signed it. */
  fingerprint: z.string(),
  opened: z.boolean(),
  claims: z.object({ pass: z.int(), notPresent: z.int() }),
  /** Missing things: as the centre counted them (null where it did not open the bundle), and as the site declared them. */
  declaredMissing: z.int().nullable(),
  ownMissing: z.int(),
  by: z.enum(['upload', 'file']),
});
export type ReceiptView = z.infer<typeof ReceiptView>;

export const DeliveryState = z.discriminatedUnion('kind', [
  /** No address is set. */
  z.object({ kind: z.literal('off') }),
  z.object({
    kind: z.literal('waiting'),
    /**
     * paused: somebody stopped it. earlier-first: a bundle sealed before it goes first. hours: outside the hours set. keys: the
     * station's keys are locked. store-key: the object storage's secret key was not given yet. trying-again: `problem` says what went wrong.
     */
    why: z.enum(['next', 'paused', 'earlier-first', 'hours', 'keys', 'store-key', 'trying-again']),
    nextTryMs: z.number().nullable(),
    problem: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('sending'),
    bytesPerSecond: z.number().nullable(),
    /** From its beginning once more: the centre no longer had what was sent. */
    anew: z.boolean(),
  }),
  /** The centre has every byte and looks at them. */
  z.object({ kind: z.literal('checking'), refusals: z.array(Refusal) }),
  /** The centre does not take it: with its reasons. Sending again is for a person to decide. */
  z.object({ kind: z.literal('refused'), refusals: z.array(Refusal) }),
  z.object({ kind: z.literal('delivered'), receipt: ReceiptView }),
]);
export type DeliveryState = z.infer<typeof DeliveryState>;

export const Delivery = z.object({
  bundleId: BundleId,
  sentBytes: z.number(),
  totalBytes: z.number(),
  state: DeliveryState,
});
export type Delivery = z.infer<typeof Delivery>;

/** The journal's checkpoints on their way out of the station: up to the one that left, no record can be changed unseen. */
export const CheckpointStanding = z.object({
  /** The newest one signed here; null while the keys have never been open. */
  newest: z.object({ size: z.int(), atMs: z.number() }).nullable(),
  /** The longest one that a centre has cosigned: when by its clock, and the name it signs with. */
  left: z.object({ size: z.int(), atMs: z.number(), witness: z.string() }).nullable(),
  way: z.discriminatedUnion('kind', [
    /** No address is set: paper or a second desk remains. */
    z.object({ kind: z.literal('off') }),
    /** The newest one has left. */
    z.object({ kind: z.literal('left') }),
    z.object({ kind: z.literal('due') }),
    z.object({ kind: z.literal('sending') }),
    z.object({
      kind: z.literal('trying-again'),
      problem: z.enum([
        'CENTRE_UNREACHABLE',
        'CHECKPOINT_NOT_SIGNED',
        'STATION_UNKNOWN',
        'JOURNAL_DIFFERS',
        'JOURNAL_AHEAD',
        'COSIGNATURE_UNSOUND',
      ]),
      nextTryMs: z.number(),
    }),
  ]),
});
export type CheckpointStanding = z.infer<typeof CheckpointStanding>;

const lead = callableBy(['site-lead']);
const noBundle = { NO_SUCH_BUNDLE: { status: 404 } };
const receiptErrors = {
  RECEIPT_MALFORMED: { status: 422 },
  RECEIPT_NOT_SIGNED: { status: 422 },
  RECEIPT_OTHER_KEY: { status: 422 },
  RECEIPT_KEY_REVOKED: { status: 422 },
  RECEIPT_OTHER_BUNDLE: { status: 422 },
};

export const delivery = {
  setting: lead.output(DeliverySetting),
  saveSetting: lead
    .input(DeliverySetting)
    .output(DeliverySetting)
    .errors({ ADDRESS_UNUSABLE: { status: 422, data: z.object({ reason: z.enum(['not-an-address', 'not-https']) }) } }),
  /** The secret key of the object storage: kept encrypted to the station's key, never shown again. */
  saveStoreKey: lead
    .input(z.object({ secretAccessKey: z.string().regex(/^[!-~]{1,200}$/) }))
    .output(z.object({}))
    .errors({ KEYS_LOCKED: { status: 423 } }),
  /** Whether the centre answers at the address that is set, and its object storage where one is. */
  tryAddress: lead.output(
    z.object({
      answers: z.boolean(),
      store: z.enum(['none', 'no-key', 'answers', 'denied', 'clock', 'no-bucket', 'silent']),
    }),
  ),
  checkpoint: callableBy(['site-lead', 'supervisor']).output(CheckpointStanding),
  /** Signs a checkpoint of the journal as it stands, sends it, and says whether it left; nothing is lost where it did not. */
  sendCheckpoint: lead.output(CheckpointStanding).errors({ KEYS_LOCKED: { status: 423 } }),
  /** The deliveries of a session's bundles, in the order of sealing. */
  of: callableBy(['site-lead', 'supervisor'])
    .input(z.object({ sessionId: SessionId }))
    .output(z.array(Delivery)),
  pause: lead
    .input(z.object({ bundleId: BundleId }))
    .output(Delivery)
    .errors(noBundle),
  resume: lead
    .input(z.object({ bundleId: BundleId }))
    .output(Delivery)
    .errors(noBundle),
  /**
   * Looks at this machine's own copy first, with the check of `kaodian verify`, and sends a refused bundle once more only where it is
   * sound; otherwise it stays refused, for what the check found.
   */
  checkAndResume: lead
    .input(z.object({ bundleId: BundleId }))
    .output(Delivery)
    .errors(noBundle),
  /** The centre's signed text, to be kept beside the bundle or printed; null while there is none. */
  receipt: callableBy(['site-lead', 'supervisor'])
    .input(z.object({ bundleId: BundleId }))
    .output(z.object({ text: z.string(), signature: z.string() }).nullable())
    .errors(noBundle),
  /** The receipt as a page to print. */
  receiptPage: callableBy(['site-lead', 'supervisor'])
    .input(z.object({ bundleId: BundleId }))
    .output(z.instanceof(Blob))
    .errors({ ...noBundle, NO_RECEIPT: { status: 404 } }),
  /** A receipt that came on a disk or by mail, for a bundle that went that way. */
  keepReceipt: lead
    .input(z.object({ bundleId: BundleId, text: z.string().max(20_000), signature: z.string().max(5_000) }))
    .output(Delivery)
    .errors({ ...noBundle, ...receiptErrors }),
};

import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';
import { Strokes } from '../scoring/contract.ts';
import { Pin, pinErrors } from '../staff/contract.ts';
import { ExportWish, exportCalls, exportErrors } from './export/contract.ts';
import { SelfTest } from './self-test/contract.ts';

export type { ExportJob, ExportTarget } from './export/contract.ts';

/** The self-test's checks, and its words as the printed page has them too. */
export { CHECK_WORDS, PROPERTY_WORDS, RESULT_WORDS } from './self-test/check-words.ts';
export type { SelfTestResult } from './self-test/contract.ts';

const TwoTongues = z.object({ zh: z.string(), en: z.string() });

/** Something the volumes should hold and do not; it is declared with a reason, never filled in. */
export const MissingItem = z.object({
  itemId: z.string(),
  code: z.enum([
    'gap',
    'no-recording',
    'marks-not-locked',
    'marks-not-signed',
    'no-supervisor',
    'spread-open',
    /** Admitted, and without a result for a reason that no other item names. */
    'not-confirmed',
    'set-aside',
    /** Drawn for a re-check in the room, and not done. */
    'rechecks-not-done',
    /** A rule forbids the panel that is in force in a room. */
    'panel-unlawful',
    /** Pieces of paper were not typed twice alike. */
    'paper-not-counted',
    /** Both entries agree, and there are more or fewer papers than admitted candidates. */
    'paper-differs',
    /** A supervisor was there, the centre has a key for it, and no record was sealed apart. */
    'no-supervisor-record',
    /** An inspection was drawn, and what it found is not on record or not signed. */
    'inspection-open',
  ]),
  facts: z.record(z.string(), z.string()),
  declared: z.object({ reason: z.string(), byName: z.string(), atMs: z.number() }).nullable(),
});
export type MissingItem = z.infer<typeof MissingItem>;

export const BundleRow = z.object({
  bundleId: z.string(),
  sessionId: SessionId,
  number: z.int(),
  sealedAtMs: z.number(),
  tookMs: z.number(),
  folder: z.string(),
  files: z.int(),
  bytes: z.number(),
  tagManifestSha256: z.string(),
  /** First twelve hex digits in groups of four: read out, written on paper. */
  sealCode: z.string(),
  exports: z.array(
    z.object({
      folder: z.string(),
      atMs: z.number(),
      verified: z.boolean(),
      /** Over how many disks it went. */
      media: z.int(),
      /** Where it was read back from: the medium itself, or perhaps only the computer's memory of it. */
      readFrom: z.enum(['medium', 'cache']),
    }),
  ),
  /** The export it went out by last, where that still waits for a further disk. */
  openExport: z
    .object({
      exportId: z.string(),
      media: z.array(z.object({ medium: z.int(), folder: z.string(), atMs: z.number(), bytes: z.number() })),
      leftBytes: z.number(),
    })
    .nullable(),
});
export type BundleRow = z.infer<typeof BundleRow>;

export const Closing = z.object({
  sessionId: SessionId,
  label: z.string(),
  state: z.enum(['preparing', 'open', 'running', 'closed', 'sealed']),
  people: z.object({ expected: z.int(), admitted: z.int(), absent: z.int(), setAside: z.int() }),
  marks: z.object({ rooms: z.int(), locked: z.int(), signed: z.int() }),
  video: z.object({ cameras: z.int(), segments: z.int(), bytes: z.number(), gaps: z.int() }),
  volumes: z.array(z.object({ volume: z.int(), items: z.int(), missing: z.int() })),
  missing: z.array(MissingItem),
  /** The lead's signature under the reasons, while no other has come since. */
  declarationsSignedBy: z.object({ name: z.string(), atMs: z.number() }).nullable(),
  paper: z.object({ settled: z.boolean(), scans: z.int() }),
  supervisor: z.object({ key: z.boolean(), records: z.int() }),
  keysOpen: z.boolean(),
  deliverByMs: z.number(),
  signedOffBy: z.object({ name: z.string(), atMs: z.number() }).nullable(),
  bundle: BundleRow.nullable(),
});
export type Closing = z.infer<typeof Closing>;

export const Claim = z.object({
  id: z.string(),
  title: TwoTongues,
  result: z.enum(['pass', 'fail', 'not-present']),
  detail: TwoTongues,
  files: z.array(z.string()).optional(),
  command: z.string().optional(),
});

const lead = callableBy(['site-lead']);
const closingErrors = {
  NO_SUCH_SESSION: { status: 404 },
  WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
};

export const archive = {
  closing: callableBy(['site-lead', 'supervisor', 'score-keeper'])
    .input(z.object({ sessionId: SessionId }))
    .output(Closing)
    .errors(closingErrors),
  declare: lead
    .input(z.object({ sessionId: SessionId, itemId: z.string(), reason: z.string().trim().min(2).max(300) }))
    .output(Closing)
    .errors({ ...closingErrors, NO_SUCH_ITEM: { status: 404 } }),
  /** The lead signs for the reasons: PIN, then handwriting. A reason that is added afterwards undoes it. */
  signDeclarations: lead
    .input(z.object({ sessionId: SessionId, pin: Pin, strokes: Strokes }))
    .output(Closing)
    .errors({
      ...closingErrors,
      ...pinErrors,
      STATE_CHANGED: { status: 409 },
      UNDECLARED: { status: 422, data: z.object({ missing: z.array(MissingItem) }) },
    }),
  selfTest: callableBy(['site-lead', 'supervisor', 'score-keeper'])
    .input(z.object({ sessionId: SessionId }))
    .output(SelfTest)
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  /** Tests what would be sealed now, as 四性检测 does; answers when it is over or was stopped. */
  beginSelfTest: lead
    .input(z.object({ sessionId: SessionId }))
    .output(SelfTest)
    .errors({ ...closingErrors, KEYS_LOCKED: { status: 423 }, SELF_TEST_RUNNING: { status: 409 } }),
  /** The last result as a page to print. */
  selfTestPage: callableBy(['site-lead', 'supervisor', 'score-keeper'])
    .input(z.object({ sessionId: SessionId }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  stopSelfTest: lead.output(z.object({})),
  /** The lead signs for the whole: PIN, then handwriting. Whatever changes afterwards undoes it. */
  signOff: lead
    .input(
      z.object({
        sessionId: SessionId,
        pin: Pin,
        strokes: Strokes,
      }),
    )
    .output(Closing)
    .errors({
      ...closingErrors,
      ...pinErrors,
      /** The signature would come after what is being sealed. */
      SEALING_UNDERWAY: { status: 409 },
      /** What is missing has its reasons, and nobody has signed for them. */
      DECLARATIONS_NOT_SIGNED: { status: 422 },
      /** Something was added while the lead signed: look again, then sign for that. */
      STATE_CHANGED: { status: 409 },
      UNDECLARED: { status: 422, data: z.object({ missing: z.array(MissingItem) }) },
    }),
  seal: lead
    .input(z.object({ sessionId: SessionId }))
    .output(BundleRow)
    .errors({
      ...closingErrors,
      UNDECLARED: { status: 422, data: z.object({ missing: z.array(MissingItem) }) },
      NOT_SIGNED_OFF: { status: 422 },
      /** Bundles name the one before: a station seals one at a time. */
      SEALING_UNDERWAY: { status: 409 },
      KEYS_LOCKED: { status: 423 },
      DISK_FULL: { status: 507 },
      EVIDENCE_DAMAGED: { status: 500, data: z.object({ files: z.array(z.string()) }) },
    }),
  bundles: callableBy(['site-lead', 'supervisor']).output(z.array(BundleRow)),
  ...exportCalls,
  /** As `beginExport`, and answers once every byte was read back, for programs. */
  exportTo: lead.input(ExportWish).output(BundleRow).errors(exportErrors),
  /** The same check as `kaodian verify`, on this machine's copy, without the centre's key. */
  verify: callableBy(['site-lead', 'supervisor'])
    .input(z.object({ bundleId: z.string() }))
    .output(z.object({ claims: z.array(Claim), html: z.string() }))
    .errors({ NO_SUCH_BUNDLE: { status: 404 } }),
};

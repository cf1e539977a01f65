import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { Pin, StaffMember } from '../staff/contract.ts';
import { readers } from './readers-contract.ts';

export type { PhotoDecoderState, ReaderNow } from './readers-contract.ts';

export const FaceEngineState = z.discriminatedUnion('kind', [
  /** `insteadOf`: why the usual engine does not run here and a slower one decides; null when it is the usual one. */
  z.object({ kind: z.literal('ready'), name: z.string(), threshold: z.number(), insteadOf: z.string().nullable() }),
  /** Faces cannot be compared: the door works on by hand. `code` and `detail` say what to mend. */
  z.object({ kind: z.literal('unavailable'), code: z.string(), detail: z.string() }),
]);
export type FaceEngineState = z.infer<typeof FaceEngineState>;

export const SiteCard = z.object({
  stationId: z.string(),
  siteName: z.string(),
  filingNumber: z.string(),
  /** One line as in an authorized_keys file; the centre registers it. */
  signingKey: z.string(),
  /** `SHA256:...` as ssh-keygen -l prints it, to be read out over the telephone. */
  fingerprint: z.string(),
  /** age recipient of the station's own copy. */
  recipient: z.string(),
});
export type SiteCard = z.infer<typeof SiteCard>;

export const KeyWrapKind = z.enum(['os-keystore', 'passphrase']);
export type KeyWrapKind = z.infer<typeof KeyWrapKind>;

const common = {
  version: z.string(),
  rehearsal: z.boolean(),
  shell: z.enum(['electron', 'browser']),
  /** How this shell wraps private keys. */
  keyWrap: KeyWrapKind,
  wallMs: z.number(),
  faceEngine: FaceEngineState,
};

const created = {
  site: SiteCard,
  /** How this station's keys were wrapped when they were made. Where it is not `keyWrap`, this shell cannot open them. */
  wrappedBy: KeyWrapKind.optional(),
};

export const SiteState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new'), ...common }),
  /** The private keys are still wrapped: the day goes on, only checkpoints, replay and sealing wait. */
  z.object({ kind: z.literal('locked'), ...created, ...common }),
  z.object({ kind: z.literal('open'), ...created, ...common }),
]);
export type SiteState = z.infer<typeof SiteState>;

export const Passphrase = z.string().min(8).max(200);

export const site = {
  state: callableBy('anyone').output(SiteState),
  /** First start: the site, its keys and its first lead, in one commit. The caller is signed in as that lead. */
  create: callableBy('anyone')
    .input(
      z.object({
        siteName: z.string().trim().min(2).max(80),
        filingNumber: z.string().trim().min(1).max(40),
        stationId: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,29}$/),
        lead: z.object({ name: z.string().trim().min(1).max(40), pin: Pin }),
        /** Needed where keys are wrapped by a passphrase; ignored where the OS keystore does it. */
        passphrase: Passphrase.optional(),
      }),
    )
    .output(z.object({ site: SiteCard, lead: StaffMember }))
    .errors({ ALREADY_CREATED: { status: 409 }, PASSPHRASE_NEEDED: { status: 422 } }),
  unlock: callableBy(['site-lead'])
    .input(z.object({ passphrase: z.string().max(200) }))
    .output(z.object({}))
    .errors({
      WRONG_PASSPHRASE: { status: 401 },
      /** The keys were wrapped by the other means: no passphrase typed here can open them, another shell can. */
      OTHER_WRAP: { status: 409, data: z.object({ wrappedBy: KeyWrapKind }) },
    }),
  ...readers,
  /** What is left on the disk that holds the data folder. */
  disk: callableBy(['site-lead']).output(z.object({ freeBytes: z.number() })),
  /** A one-time address for one more desk: another browser, or another profile, on this machine. */
  newDesk: callableBy(['site-lead'])
    .input(
      z.object({
        path: z
          .string()
          .regex(/^\/(?!\/)[\w/-]*$/)
          .max(80)
          .default('/'),
      }),
    )
    .output(z.object({ address: z.string() })),
};

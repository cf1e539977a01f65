import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { Passphrase } from '../site/contract.ts';
import { Pin, pinErrors } from '../staff/contract.ts';

const Signed = z.object({ text: z.string().max(16_384), signature: z.string().max(4096) });

export const KeysView = z.object({
  /** Of the key in use, `SHA256:...`. */
  fingerprint: z.string(),
  locked: z.boolean(),
  sinceMs: z.number(),
  dueMs: z.number(),
  due: z.enum(['fine', 'soon', 'over']),
  /** Entries in the journal now: the centre is told when a key is lost. */
  journalSize: z.int(),
  /** Oldest first. */
  changes: z.array(
    z.object({
      why: z.enum(['rotated', 'lost']),
      fingerprint: z.string(),
      journalSize: z.int(),
      byName: z.string(),
      secondName: z.string(),
      atMs: z.number(),
    }),
  ),
  /** The centre's recipients by its card in the plan; null without a plan. */
  centre: z.object({ name: z.string(), recipient: z.string(), nextRecipient: z.string().nullable() }).nullable(),
  /** The centre's order that put this key in the place of a lost one. */
  replacedAtMs: z.number().nullable(),
});
export type KeysView = z.infer<typeof KeysView>;

const twoPersons = { pin: Pin, second: z.object({ staffId: z.string().max(60), pin: Pin }) };
const lead = callableBy(['site-lead']);

export const keys = {
  view: lead.output(KeysView.nullable()),
  /** A new signing key follows the one in use, which signs for it. The lead's PIN, and that of a supervisor or another lead. */
  rotate: lead
    .input(z.object({ ...twoPersons, passphrase: z.string().max(200).optional() }))
    .output(KeysView)
    .errors({
      ...pinErrors,
      NOT_A_SECOND: { status: 403 },
      KEYS_LOCKED: { status: 423 },
      WRONG_PASSPHRASE: { status: 401 },
      /** A bundle is being sealed with the key in use. */
      SEALING_UNDERWAY: { status: 409 },
    }),
  /** New keys in the place of those that nobody can open any more. The centre has to put them in place. */
  renew: lead
    .input(z.object({ ...twoPersons, passphrase: Passphrase.optional() }))
    .output(KeysView)
    .errors({
      ...pinErrors,
      NOT_A_SECOND: { status: 403 },
      /** They are open: rotate them instead. */
      KEYS_OPEN: { status: 409 },
      PASSPHRASE_NEEDED: { status: 422 },
    }),
  /** Every rotation so far as a signed text, for the centre. */
  rotations: lead.output(z.array(Signed)),
  /** Keeps the centre's order that puts this station's key in the place of a lost one. */
  takeOver: lead
    .input(Signed)
    .output(KeysView)
    .errors({
      REPLACEMENT_MALFORMED: { status: 422 },
      /** Not signed by a key of the centre's card. */
      REPLACEMENT_OTHER_KEY: { status: 403 },
      /** For another station, or for another key than this one's. */
      REPLACEMENT_OTHER_STATION: { status: 409 },
    }),
};

import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { CandidateId } from '../../lib/ids.ts';
import { Strokes } from '../scoring/contract.ts';

const TwoTongues = z.object({ zh: z.string(), en: z.string() });
const Paper = z.object({ title: TwoTongues, paragraphs: z.array(TwoTongues) });

/** What the candidate reads before signing, the names of site and centre filled in. */
export const ConsentText = z.object({
  id: z.string(),
  version: z.int(),
  /** 承诺书: own identity, no cheating, own work. */
  pledge: Paper,
  /** 单独同意: the comparison of faces alone. */
  face: Paper.extend({ agree: TwoTongues, decline: TwoTongues }),
  /** Over the canonical JSON of everything above, lower-case hex: what a signature names. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ConsentText = z.infer<typeof ConsentText>;

export const FaceConsent = z.enum(['agreed', 'declined']);
export type FaceConsent = z.infer<typeof FaceConsent>;

/** One signing. The newest of a candidate counts; those before it stay. */
export const Consent = z.object({
  consentId: z.string(),
  candidateId: CandidateId,
  face: FaceConsent,
  textSha256: z.string(),
  atMs: z.number(),
  /** Who held the pad. */
  byName: z.string(),
});
export type Consent = z.infer<typeof Consent>;

const doorStaff = callableBy(['door', 'invigilator', 'site-lead']);

export const consent = {
  /** Pledge and consent as they stand now; ask again before each candidate. */
  text: doorStaff.output(ConsentText),
  /**
   * The candidate has read and signed, also ahead of the attempt, in the queue. Once admitted nothing is changed any more.
   * The door then goes on by what was chosen; faces already taken of somebody who declines are forgotten.
   */
  sign: doorStaff
    .input(
      z.object({
        candidateId: CandidateId,
        face: FaceConsent,
        /** Of the text that was on the screen. */
        textSha256: z.string().length(64),
        strokes: Strokes,
        lane: z.int().min(1).max(4).default(1),
      }),
    )
    .output(Consent)
    .errors({
      PERSON_UNKNOWN: { status: 404 },
      /** Signed only while the session is open or running. */
      WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
      ALREADY_ADMITTED: { status: 409 },
      /** A dot or a slip of the pen is no signature: the strokes are too short. */
      NO_SIGNATURE: { status: 422 },
      /** Another text is in force by now: show it and sign that. */
      TEXT_CHANGED: { status: 409, data: z.object({ sha256: z.string() }) },
      DISK_FULL: { status: 507 },
    }),
  /** What a candidate has signed at this station: the signing that counts, and how many there were. */
  of: doorStaff
    .input(z.object({ candidateId: CandidateId }))
    .output(z.object({ consent: Consent.nullable(), signings: z.int() })),
};

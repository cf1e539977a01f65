import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { SessionId } from '../../lib/ids.ts';
import { PlanProblem } from '../plan/contract.ts';

/** What is wrong with one person's certificate data; see rules.ts. */
export const CertificateProblem = z.enum([
  'bad-number',
  'other-issuer',
  'wrong-year',
  'wrong-level',
  'number-twice',
  'person-twice',
  'out-of-scope',
  'filing-over',
  'not-qualified',
  'other-occupation',
  'name-differs',
]);
export type CertificateProblem = z.infer<typeof CertificateProblem>;

export const CertificateRow = z.object({
  /** Of the file; 0 where the station itself prepared the row. */
  line: z.int(),
  name: z.string(),
  /** Masked at the desk: the whole number stands in the export alone. */
  documentNumber: z.string(),
  occupation: z.string(),
  level: z.string(),
  /** Null before the evaluating body has given one. */
  number: z.string().nullable(),
});
export type CertificateRow = z.infer<typeof CertificateRow>;

export const CertificatesView = z.object({
  sessionId: SessionId,
  /** Rows that may go on. */
  rows: z.array(CertificateRow),
  /** Refused by name, each with every reason. */
  refused: z.array(CertificateRow.extend({ problems: z.array(CertificateProblem).min(1) })),
  /** Qualified, and not in the file. */
  lacking: z.array(z.string()),
  /** Where the rows come from; null: prepared from the results, without numbers. */
  file: z.object({ name: z.string(), byName: z.string(), atMs: z.number() }).nullable(),
  /** Whether the plan says what the site is filed for: otherwise the scope is not checked, and that is no pass. */
  filingKnown: z.boolean(),
});
export type CertificatesView = z.infer<typeof CertificatesView>;

const keepers = callableBy(['score-keeper', 'site-lead']);
const InSession = z.object({ sessionId: SessionId });
const errors = { NO_SUCH_SESSION: { status: 404 } };

export const certificates = {
  view: callableBy(['score-keeper', 'site-lead', 'supervisor'])
    .input(InSession)
    .output(CertificatesView)
    .errors(errors),
  /** A workbook of everybody who qualified, to fill the numbers in. */
  template: keepers.input(InSession).output(z.instanceof(Blob)).errors(errors),
  /** Takes a file of certificate data: what is in order is kept, what is not is refused by name. The last file counts. */
  check: keepers
    .input(InSession.extend({ file: z.instanceof(File) }))
    .output(CertificatesView)
    .errors({
      ...errors,
      WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
      /** Not a table of certificate data at all; nothing is kept. */
      CERTIFICATE_FILE_UNREADABLE: { status: 422, data: z.object({ problems: z.array(PlanProblem).min(1) }) },
    }),
  /** Certificate data in order, with whole document numbers, as the evaluating body takes it in. Journaled. */
  export: keepers
    .input(InSession.extend({ format: z.enum(['xlsx', 'json']) }))
    .output(z.instanceof(Blob))
    .errors(errors),
};

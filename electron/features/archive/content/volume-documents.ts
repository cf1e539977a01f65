import { z } from 'zod';
import { SiteFiling } from '../../plan/plan-schema.ts';

/** What the claims about volumes, paper, declarations, supervision and certificates read. */

export const PAPER_PATH = 'data/3-process/paper.json.age';
export const DECLARATIONS_PATH = 'data/3-process/declarations.json.age';
export const DECLARATIONS_SIGNATURE_PATH = 'data/3-process/declarations-signature.age';
export const STAFF_PATH = 'data/3-process/staff.json.age';
export const SUPERVISION_PATH = 'data/3-process/supervision.json.age';
export const CERTIFICATES_PATH = 'data/5-certificates/certificates.json.age';

const text = z.string().max(400);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const VolumeIndexDocument = z.object({
  format: z.literal('kaodian-volume-index/1'),
  sessionId: text,
  volume: z.int().min(1).max(5),
  pieces: z.array(
    z.object({
      number: z.int(),
      title: z.string().min(1).max(1_000),
      responsible: z.string().min(1).max(400),
      sizeBytes: z.int().nonnegative(),
      files: z.array(z.object({ path: text, sha256, mediaType: text, sizeBytes: z.int().nonnegative() })).min(1),
    }),
  ),
  paper: z.object({ pieces: z.int().nonnegative(), countedBy: z.array(text) }).nullable(),
  missing: z.array(z.object({ itemId: text, reason: text })),
  apart: z.array(z.object({ path: text, storedSha256: sha256 })),
});
export type VolumeIndexDocument = z.infer<typeof VolumeIndexDocument>;

export const PaperDocument = z.object({
  format: z.literal('kaodian-paper/1'),
  lines: z.array(text).max(500),
  otherPersonNeeded: z.boolean(),
  entries: z.array(
    z.object({
      attempt: z.int(),
      round: z.int(),
      counts: z.record(text, z.int().nonnegative()),
      byStaff: text,
      byName: text,
      atMs: z.number(),
    }),
  ),
  restarts: z.array(z.object({ reason: text })),
});

export const DeclarationsDocument = z.object({
  declarations: z.array(z.object({ itemId: text, reason: text })),
  /** Bundles of earlier versions have none. */
  signature: z.object({ declarationsSha256: sha256, byName: text, evidenceId: text }).nullable().optional(),
});

export type DeclarationsDocument = z.infer<typeof DeclarationsDocument>;

export const SignedDeclarations = z.object({
  format: z.literal('kaodian-signature/1'),
  by: text,
  declarationsSha256: sha256,
  strokes: z.array(z.array(z.unknown()).min(1)).min(1),
});

/** Who a name in the other documents belongs to. */
export const StaffDocument = z.array(z.object({ staffId: text, name: text }));

export const SupervisionDocument = z.object({
  recipient: text.nullable(),
  records: z.array(z.object({ recordId: text, path: text, byName: text, storedSha256: sha256 })),
});

export const SupervisorRecordDocument = z.object({
  format: z.literal('kaodian-supervisor-record/1'),
  recordId: text,
  sessionId: text,
  byName: text,
});

const CertificateData = z.object({
  line: z.int(),
  name: text,
  documentNumber: text,
  occupation: text,
  level: text,
  number: text.nullable(),
});
export const CertificatesDocument = z.object({
  format: z.literal('kaodian-certificates/1'),
  judgedBy: z.object({
    filing: SiteFiling.nullable(),
    onDay: z.iso.date(),
    occupation: text,
    level: text,
    /** Document numbers of who passed here and has every other part. */
    qualified: z.array(text).max(5_000),
  }),
  /** The file that the rows came in; null where they were prepared from the results. */
  source: z.object({ fileSha256: sha256 }).nullable(),
  rows: z.array(CertificateData).max(5_000),
  refused: z.array(CertificateData.extend({ problems: z.array(text).min(1) })).max(5_000),
  lacking: z.array(text).max(5_000),
});
export type CertificatesDocument = z.infer<typeof CertificatesDocument>;

import { z } from 'zod';
import { callableBy } from '../../contract/procedure.ts';
import { RoomId, SessionId } from '../../lib/ids.ts';
import { pinErrors, SecondPerson } from '../staff/contract.ts';

/** The five volumes (案卷) by number. */
export const VolumeNumber = z.literal([1, 2, 3, 4, 5]);
export type VolumeNumber = z.infer<typeof VolumeNumber>;

/** `papers:201`: candidates' papers of a room; `volume:3`: pieces of paper in a volume. */
export const LineId = z.string().regex(/^(?:papers:[A-Za-z0-9][A-Za-z0-9_-]{0,39}|volume:[1-5])$/);

export const Pieces = z.int().min(0).max(100_000);

export const PaperLine = z.object({
  lineId: LineId,
  /** The room whose papers they are, or null where a volume is counted. */
  room: z.object({ roomId: RoomId, name: z.string() }).nullable(),
  volume: VolumeNumber.nullable(),
  /** Candidates who were admitted; null where the station can not know how many there should be. */
  expected: Pieces.nullable(),
  /** What both entries say; null before they agree. */
  pieces: Pieces.nullable(),
  /** First and second entry, where the two of the last round differ. */
  differs: z.tuple([Pieces, Pieces]).nullable(),
});
export type PaperLine = z.infer<typeof PaperLine>;

/** A sheet of paper as it was scanned or photographed. */
export const Scan = z.object({
  scanId: z.string(),
  volume: VolumeNumber,
  title: z.string(),
  source: z.enum(['file', 'camera']),
  mediaType: z.enum(['image/jpeg', 'image/png', 'image/tiff', 'application/pdf']),
  /** Null where the file does not say it in the clear. */
  pages: z.int().nullable(),
  sizeBytes: z.int(),
  byName: z.string(),
  atMs: z.number(),
});
export type Scan = z.infer<typeof Scan>;

export const PaperView = z.object({
  sessionId: SessionId,
  /** Counted from 1; in a later round only the lines that differed are counted again. */
  round: z.int(),
  lines: z.array(PaperLine),
  /** Who has typed the first entry of this round; what they typed is not shown before the second. */
  first: z.object({ byName: z.string(), isMe: z.boolean(), atMs: z.number() }).nullable(),
  settled: z.boolean(),
  /** Rule pack: archive.second-count-by-other. */
  otherPersonNeeded: z.boolean(),
  countedBy: z.array(z.string()),
  scans: z.array(Scan),
});
export type PaperView = z.infer<typeof PaperView>;

/** Why a file is not taken as a scan; see scan-file.ts. */
export const ScanFault = z.enum([
  'empty',
  'too-large',
  'not-a-scan',
  'cut-off',
  'too-many-pages',
  'picture-too-large',
  'encrypted',
  'active-content',
]);
export type ScanFault = z.infer<typeof ScanFault>;

/** Whoever handles paper on the day. The supervisor watches and takes no other part. */
export const paperRoles = ['site-lead', 'score-keeper', 'door', 'invigilator'] as const;
const counters = callableBy(paperRoles);
const InSession = z.object({ sessionId: SessionId });
const paperErrors = {
  NO_SUCH_SESSION: { status: 404 },
  WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
};
const Title = z.string().trim().min(1).max(80);

export const paper = {
  view: callableBy([...paperRoles, 'supervisor'])
    .input(InSession)
    .output(PaperView)
    .errors({ NO_SUCH_SESSION: { status: 404 } }),
  /** One entry of every line still open. Two entries make a round; what they agree on is counted. */
  count: counters
    .input(
      InSession.extend({
        round: z.int().min(1),
        counts: z.record(LineId, Pieces),
        /** Who counted, where it is not whoever is signed in: they confirm by their PIN. */
        by: SecondPerson.optional(),
      }),
    )
    .output(PaperView)
    .errors({
      ...paperErrors,
      ...pinErrors,
      /** The lines of this round were counted meanwhile: look again. */
      COUNT_CHANGED: { status: 409 },
      COUNT_INCOMPLETE: { status: 422, data: z.object({ lines: z.array(LineId) }) },
      /** The rules ask for another person than who counted first. */
      OTHER_PERSON_NEEDED: { status: 403, data: z.object({ byName: z.string() }) },
      MAY_NOT_COUNT: { status: 403 },
    }),
  /** Everything is counted anew; what was typed stays on record. */
  countAgain: counters
    .input(InSession.extend({ reason: z.string().trim().min(2).max(200) }))
    .output(PaperView)
    .errors(paperErrors),
  addScan: counters
    .input(
      InSession.extend({
        volume: VolumeNumber,
        title: Title,
        source: z.enum(['file', 'camera']),
        file: z.instanceof(File),
      }),
    )
    .output(PaperView)
    .errors({
      ...paperErrors,
      SCAN_REFUSED: { status: 422, data: z.object({ fault: ScanFault }) },
      /** The same bytes stand in a volume already. */
      SCAN_THERE_ALREADY: { status: 409, data: z.object({ title: z.string() }) },
      TOO_MANY_SCANS: { status: 409, data: z.object({ most: z.int() }) },
      DISK_FULL: { status: 507 },
    }),
  removeScan: counters
    .input(InSession.extend({ scanId: z.string().max(40), reason: z.string().trim().min(2).max(200) }))
    .output(PaperView)
    .errors({ ...paperErrors, NO_SUCH_SCAN: { status: 404 } }),
  /** The scan itself, to be looked at. */
  scan: callableBy([...paperRoles, 'supervisor'])
    .input(InSession.extend({ scanId: z.string().max(40) }))
    .output(z.instanceof(Blob))
    .errors({ NO_SUCH_SESSION: { status: 404 }, NO_SUCH_SCAN: { status: 404 }, KEYS_LOCKED: { status: 423 } }),
};

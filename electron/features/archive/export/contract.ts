import { z } from 'zod';
import { callableBy } from '../../../contract/procedure.ts';

/** A disk that a bundle may go onto. */
export const ExportTarget = z.object({
  folder: z.string(),
  label: z.string(),
  freeBytes: z.number(),
  sizeBytes: z.number(),
  fileSystem: z.string().nullable(),
  /** The largest file it takes; larger ones go in parts. */
  maxFileBytes: z.number().nullable(),
  readOnly: z.boolean(),
});
export type ExportTarget = z.infer<typeof ExportTarget>;

export const ExportWish = z.object({
  bundleId: z.string().max(120),
  folder: z.string().min(1).max(400),
  /** What has no room here may go onto a further disk. */
  divide: z.boolean().default(false),
  /** The divided export that this disk goes on with. */
  continues: z.string().max(120).nullable().default(null),
});
export type ExportWish = z.infer<typeof ExportWish>;

const files = z.array(z.string());
const failureData = {
  FOLDER_UNUSABLE: z.object({ reason: z.string() }),
  NOT_ENOUGH_ROOM: z.object({ neededBytes: z.number(), freeBytes: z.number() }),
  BUNDLE_DAMAGED: z.object({ files }),
  READ_BACK_DIFFERS: z.object({ files }),
};
/** How writing to a disk can end badly, by the code of the refusal. */
export const exportErrors = {
  NO_SUCH_BUNDLE: { status: 404 },
  /** There is no export of this name that a further disk could go on with. */
  NO_SUCH_EXPORT: { status: 404 },
  FOLDER_UNUSABLE: { status: 422, data: failureData.FOLDER_UNUSABLE },
  ALREADY_THERE: { status: 409 },
  NOT_ENOUGH_ROOM: { status: 507, data: failureData.NOT_ENOUGH_ROOM },
  /** Somebody stopped it; what was written is gone on from. */
  STOPPED: { status: 409 },
  /** This machine's own copy is no longer what was sealed. */
  BUNDLE_DAMAGED: { status: 500, data: failureData.BUNDLE_DAMAGED },
  READ_BACK_DIFFERS: { status: 500, data: failureData.READ_BACK_DIFFERS },
};

const ExportFailure = z.discriminatedUnion('code', [
  z.object({ code: z.literal('FOLDER_UNUSABLE'), data: failureData.FOLDER_UNUSABLE }),
  z.object({ code: z.literal('ALREADY_THERE') }),
  z.object({ code: z.literal('NOT_ENOUGH_ROOM'), data: failureData.NOT_ENOUGH_ROOM }),
  z.object({ code: z.literal('BUNDLE_DAMAGED'), data: failureData.BUNDLE_DAMAGED }),
  z.object({ code: z.literal('READ_BACK_DIFFERS'), data: failureData.READ_BACK_DIFFERS }),
  /** A defect; the station's log says more. */
  z.object({ code: z.literal('STATION_FAULT') }),
]);

export const ExportState = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['writing', 'reading-back']),
    doneBytes: z.number(),
    totalBytes: z.number(),
    bytesPerSecond: z.number().nullable(),
    /** Somebody asked it to stop; it comes to rest with what is written synced. */
    stopping: z.boolean(),
  }),
  z.object({
    kind: z.literal('written'),
    /** Left for a further disk; 0 when the bundle is complete. */
    leftBytes: z.number(),
    readFrom: z.enum(['medium', 'cache']),
  }),
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('failed'), failure: ExportFailure }),
]);
export type ExportState = z.infer<typeof ExportState>;

/** Writing of a bundle onto one disk, under way or as it ended since the station started. */
export const ExportJob = z.object({
  jobId: z.string(),
  exportId: z.string(),
  bundleId: z.string(),
  folder: z.string(),
  /** Which of several disks, from 1. */
  medium: z.int(),
  state: ExportState,
});
export type ExportJob = z.infer<typeof ExportJob>;

const lead = callableBy(['site-lead']);

export const exportCalls = {
  /** Disks that look removable, with room left; the folder may also be typed. */
  exportTargets: lead.output(z.array(ExportTarget)),
  /** Begins to write the bundle into a folder of this machine; how it ends is among `exportJobs`. */
  beginExport: lead
    .input(ExportWish)
    .output(ExportJob)
    .errors({ NO_SUCH_BUNDLE: exportErrors.NO_SUCH_BUNDLE, NO_SUCH_EXPORT: exportErrors.NO_SUCH_EXPORT }),
  /** Those of a bundle, the latest last; of those that ended, the last for each folder. */
  exportJobs: callableBy(['site-lead', 'supervisor'])
    .input(z.object({ bundleId: z.string().max(120) }))
    .output(z.array(ExportJob)),
  stopExport: lead
    .input(z.object({ jobId: z.string().max(120) }))
    .output(ExportJob)
    .errors({ NO_SUCH_EXPORT: exportErrors.NO_SUCH_EXPORT }),
};

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

export const archiveEvents = {
  declared: event(
    'archive.declared',
    '说明缺项原因',
    'A missing item was declared with its reason',
    z.object({ itemId: z.string(), code: z.string(), reason: z.string() }),
  ),
  declareRefused: refusal(
    'archive.declare-refused',
    '没有记下缺项原因',
    'A missing item was not declared',
    z.object({ itemId: z.string(), code: z.string() }),
  ),
  declarationsSigned: event(
    'archive.declarations-signed',
    '负责人在缺项说明上签字',
    'The lead signed for the declared missing items',
    z.object({ declarationsSha256: z.string(), evidenceId: z.string(), sha256: z.string() }),
  ),
  selfTested: event(
    'archive.self-tested',
    '封存前自检',
    'What is to be sealed was tested',
    z.object({ contentSha256: z.string(), failed: z.array(z.string()) }),
  ),
  signOffRefused: refusal(
    'archive.sign-off-refused',
    '负责人没有签成字',
    'The lead could not sign',
    z.object({ code: z.string() }),
  ),
  signedOff: event(
    'archive.signed-off',
    '负责人签字',
    'The lead signed for the whole',
    z.object({ stateSha256: z.string(), evidenceId: z.string(), sha256: z.string() }),
  ),
  sealing: event(
    'archive.sealing',
    '开始封存',
    'Sealing began',
    z.object({ number: z.int(), evidence: z.int(), stateSha256: z.string() }),
  ),
  sealed: event(
    'archive.sealed',
    '已封存',
    'The bundle was sealed',
    z.object({ bundleId: z.string(), tagManifestSha256: z.string(), files: z.int(), bytes: z.number() }),
  ),
  sealRefused: refusal(
    'archive.seal-refused',
    '没有封存',
    'The session was not sealed',
    z.object({ code: z.string(), items: z.array(z.string()) }),
  ),
  exportBegun: event(
    'archive.export-begun',
    '开始写一张盘',
    'Writing of a bundle onto a disk began',
    z.object({ bundleId: z.string(), exportId: z.string(), medium: z.int() }),
  ),
  exportStopped: event(
    'archive.export-stopped',
    '停下写盘',
    'Writing onto a disk was stopped by a person',
    z.object({ bundleId: z.string(), exportId: z.string(), medium: z.int() }),
  ),
  mediumWritten: event(
    'archive.medium-written',
    '分盘导出写好一张盘，已回读比对',
    'One disk of several was written and read back',
    z.object({
      bundleId: z.string(),
      exportId: z.string(),
      medium: z.int(),
      files: z.int(),
      bytes: z.number(),
      leftBytes: z.number(),
    }),
  ),
  exported: event(
    'archive.exported',
    '导出封存包，已回读比对',
    'The bundle was exported and read back',
    z.object({
      bundleId: z.string(),
      files: z.int(),
      bytes: z.number(),
      /** How many disks, and where it was read back from. Stations of the first version did not say. */
      media: z.int().optional(),
      readFrom: z.enum(['medium', 'cache']).optional(),
    }),
  ),
  exportFailed: refusal(
    'archive.export-failed',
    '导出没有成功',
    'An export failed',
    z.object({ bundleId: z.string(), code: z.string() }),
  ),
};

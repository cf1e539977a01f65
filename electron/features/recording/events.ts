import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';
import { GapReason, IntervalFault } from './contract.ts';

const Camera = z.object({ cameraId: z.string() });
const Recording = Camera.extend({ recordingId: z.string() });
const Gap = Camera.extend({ gapId: z.string(), reason: GapReason, beginMs: z.int() });

export const recordingEvents = {
  started: event(
    'recording.started',
    '开始录像',
    'Recording of a camera began, or another desk run took it over',
    Recording.extend({
      deskRun: z.string(),
      deviceLabel: z.string(),
      codec: z.string(),
      width: z.int(),
      height: z.int(),
      takesOver: z.string().nullable(),
    }),
  ),
  resumed: event(
    'recording.resumed',
    '录像接着录',
    'A desk found its recording again after the station or the network was away',
    Recording.extend({ nextSequence: z.int() }),
  ),
  segmentStored: event(
    'recording.segment-stored',
    '存下一段录像',
    'A segment of video was encrypted, written and synced; digest runs over all segments of the recording so far',
    Recording.extend({
      sequence: z.int(),
      lastFragment: z.int(),
      beginMs: z.int(),
      endMs: z.int(),
      firstMonoMs: z.number(),
      lastMonoMs: z.number(),
      frames: z.int(),
      bytes: z.int(),
      sha256: z.string(),
      storedSha256: z.string(),
      evidenceId: z.string(),
      ordinal: z.int(),
      digest: z.string(),
      recovered: z.boolean(),
    }),
  ),
  spoolRead: event(
    'recording.spool-read',
    '接上断电前没写完的一段录像',
    'What a crash had left of a segment was read: whole fragments were kept, an unfinished one was never acknowledged',
    Recording.extend({
      fragments: z.int(),
      cutBytes: z.int(),
      damaged: z.int(),
      beginMs: z.int().nullable(),
      endMs: z.int().nullable(),
    }),
  ),
  gapBegun: event('recording.gap-begun', '录像缺口开始', 'A gap in the recording began', Gap),
  gapExplained: event(
    'recording.gap-explained',
    '录像缺口的原因查明',
    'A gap that the station had found by itself has a reason now',
    Gap,
  ),
  gapEnded: event(
    'recording.gap-ended',
    '录像缺口结束',
    'A gap in the recording ended; when filled, late segments showed that nothing was missing',
    Gap.extend({ endMs: z.int(), filled: z.boolean() }),
  ),
  stopped: event(
    'recording.stopped',
    '停止录像',
    'Recording of a camera was stopped',
    Recording.extend({ reason: z.enum(['session-ended', 'operator']) }),
  ),
  segmentRefused: refusal(
    'recording.segment-refused',
    '一段录像没有收下',
    'A fragment of video was not accepted',
    z.object({
      recordingId: z.string(),
      sequence: z.int(),
      code: z.string(),
      reason: IntervalFault.nullable(),
      bytes: z.int(),
      beginMs: z.number().nullable(),
      endMs: z.number().nullable(),
    }),
  ),
  startRefused: refusal(
    'recording.start-refused',
    '没有开始录像',
    'A recording was not begun',
    Camera.extend({ code: z.string() }),
  ),
};

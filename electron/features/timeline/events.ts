import { z } from 'zod';
import { event } from '../../journal/events.ts';

const LookUp = z.object({ lookUpId: z.string() });
const Piece = LookUp.extend({
  pieceId: z.string(),
  cameraId: z.string(),
  beginMs: z.number(),
  endMs: z.number(),
  note: z.string(),
  evidenceId: z.string(),
  sha256: z.string(),
  storedSha256: z.string(),
});

export const timelineEvents = {
  begun: event(
    'timeline.look-up-begun',
    '调阅录像：登记事由',
    'A look-up of recorded video began, with its reason',
    LookUp.extend({ roomId: z.string(), reason: z.string() }),
  ),
  viewed: event(
    'timeline.viewed',
    '调阅录像：看过的时段',
    'What of the video a look-up was given',
    LookUp.extend({ cameraId: z.string(), beginMs: z.number(), endMs: z.number() }),
  ),
  bookmarked: event(
    'timeline.bookmarked',
    '调阅录像：标注一处',
    'A moment was bookmarked during a look-up',
    LookUp.extend({ roomId: z.string(), cameraId: z.string().nullable(), atMs: z.number(), note: z.string() }),
  ),
  clipCut: event(
    'timeline.clip-cut',
    '截取录像片段作为证据，未重新编码',
    'A clip was cut into the evidence without encoding it again; it holds these segments',
    Piece.extend({ segments: z.array(z.object({ evidenceId: z.string(), sha256: z.string() })) }),
  ),
  stillKept: event(
    'timeline.still-kept',
    '截取一张画面作为证据',
    'A picture of one moment was kept as evidence; it was taken of this segment',
    Piece.extend({ segment: z.object({ evidenceId: z.string(), sha256: z.string() }) }),
  ),
  pieceTaken: event(
    'timeline.piece-taken',
    '导出录像片段或画面',
    'A clip or a still was taken away',
    LookUp.extend({ pieceId: z.string(), sha256: z.string() }),
  ),
};

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';

const Person = z.object({ candidateId: z.string(), roomId: z.string() });
const Recheck = Person.extend({ recheckId: z.string() });
const Scores = z.object({
  engine: z.string(),
  threshold: z.number(),
  /** Against the plan's photograph and the picture of the admission; null where there is none to compare with. */
  planScore: z.number().nullable(),
  admissionScore: z.number().nullable(),
  frameSha256: z.array(z.string()),
  evidenceId: z.string().nullable(),
});

export const presenceEvents = {
  left: event(
    'presence.left',
    '离开考场：暂离或签退',
    'Left the room: for a break, or signed out',
    Person.extend({
      kind: z.enum(['break', 'finished']),
      note: z.string(),
      /** The clause that asks to stay longer, where it was too early by it. */
      ruleId: z.string().nullable(),
      evidenceId: z.string().nullable(),
      sha256: z.string().nullable(),
    }),
  ),
  leaveRefused: refusal(
    'presence.leave-refused',
    '没有记为离场',
    'A leaving was not taken',
    z.object({ candidateId: z.string(), kind: z.enum(['break', 'finished']), code: z.string() }),
  ),
  cameBack: event(
    'presence.came-back',
    '暂离后经入场口返回',
    'Came back from a break, through the door',
    Person.extend({ attemptId: z.string() }),
  ),
  leaveUndone: event(
    'presence.leave-undone',
    '离场记错，撤销',
    'A leaving was recorded by mistake and taken back',
    Person.extend({ kind: z.enum(['break', 'finished']), note: z.string() }),
  ),
  undoRefused: refusal(
    'presence.undo-refused',
    '没有撤销离场',
    'A leaving was not taken back',
    z.object({ candidateId: z.string(), code: z.string() }),
  ),
  ended: event(
    'presence.ended',
    '考试结束时仍在场或暂离的，由系统记为离场，本人没有签',
    'Inside or on a break at the end: signed out by the closing, and by no hand of theirs',
    z.object({ inside: z.array(z.string()), onBreak: z.array(z.string()) }),
  ),
  rechecksDrawn: event(
    'presence.rechecks-drawn',
    '抽定场内复核的考生和时间',
    'Re-checks in the room were drawn: whom and when',
    z.object({
      round: z.union([z.literal(1), z.literal(2)]),
      size: z.int(),
      root: z.string(),
      present: z.array(z.string()),
      endsAtMs: z.number(),
      drawn: z.array(z.object({ recheckId: z.string(), candidateId: z.string(), dueAtMs: z.number() })),
    }),
  ),
  recheckPassed: event(
    'presence.recheck-passed',
    '场内复核：人脸相符',
    'A re-check in the room: the faces agree',
    Recheck.extend(Scores.shape),
  ),
  recheckMissed: refusal(
    'presence.recheck-missed',
    '场内复核：人脸比对没通过，请人来看',
    'A re-check in the room: the faces do not agree; persons are called',
    Recheck.extend(Scores.shape),
  ),
  recheckSeen: event(
    'presence.recheck-seen',
    '场内复核：两人当面核对，是本人',
    'A re-check in the room: two persons looked, it is the same person',
    Recheck.extend({ note: z.string(), secondStaffId: z.string() }),
  ),
  recheckDoubted: refusal(
    'presence.recheck-doubted',
    '场内复核：两人当面核对，有疑问',
    'A re-check in the room: two persons looked, and doubt it',
    Recheck.extend({ note: z.string(), secondStaffId: z.string() }),
  ),
  recheckRefused: refusal(
    'presence.recheck-refused',
    '场内复核没有记下',
    'A re-check was not taken',
    z.object({ recheckId: z.string(), code: z.string() }),
  ),
  pictureSeen: event(
    'presence.picture-seen',
    '为场内复核调看入场照片',
    'The picture of an admission was looked at for a re-check',
    Recheck,
  ),
};

import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';
import { Violation } from '../examiners/violation.ts';

const Seat = z.object({ examinerId: z.string(), duty: z.enum(['lead', 'member']) });
/** The facts themselves are kept beside; the hash names them, and the pack, to the byte. */
const Evaluation = z.object({ factsSha256: z.string(), packSha256: z.string(), findings: z.array(Violation) });
const RoomPanel = z.object({ roomId: z.string(), version: z.int(), panel: z.array(Seat) });

export const assignmentEvents = {
  changed: event(
    'assignment.changed',
    '委派变更：考评小组现为',
    "A room's panel was changed",
    RoomPanel.extend({
      act: z.enum(['planned', 'drawn', 'set', 'replaced', 'removed', 'recused', 'demanded']),
      before: z.array(Seat),
      reason: z.string(),
      /** Who stood before the one chosen in the order of the draw, where somebody did. */
      passedOver: z.string().nullable(),
      evaluation: Evaluation,
    }),
  ),
  refused: refusal(
    'assignment.refused',
    '委派没有做',
    'An assignment was refused',
    z.object({
      step: z.string(),
      code: z.string(),
      roomId: z.string(),
      examinerId: z.string().nullable(),
      findings: z.array(Violation),
    }),
  ),
  evaluated: event(
    'assignment.evaluated',
    '按规则核对考评小组',
    'A panel was put to the rules',
    RoomPanel.extend({
      stage: z.enum(['assignment', 'sign-on', 'sealing']),
      examinerId: z.string().nullable(),
      evaluation: Evaluation,
    }),
  ),
  decided: event(
    'assignment.decided',
    '负责人就一条提醒作出决定',
    'The lead decided about a finding',
    z.object({
      roomId: z.string(),
      factsSha256: z.string(),
      finding: Violation,
      decision: z.enum(['accepted']),
      reason: z.string(),
    }),
  ),
  submitted: event(
    'assignment.submitted',
    '提交委派',
    'The assignment was handed in',
    z.object({ versions: z.record(z.string(), z.int()) }),
  ),
  recused: event(
    'assignment.recused',
    '考评员回避',
    'An examiner is off the session',
    z.object({
      roomId: z.string(),
      examinerId: z.string(),
      by: z.enum(['self', 'demand']),
      ground: z.string(),
      note: z.string(),
    }),
  ),
  soleProviderApproved: event(
    'assignment.sole-provider-approved',
    '登记唯一机构批文与现场监督人',
    'The approval of a sole provider was put on record',
    z.object({
      number: z.string(),
      officialStaffId: z.string(),
      fileName: z.string(),
      fileSha256: z.string(),
      evidenceId: z.string(),
    }),
  ),
  officialThere: event(
    'assignment.official-signed-on',
    '唯一机构的现场监督人签到',
    "The sole provider's official signed on",
    z.object({ staffId: z.string() }),
  ),
  drawPrepared: event(
    'assignment.draw-prepared',
    '抽签名单已封：公布核对码',
    'The input of a draw of panels was fixed and published',
    z.object({
      drawId: z.string(),
      sessionIds: z.array(z.string()),
      inputSha256: z.string(),
      witnessSha256: z.string(),
      code: z.string(),
      examiners: z.int(),
      seats: z.int(),
      excluded: z.array(z.object({ examinerId: z.string(), rules: z.array(z.string()) })),
    }),
  ),
  drawImpossible: refusal(
    'assignment.draw-impossible',
    '没有合规的抽签方案',
    'No lawful panels can be drawn',
    z.object({ sessionIds: z.array(z.string()), shortage: z.json() }),
  ),
  shareSealed: event(
    'assignment.draw-share-sealed',
    '一方封好种子份额',
    'A party sealed its share of the seed',
    z.object({
      drawId: z.string(),
      party: z.string(),
      sha256: z.string(),
      how: z.enum(['drawn', 'typed', 'file', 'hash']),
    }),
  ),
  drawCommitted: event(
    'assignment.draw-committed',
    '抽签承诺码公布',
    'The commitment of a draw was published',
    z.object({ drawId: z.string(), sha256: z.string(), commitment: z.json() }),
  ),
  shareOpened: event(
    'assignment.draw-share-opened',
    '打开一方的种子份额',
    "A party's share of the seed was opened",
    z.object({ drawId: z.string(), party: z.string(), share: z.string(), said: z.string() }),
  ),
  drawOpened: event(
    'assignment.draw-opened',
    '种子已打开',
    'The seed of a draw is known',
    z.object({ drawId: z.string(), seed: z.string() }),
  ),
  drawn: event(
    'assignment.drawn',
    '抽出考评小组',
    'Panels were drawn',
    z.object({ drawId: z.string(), drawnSha256: z.string(), seats: z.int(), reserves: z.int() }),
  ),
  drawApplied: event(
    'assignment.draw-applied',
    '抽签结果成为委派',
    'The result of a draw became the assignment',
    z.object({ drawId: z.string(), rooms: z.int() }),
  ),
  drawCancelled: event(
    'assignment.draw-cancelled',
    '抽签作废',
    'A draw was cancelled',
    z.object({ drawId: z.string(), stage: z.string(), reason: z.string() }),
  ),
  drawRefused: refusal(
    'assignment.draw-refused',
    '抽签的一步没有做',
    'A step of a draw was refused',
    z.object({ drawId: z.string(), step: z.string(), code: z.string() }),
  ),
};

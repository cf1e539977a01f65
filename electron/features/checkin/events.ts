import { z } from 'zod';
import { event, refusal } from '../../journal/events.ts';
import { At, ByHand, Closed, EdgeFact, LikeFact, TurnFact } from './event-facts.ts';

export const checkinEvents = {
  admitted: event('checkin.admitted', '准予入场', 'Admitted', Closed),
  admittedByHand: event('checkin.admitted-by-hand', '人工核验，两人同意，准予入场', 'Admitted by two persons', ByHand),
  readmitted: event('checkin.readmitted', '离场后返回，准予再入场', 'Back from a break, let in again', Closed),
  readmittedByHand: event(
    'checkin.readmitted-by-hand',
    '离场后返回，两人核验，准予再入场',
    'Back from a break, let in again by two persons',
    ByHand,
  ),
  held: refusal(
    'checkin.held',
    '疑似替考，由负责人或督导员接手，没有放行',
    'A possible impersonation, taken over by the lead or a supervisor; not let in',
    Closed.extend({ leadStaffId: z.string(), note: z.string() }),
  ),
  admissionUndone: event(
    'checkin.admission-undone',
    '负责人撤销准予入场',
    'The site lead took an admission back',
    z.object({
      candidateId: z.string(),
      turn: z.int(),
      attemptId: z.string(),
      roomId: z.string(),
      reason: z.string(),
      leadStaffId: z.string(),
      /** Draft marks had been given, and the lead knew. */
      draftMarks: z.boolean(),
    }),
  ),
  undoRefused: refusal(
    'checkin.undo-refused',
    '没有撤销入场',
    'An admission was not taken back',
    z.object({ candidateId: z.string(), code: z.string(), leadStaffId: z.string() }),
  ),
  setAside: event('checkin.set-aside', '移到候核', 'Set aside', Closed.extend({ note: z.string() })),
  sentElsewhere: refusal(
    'checkin.sent-elsewhere',
    '不在本考场，告知去处',
    'Sent to the right room',
    Closed.extend({ toRoomId: z.string() }),
  ),
  refused: refusal(
    'checkin.refused',
    '按规定不能入场',
    'Refused by rule',
    Closed.extend({ ruleId: z.string(), facts: z.record(z.string(), z.string()) }),
  ),
  abandoned: event('checkin.abandoned', '取消本次核验', 'Abandoned', Closed),
  personCalled: refusal(
    'checkin.person-called',
    '机器有疑问，请人来看',
    'A doubt; a person is called',
    z.object({
      attemptId: z.string(),
      candidateId: z.string().nullable(),
      reasons: z.array(z.string()),
      edges: z.array(EdgeFact),
    }),
  ),
  livenessFailed: refusal(
    'checkin.liveness-failed',
    '没完成转头，请人来看',
    'The head turn was not done; a person is called',
    z.object({ attemptId: z.string(), candidateId: z.string().nullable(), turn: TurnFact }),
  ),
  lookalikeFound: refusal(
    'checkin.lookalike-found',
    '疑似替考：人脸与已入场的另一人或黑名单相似',
    'A possible impersonation: the face is taken for somebody admitted, or on the block list',
    At.extend({
      attemptId: z.string(),
      candidateId: z.string().nullable(),
      like: LikeFact,
      /** The attempt was closed already: office and lane were told. */
      late: z.boolean(),
      comparedWith: z.int(),
      notCompared: z.int(),
    }),
  ),
  lookalikeSeen: event(
    'checkin.lookalike-seen',
    '因疑似替考调看另一人的照片',
    "Another person's picture was looked at over a possible impersonation",
    z.object({ attemptId: z.string(), kind: z.string(), id: z.string() }),
  ),
  leadCalled: event(
    'checkin.lead-called',
    '请负责人到入场口',
    'The lead was called to a door',
    At.extend({ attemptId: z.string(), decision: z.string() }),
  ),
  impersonationCleared: event(
    'checkin.impersonation-cleared',
    '疑似替考，核实为不同的人',
    'A possible impersonation was settled: two different persons',
    z.object({
      attemptId: z.string(),
      candidateId: z.string().nullable(),
      like: LikeFact,
      secondStaffId: z.string(),
      note: z.string(),
    }),
  ),
  admitRefused: refusal(
    'checkin.admit-refused',
    '不符合条件，没有准予入场',
    'An admission was refused',
    z.object({ attemptId: z.string(), decision: z.string() }),
  ),
  secondRefused: refusal(
    'checkin.second-refused',
    '第二人不合要求，没有准予入场',
    'The second person may not confirm: the same person, or without a role for it',
    z.object({ attemptId: z.string(), secondStaffId: z.string() }),
  ),
  cardRead: event(
    'checkin.card-read',
    '读到证件',
    'A card was read',
    At.extend({
      attemptId: z.string(),
      maskedNumber: z.string(),
      kind: z.string(),
      samId: z.string().nullable(),
      violations: z.array(z.string()),
    }),
  ),
  cardKept: event(
    'checkin.card-kept',
    '候核考生接着办，用先前读到的证件',
    'Somebody set aside goes on with the card that was read before',
    At.extend({
      attemptId: z.string(),
      /** In which it was read. */
      fromAttemptId: z.string(),
      maskedNumber: z.string(),
      violations: z.array(z.string()),
    }),
  ),
  cardUnreadable: refusal(
    'checkin.card-unreadable',
    '证件读不出',
    'A card could not be read',
    At.extend({ code: z.string() }),
  ),
  cardRefused: refusal(
    'checkin.card-refused',
    '本场考试已经结束，没有受理证件',
    'The session is over: a card was not taken up',
    At.extend({ state: z.enum(['closed', 'sealed']), maskedNumber: z.string() }),
  ),
  numberTyped: event(
    'checkin.number-typed',
    '手工录入证号',
    'A document number was typed',
    At.extend({ attemptId: z.string(), maskedNumber: z.string() }),
  ),
  cardConfirmed: event(
    'checkin.card-confirmed',
    '拍照识读的证件，经人逐项确认',
    'A photographed card was confirmed field by field',
    At.extend({
      attemptId: z.string(),
      maskedNumber: z.string(),
      reader: z.string(),
      imageSha256: z.string(),
      /** Names of the fields that staff wrote otherwise than the camera read them. */
      corrected: z.array(z.string()),
      violations: z.array(z.string()),
    }),
  ),
  documentShown: event(
    'checkin.document-shown',
    '出示其他证件，录入证号并拍照',
    'Another kind of document was typed and photographed',
    At.extend({
      attemptId: z.string(),
      type: z.string(),
      maskedNumber: z.string(),
      violations: z.array(z.string()),
    }),
  ),
  documentNotAccepted: refusal(
    'checkin.document-not-accepted',
    '规则包不认这类证件',
    'A kind of document that the rule pack does not take',
    At.extend({ type: z.string() }),
  ),
  readerState: event(
    'checkin.reader-state',
    '读卡器断开或恢复',
    'The reader was lost or came back',
    z.object({ readerId: z.string(), state: z.string(), reason: z.string() }),
  ),
  readerTrouble: refusal(
    'checkin.reader-trouble',
    '读卡器通信出错',
    'Trouble on the reader line',
    z.object({ readerId: z.string(), command: z.string(), code: z.string(), status: z.int().nullable() }),
  ),
  ticketRefused: refusal(
    'checkin.ticket-refused',
    '准考证不认',
    'A ticket was not accepted',
    At.extend({ reason: z.string() }),
  ),
  numberRefused: refusal(
    'checkin.number-refused',
    '输入的证号不认',
    'A typed number was not accepted',
    At.extend({ reason: z.string() }),
  ),
  lookedUp: event(
    'checkin.looked-up',
    '按号码末几位查名单',
    'Candidates were looked up by the end of a number',
    At.extend({ matches: z.int() }),
  ),
  ticketPresented: event(
    'checkin.ticket-presented',
    '扫准考证',
    'A ticket was presented',
    At.extend({ attemptId: z.string(), signed: z.boolean(), agrees: z.boolean() }),
  ),
};

import { z } from 'zod';
import { callableBy } from '../../../contract/procedure.ts';
import { SessionId } from '../../../lib/ids.ts';
import { SeatRole } from '../../draw/panels/draw-input.ts';
import { pinErrors, SecondPerson } from '../../staff/contract.ts';

/** 中心, 考核点, 督导员: each has a share of the seed, so that none can choose it. */
export const DrawParty = z.enum(['site', 'supervisor', 'centre']);
export type DrawParty = z.infer<typeof DrawParty>;

/**
 * prepared = 名单已封: the input is fixed and published. committed = 种子已封: every share is sealed. opened = 种子已打开.
 * drawn = 已抽出. applied = 已成委派.
 */
export const DrawStage = z.enum(['prepared', 'committed', 'opened', 'drawn', 'applied', 'cancelled']);
export type DrawStage = z.infer<typeof DrawStage>;

const Named = z.object({ examinerId: z.string(), name: z.string() });
/** When a step was done, and its number in the journal. */
const Done = z.object({ atMs: z.number(), seq: z.int() });

export const DrawView = z.object({
  drawId: z.string(),
  stage: DrawStage,
  sessions: z.array(z.object({ sessionId: SessionId, label: z.string(), startsAtMs: z.number() })),
  prepared: Done,
  input: z.object({
    sha256: z.string(),
    witnessSha256: z.string(),
    code: z.string(),
    examiners: z.int(),
    rooms: z.int(),
    seats: z.int(),
    seniorLead: z.boolean(),
    dutiesPerDay: z.int(),
  }),
  /** On file, but allowed on no seat of this draw, with the clauses that say so. */
  excluded: z.array(
    Named.extend({
      rules: z.array(z.object({ ruleId: z.string(), text: z.object({ zh: z.string(), en: z.string() }) })),
    }),
  ),
  shares: z.array(
    z.object({
      party: DrawParty,
      sealed: Done.extend({ sha256: z.string(), byName: z.string() }).nullable(),
      /** False where the party keeps its share and gives it at the opening. */
      keptHere: z.boolean(),
      opened: Done.extend({ share: z.string(), said: z.string() }).nullable(),
    }),
  ),
  committed: Done.extend({ sha256: z.string() }).nullable(),
  seed: z.string().nullable(),
  result: Done.extend({
    rooms: z.array(
      z.object({
        sessionId: z.string(),
        sessionLabel: z.string(),
        roomId: z.string(),
        name: z.string(),
        seats: z.array(Named.extend({ role: SeatRole })),
      }),
    ),
    reserves: z.array(Named),
    tookMs: z.number(),
  }).nullable(),
  applied: Done.nullable(),
  cancelled: Done.extend({ reason: z.string(), byName: z.string() }).nullable(),
});
export type DrawView = z.infer<typeof DrawView>;

/** Why no lawful panels can be drawn: needs that cannot be met together, or what stayed open by session and role. */
export const ShortageView = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('too-few'),
    needs: z.array(z.object({ sessionLabel: z.string(), roomName: z.string(), role: SeatRole })),
    examiners: z.array(Named),
    duties: z.int(),
  }),
  z.object({
    kind: z.literal('not-found'),
    open: z.array(z.object({ sessionLabel: z.string(), role: SeatRole, seats: z.int() })),
  }),
]);
export type ShortageView = z.infer<typeof ShortageView>;

const lead = callableBy(['site-lead']);
const office = callableBy(['site-lead', 'supervisor', 'score-keeper']);
const Which = z.object({ drawId: z.string().max(40) });
const drawErrors = {
  NO_SUCH_DRAW: { status: 404 },
  /** The draw has gone on, or was cancelled; `stage` is where it stands. */
  DRAW_ELSEWHERE: { status: 409, data: z.object({ stage: DrawStage }) },
};

export const drawProcedures = {
  /** The draws that concern a session, newest first. */
  list: office.input(z.object({ sessionId: SessionId })).output(z.array(DrawView)),
  read: office.input(Which).output(DrawView).errors(drawErrors),
  /** Step 1: fixes and publishes the input. The station seals its own share at once. */
  prepare: lead
    .input(
      z.object({
        sessionIds: z.array(SessionId).min(1).max(60),
        seniorLead: z.boolean().default(true),
        dutiesPerDay: z.int().min(1).max(10).default(2),
      }),
    )
    .output(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('ready'), draw: DrawView }),
        z.object({ kind: z.literal('impossible'), shortage: ShortageView }),
      ]),
    )
    .errors({
      NO_SUCH_SESSION: { status: 404 },
      WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) },
      /** A draw of one of these sessions is not finished: go on with it, or cancel it. */
      DRAW_UNDERWAY: { status: 409, data: z.object({ drawId: z.string() }) },
      NOTHING_TO_DRAW: { status: 422 },
    }),
  /** Step 2: a party seals its share: typed, by file, or by its hash alone. The supervisor confirms by PIN. */
  sealShare: lead
    .input(
      Which.extend({
        party: z.enum(['supervisor', 'centre']),
        share: z.discriminatedUnion('by', [
          z.object({ by: z.literal('typed'), text: z.string().trim().min(4).max(40) }),
          z.object({ by: z.literal('file'), file: z.instanceof(File) }),
          z.object({ by: z.literal('hash'), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
        ]),
        supervisor: SecondPerson.optional(),
      }),
    )
    .output(DrawView)
    .errors({
      ...drawErrors,
      ...pinErrors,
      ALREADY_SEALED: { status: 409 },
      SUPERVISOR_NEEDED: { status: 422 },
      FILE_TOO_LARGE: { status: 413, data: z.object({ maxBytes: z.int() }) },
    }),
  /** Step 3: a share is opened. Those kept here open by themselves; `share` is for a party that sealed by hash. */
  openShare: lead
    .input(
      Which.extend({
        party: DrawParty,
        share: z
          .string()
          .regex(/^(?:[0-9a-f]{2}){16,64}$/)
          .optional(),
      }),
    )
    .output(DrawView)
    .errors({ ...drawErrors, SHARE_DIFFERS: { status: 422 } }),
  /** Step 4: the lottery. The same seed gives the same result, however often it is asked for. */
  run: lead.input(Which).output(DrawView).errors(drawErrors),
  /** The result becomes the assignment of every room drawn. */
  apply: lead
    .input(Which)
    .output(DrawView)
    .errors({ ...drawErrors, WRONG_STATE: { status: 409, data: z.object({ state: z.string() }) } }),
  /** Ends a draw without a result, for a reason that stays on record. */
  cancel: lead
    .input(Which.extend({ reason: z.string().trim().min(2).max(200) }))
    .output(DrawView)
    .errors(drawErrors),
  /** The draw as published: what `kaodian draw verify` repeats. */
  published: office.input(Which).output(z.instanceof(File)).errors(drawErrors),
};

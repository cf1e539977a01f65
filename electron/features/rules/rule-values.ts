import { z } from 'zod';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Clause, RulePack } from './rule-pack.ts';

const minutes = z.int().min(0).max(600);
const tenths = z.int().min(0).max(10_000);

/**
 * Every value the station asks a pack for, by clause id. A pack must give all of them, in these bounds: a typing error
 * in a pack must stop the start, not the exam.
 */
const VALUES = {
  'admission.enter-before-minutes': minutes,
  /** Minutes after the start; at this very minute entry is still allowed, after it not. */
  'admission.late-after-minutes': minutes,
  'admission.ticket-required': z.boolean(),
  /** The false-match rate whose threshold in models/manifest.json a face pass must reach. */
  'admission.face-threshold-fmr': z.enum(['1e-2', '1e-3', '1e-4']),
  /** Pledge and consent signed at the door before anything is compared, or not asked here (signed at enrolment). */
  'admission.consent': z.enum(['at-door', 'none']),
  /** What the live face must do that a picture cannot. */
  'admission.liveness': z.enum(['turn', 'none']),
  /** A card photographed for want of a reader is looked at by a second person. */
  'admission.camera-card-second-person': z.boolean(),
  /** Other documents taken, by comma: see OtherDocument of check-in. */
  'admission.other-documents': z.string().max(80),
  /** Re-checks in the room: of a hundred admitted, and at least so many a session. */
  'admission.rechecks-per-hundred': z.int().min(0).max(100),
  'admission.rechecks-least': z.int().min(0).max(100),
  /** Whether who has no workstation in the plan draws one at the door. */
  'admission.draw-workstation': z.boolean(),
  /** Earliest leave, in minutes after the start. */
  'admission.leave-after-minutes': minutes,
  /** How long a break out of the room lasts before it is overdue. */
  'admission.break-minutes': z.int().min(1).max(120),
  'scoring.pass-tenths': tenths,
  'scoring.min-examiners': z.int().min(1).max(15),
  /** Highest minus lowest total of one candidate, above which the lead decides. */
  'scoring.spread-limit-tenths': tenths,
  /** Highest minus lowest mark of one item, in percent of its maximum up to the next whole mark: above it the lead decides. */
  'scoring.item-spread-percent': z.int().min(0).max(100),
  /** How long a part that was passed counts towards the whole, in months; 0: not at all. */
  'scoring.carry-over-months': z.int().min(0).max(120),
  /** How several examiners' totals become one: arithmetic mean, median, or mean without the highest and lowest. */
  'scoring.combine': z.enum(['mean', 'median', 'trimmed-mean']),
  'recording.min-height': z.int().min(240).max(4320),
  /** Whether rooms are heard too, not only seen. */
  'recording.audio': z.boolean(),
  'recording.gap-limit-seconds': z.int().min(1).max(3600),
  /** Of the time a candidate was in the room, how much video has to show in any case; no gap over the limit besides. */
  'recording.coverage-least-percent': z.int().min(0).max(100),
  /** Whether scores of a room to which the plan gives no camera need video like any other. */
  'recording.cameraless-rooms': z.boolean(),
  /** How long recordings, and photographs of faces and documents, stay on the machine after the session. */
  'purge.video-after-days': z.int().min(30).max(3_650),
  'purge.photographs-after-days': z.int().min(1).max(3_650),
  'archive.deliver-within-working-days': z.int().min(1).max(60),
  /** Whether pieces of paper are typed the second time by another person. */
  'archive.second-count-by-other': z.boolean(),
  /** False only for the pack of a government body: it prints what its office requires. */
  'forms.forbidden-words': z.boolean(),
  'examiners.max-consecutive': z.int().min(1).max(100),
  /** Hours of training in the year before; 0 where none is asked. */
  'examiners.training': z.int().min(0).max(2_000),
  /** At most so many candidates for one examiner of a skills panel. */
  'panel.candidates-each': z.int().min(1).max(100),
  'panel.size': z.int().min(1).max(15),
  'panel.odd': z.boolean(),
  /** Of a room's examiners, at least one in so many is new against the panel before; 0 where no turnover is asked. */
  'panel.turnover': z.int().min(0).max(15),
  'supervision.present': z.int().min(0).max(10),
  'supervision.term': z.int().min(1).max(50),
  /** Of those in a room that is inspected, so many are looked at. */
  'supervision.inspection-candidates': z.int().min(1).max(100),
} as const;

export type RuleValueId = keyof typeof VALUES;
export type RuleValues = { readonly [K in RuleValueId]: z.infer<(typeof VALUES)[K]> };

/** Ids of the values that `ruleValues` returns, for packs under construction and for tests. */
export const ruleValueIds = Object.keys(VALUES) as RuleValueId[];

export type RuleValueFault = { clauseId: RuleValueId; reason: 'missing' | 'out-of-bounds' };

/**
 * The pack's values, typed and within bounds.
 *
 * @returns every fault, in the order of `ruleValueIds`, when a value is missing or out of bounds; never throws
 */
export function checkRuleValues(pack: RulePack): Result<RuleValues, RuleValueFault[]> {
  const values: Record<string, unknown> = {};
  const faults: RuleValueFault[] = [];
  for (const clauseId of ruleValueIds) {
    const clause = pack.clauses.find((c) => c.id === clauseId);
    if (clause?.value === undefined) {
      faults.push({ clauseId, reason: 'missing' });
      continue;
    }
    const parsed = VALUES[clauseId].safeParse(clause.value);
    if (parsed.success) values[clauseId] = parsed.data;
    else faults.push({ clauseId, reason: 'out-of-bounds' });
  }
  return faults.length > 0 ? err(faults) : ok(values as RuleValues);
}

/**
 * The values of a pack that `loadRulePack` has let through.
 *
 * @throws Error when a value is missing: a pack that was never checked is a defect of the caller
 */
export function ruleValues(pack: RulePack): RuleValues {
  const checked = checkRuleValues(pack);
  if (!checked.ok) throw new Error(`rule pack ${pack.id} lacks ${checked.error.map((f) => f.clauseId).join(', ')}`);
  return checked.value;
}

/**
 * The clause to show beside a decision.
 *
 * @throws Error when the pack has no such clause: ids are written in code, so that is a defect
 */
export function clauseOf(pack: RulePack, clauseId: string): Clause {
  const clause = pack.clauses.find((c) => c.id === clauseId);
  if (clause === undefined) throw new Error(`rule pack ${pack.id} has no clause ${clauseId}`);
  return clause;
}

/** What a value may be, for whoever changes it at a desk. */
export type ValueBounds =
  | { kind: 'number'; min: number; max: number }
  | { kind: 'yes-no' }
  | { kind: 'choice'; options: string[] }
  | { kind: 'text'; max: number };

/** @returns null for a clause whose value the station does not ask for: there is nothing to change */
export function valueBounds(clauseId: string): ValueBounds | null {
  if (!Object.hasOwn(VALUES, clauseId)) return null;
  const schema = z.toJSONSchema(VALUES[clauseId as RuleValueId]) as {
    type?: string;
    enum?: string[];
    minimum?: number;
    maximum?: number;
    maxLength?: number;
  };
  if (schema.enum) return { kind: 'choice', options: schema.enum };
  if (schema.type === 'boolean') return { kind: 'yes-no' };
  if (schema.type === 'string') return { kind: 'text', max: schema.maxLength ?? 80 };
  return { kind: 'number', min: schema.minimum!, max: schema.maximum! };
}

/** Whether the station would take this value of this clause. */
export const isRuleValue = (clauseId: string, value: unknown): boolean =>
  Object.hasOwn(VALUES, clauseId) && VALUES[clauseId as RuleValueId].safeParse(value).success;

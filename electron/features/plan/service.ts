import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Clock } from '../../lib/clock.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Sealed, Vault } from '../../vault/vault.ts';
import type { PlanCheck, PlanOverview, PlanProblem, PlanSummary } from './contract.ts';
import { planEvents } from './events.ts';
import { importPlan, type NamedFile } from './import-plan.ts';
import { readPlanPackage, signerFingerprint } from './package.ts';
import { type AssignedPanel, PlanBook } from './plan-book.ts';
import { centreRecipients, type Plan, type Rubric } from './plan-schema.ts';
import { type AdoptedPlan, insertPlan, insertPlanPhoto, latestPlan, planPhoto } from './store.ts';

interface Checked {
  atMs: number;
  plan: Plan;
  photos: ReadonlyMap<string, Uint8Array>;
  summary: PlanSummary;
}

/** The plan in force, kept in memory; reloaded when another is adopted. */
export interface PlanShelf {
  adopted(): AdoptedPlan | null;
  book(): PlanBook | null;
  reload(): void;
}

/**
 * @param drawnSeat  the workstation a candidate has drawn, null for who has not
 * @param assigned  the panel assigned to a room, null where the plan's is in force
 */
export function planShelf(
  db: Db,
  drawnSeat: (candidateId: string) => string | null,
  assigned: AssignedPanel,
): PlanShelf {
  let adopted: AdoptedPlan | null = null;
  let book: PlanBook | null = null;
  const shelf = {
    adopted: () => adopted,
    book: () => book,
    reload() {
      adopted = latestPlan(db);
      book = adopted && new PlanBook(adopted.plan, drawnSeat, assigned);
    },
  };
  shelf.reload();
  return shelf;
}

export interface PlanDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  vault: Vault;
  shelf: PlanShelf;
  /** Checked, not yet adopted; held in memory only, so that an unsaved plan leaves nothing behind. */
  checks: Map<string, Checked>;
  /** Whether a candidate stands at a door now. */
  atDoor: (candidateId: string) => boolean;
  siteFilingNumber: () => string | null;
  /** True while what is on record under the plan in force, or under ids of the next one, forbids to replace it. */
  planInUse: (next: Plan) => boolean;
  hasRulePack: (id: string) => boolean;
  /** Rubrics that came as files of their own: a workbook may name one without bringing it. */
  rubricLibrary: () => Rubric[];
  changed: () => void;
}

/** A check that nobody adopts is forgotten when this many newer ones came, or after this time: it holds every photo. */
const CHECKS_KEPT = 3;
const CHECK_KEPT_MS = 30 * 60_000;

export async function checkWorkbook(
  deps: PlanDeps,
  caller: Caller,
  files: { workbook: Uint8Array; photos: NamedFile[] },
): Promise<PlanCheck> {
  const read = await importPlan({ ...files, keptRubrics: deps.rubricLibrary() });
  if (!read.ok) return refuseCheck(deps, caller, read.error.problems);
  return acceptCheck(deps, caller, { ...read.value, signed: false });
}

export type PackageCheck = PlanCheck | { kind: 'unknown-signer'; fingerprint: string };

/** @param trustOnFirstUse  the lead has compared the fingerprint with the centre's paper */
export async function checkPackage(
  deps: PlanDeps,
  caller: Caller,
  bytes: Uint8Array,
  trustOnFirstUse: boolean,
): Promise<PackageCheck> {
  const known = deps.shelf.book()?.plan.centre.verificationKeys ?? [];
  const signer = await signerFingerprint(bytes);
  const unknownSigner = (fingerprint: string): PackageCheck => {
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actorOf(caller, 'site-lead'), planEvents.unknownSigner, { fingerprint }),
    );
    return { kind: 'unknown-signer', fingerprint };
  };
  if (known.length === 0 && !trustOnFirstUse && signer.ok) return unknownSigner(signer.value);
  const read = await readPlanPackage(bytes, known.length > 0 ? known : 'signer-in-package');
  if (read.ok) return acceptCheck(deps, caller, { ...read.value, signed: true });
  if (read.error.code === 'unknown-signer' && signer.ok) return unknownSigner(signer.value);
  return refuseCheck(deps, caller, read.error.problems);
}

function refuseCheck(deps: PlanDeps, caller: Caller, problems: PlanProblem[]): PlanCheck {
  const codes = [...new Set(problems.map((p) => p.code))];
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller, 'site-lead'), planEvents.checkFailed, { problems: problems.length, codes }),
  );
  return { kind: 'problems', problems };
}

interface ReadPlan {
  plan: Plan;
  photos: ReadonlyMap<string, Uint8Array>;
  warnings: readonly { zh: string; en: string }[];
  signed: boolean;
}

function acceptCheck(deps: PlanDeps, caller: Caller, read: ReadPlan): PlanCheck {
  const { plan, photos } = read;
  if (!deps.hasRulePack(plan.rulePack)) {
    const text = { zh: `没有规则包“${plan.rulePack}”`, en: `There is no rule pack "${plan.rulePack}"` };
    return refuseCheck(deps, caller, [{ sheet: '考核点', row: 0, column: '', code: 'rule-pack-unknown', text }]);
  }
  const summary: PlanSummary = {
    planId: plan.planId,
    batch: plan.batch,
    siteName: plan.site.name,
    centreName: plan.centre.name,
    sessions: plan.sessions.length,
    rooms: plan.rooms.length,
    candidates: plan.candidates.length,
    examiners: plan.examiners.length,
    photos: photos.size,
    digest: createHash('sha256').update(canonicalJson(plan)).digest('hex'),
    signed: read.signed,
    warnings: [...read.warnings],
  };
  const checkId = newId('CHECK');
  deps.checks.set(checkId, { atMs: deps.clock.monotonicMs(), plan, photos, summary });
  for (const old of [...deps.checks.keys()].slice(0, -CHECKS_KEPT)) deps.checks.delete(old);
  return { kind: 'ready', checkId, summary };
}

/** Lets go of plans that were checked and not adopted for half an hour. Asked for every second. */
export function forgetChecks(deps: Pick<PlanDeps, 'checks' | 'clock'>): void {
  const nowMs = deps.clock.monotonicMs();
  for (const [id, { atMs }] of deps.checks) if (nowMs - atMs >= CHECK_KEPT_MS) deps.checks.delete(id);
}

type AdoptError =
  | { code: 'CHECK_EXPIRED' }
  | { code: 'PLAN_IN_USE' }
  | { code: 'OTHER_SITE'; data: { planSite: string } };

/** Saves a checked plan and its photographs, all of it or nothing. */
export async function adoptPlan(
  deps: PlanDeps,
  caller: Caller,
  checkId: string,
): Promise<Result<PlanOverview, AdoptError>> {
  const actor = actorOf(caller, 'site-lead');
  const refused = (error: AdoptError) => {
    inTransaction(deps.db, (w) => deps.journal.append(w, actor, planEvents.adoptRefused, { code: error.code }));
    return err(error);
  };
  const checked = deps.checks.get(checkId);
  if (!checked) return refused({ code: 'CHECK_EXPIRED' });
  const { plan, summary } = checked;
  if (plan.site.filingNumber !== deps.siteFilingNumber()) {
    return refused({ code: 'OTHER_SITE', data: { planSite: plan.site.name } });
  }
  if (deps.planInUse(plan)) return refused({ code: 'PLAN_IN_USE' });

  const stored: Sealed[] = [];
  for (const [subject, bytes] of checked.photos) {
    const mediaType = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg';
    const label = { sessionId: null, kind: 'plan-photo', subject, mediaType, beginMs: null, endMs: null } as const;
    const sealed = await deps.vault.write(bytes, label, centreRecipients(plan.centre));
    if (!sealed.ok) throw new Error(`a photograph could not be stored: ${sealed.error.code}`);
    stored.push(sealed.value);
  }
  const done = inTransaction(deps.db, (w): AdoptError | null => {
    // Somebody may have adopted it, or let a candidate in, while the photographs were written.
    if (deps.checks.get(checkId) !== checked) return { code: 'CHECK_EXPIRED' };
    if (deps.planInUse(plan)) return { code: 'PLAN_IN_USE' };
    insertPlan(w, { plan, summary, adoptedAtMs: deps.clock.wallMs() });
    for (const s of stored) {
      deps.vault.keep(w, s);
      insertPlanPhoto(w, summary.digest, s.subject!, s.evidenceId);
    }
    deps.journal.append(w, actor, planEvents.adopted, {
      planId: plan.planId,
      digest: summary.digest,
      signed: summary.signed,
      sessions: summary.sessions,
      candidates: summary.candidates,
      examiners: summary.examiners,
      centreRecipient: plan.centre.recipient,
    });
    return null;
  });
  if (done) return refused(done);
  // Whatever else was checked was checked against the plan before.
  deps.checks.clear();
  deps.shelf.reload();
  deps.changed();
  return ok(planOverview(deps.shelf)!);
}

export function planOverview(shelf: PlanShelf): PlanOverview | null {
  const adopted = shelf.adopted();
  const book = shelf.book();
  if (!adopted || !book) return null;
  return {
    summary: adopted.summary,
    adoptedAtMs: adopted.adoptedAtMs,
    sessions: book.plan.sessions.map((s) => ({
      sessionId: s.sessionId,
      label: s.label,
      part: s.part,
      occupation: s.occupation,
      level: s.level,
      startsAtMs: s.startsAtMs,
      endsAtMs: s.endsAtMs,
      rooms: book.roomsOf(s.sessionId).map((r) => ({
        roomId: r.roomId,
        name: r.name,
        location: r.location,
        candidates: book.candidatesOf(s.sessionId, r.roomId).length,
        cameras: r.cameras,
      })),
    })),
    examiners: book.plan.examiners.map((e) => ({ examinerId: e.examinerId, name: e.name, grade: e.grade })),
  };
}

/** The evidence record of a candidate's reference photograph, null where the plan has none. */
export function photoEvidence(deps: Pick<PlanDeps, 'db' | 'shelf'>, candidateId: string): EvidenceId | null {
  const candidate = deps.shelf.book()?.candidate(candidateId);
  const digest = deps.shelf.adopted()?.summary.digest;
  return candidate && digest ? planPhoto(deps.db, digest, candidate.photo.sha256) : null;
}

/** The evidence record of a photograph of the plan's block list, null where the plan has none. */
export function blockedPhotoEvidence(deps: Pick<PlanDeps, 'db' | 'shelf'>, blockedId: string): EvidenceId | null {
  const blocked = deps.shelf.book()?.plan.blocked?.find((b) => b.blockedId === blockedId);
  const digest = deps.shelf.adopted()?.summary.digest;
  return blocked && digest ? planPhoto(deps.db, digest, blocked.photo.sha256) : null;
}

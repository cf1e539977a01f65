import type { Migration, ReadDb, WriteDb } from '../../db/database.ts';
import { neverEdited } from '../../db/database.ts';
import type { EvidenceId } from '../../lib/ids.ts';
import type { PlanSummary } from './contract.ts';
import type { Plan } from './plan-schema.ts';

export const planMigration: Migration = {
  id: 50,
  name: 'plan',
  sql: `
    CREATE TABLE plans (
      adopted_ms INTEGER NOT NULL, plan_id TEXT NOT NULL, digest TEXT NOT NULL, plan TEXT NOT NULL, summary TEXT NOT NULL
    ) STRICT;
    CREATE TABLE plan_photos (
      digest TEXT NOT NULL, photo_sha256 TEXT NOT NULL, evidence_id TEXT NOT NULL REFERENCES evidence,
      PRIMARY KEY (digest, photo_sha256)
    ) STRICT;
    ${neverEdited('plans')}
    ${neverEdited('plan_photos')}
  `,
};

export interface AdoptedPlan {
  plan: Plan;
  summary: PlanSummary;
  adoptedAtMs: number;
}

/** The plan in force: the one adopted last. */
export function latestPlan(db: ReadDb): AdoptedPlan | null {
  const row = db.prepare('SELECT plan, summary, adopted_ms FROM plans ORDER BY rowid DESC LIMIT 1').get() as
    | { plan: string; summary: string; adopted_ms: number }
    | undefined;
  if (!row) return null;
  return {
    plan: JSON.parse(row.plan) as Plan,
    summary: JSON.parse(row.summary) as PlanSummary,
    adoptedAtMs: row.adopted_ms,
  };
}

export function insertPlan(w: WriteDb, adopted: AdoptedPlan): void {
  const { plan, summary, adoptedAtMs } = adopted;
  w.prepare('INSERT INTO plans (adopted_ms, plan_id, digest, plan, summary) VALUES (?, ?, ?, ?, ?)').run(
    adoptedAtMs,
    plan.planId,
    summary.digest,
    JSON.stringify(plan),
    JSON.stringify(summary),
  );
}

export function insertPlanPhoto(w: WriteDb, digest: string, photoSha256: string, evidenceId: EvidenceId): void {
  w.prepare('INSERT OR IGNORE INTO plan_photos (digest, photo_sha256, evidence_id) VALUES (?, ?, ?)').run(
    digest,
    photoSha256,
    evidenceId,
  );
}

export function planPhoto(db: ReadDb, digest: string, photoSha256: string): EvidenceId | null {
  const row = db
    .prepare('SELECT evidence_id AS id FROM plan_photos WHERE digest = ? AND photo_sha256 = ?')
    .get(digest, photoSha256) as { id: EvidenceId } | undefined;
  return row?.id ?? null;
}

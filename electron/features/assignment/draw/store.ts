import { type Migration, neverEdited, type ReadDb, type WriteDb } from '../../../db/database.ts';
import type { DrawnSeat } from '../../draw/panels/check-draw.ts';
import type { DrawCommitment } from '../../draw/panels/commitment.ts';
import type { DrawInput } from '../../draw/panels/draw-input.ts';
import type { Violation } from '../../examiners/violation.ts';
import type { DrawParty, DrawStage } from './contract.ts';

export const panelDrawMigration: Migration = {
  id: 221,
  name: 'panel-draw',
  sql: `
    -- The steps of a draw of panels, each taken once (shares once for each party); where it stands follows from them.
    CREATE TABLE draw_steps (
      draw_id TEXT NOT NULL, step TEXT NOT NULL, party TEXT NOT NULL, data TEXT NOT NULL, by_staff TEXT NOT NULL,
      at_ms INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (draw_id, step, party)
    ) STRICT;
    -- Working state: shares sealed here and not opened yet. They leave this table when they are opened.
    CREATE TABLE draw_secrets (
      draw_id TEXT NOT NULL, party TEXT NOT NULL, share TEXT NOT NULL, said TEXT NOT NULL, PRIMARY KEY (draw_id, party)
    ) STRICT;
    ${neverEdited('draw_steps')}
  `,
};

/** What each step leaves behind. */
export interface DrawStepData {
  prepared: {
    planDigest: string;
    sessionIds: string[];
    input: DrawInput;
    inputSha256: string;
    witnessSha256: string;
    seniorLead: boolean;
    /** Who is allowed on no seat, and why. */
    excluded: { examinerId: string; findings: Violation[] }[];
  };
  'share-sealed': { sha256: string; keptHere: boolean };
  committed: { commitment: DrawCommitment; sha256: string };
  'share-opened': { share: string; said: string };
  opened: { seed: string };
  drawn: { drawn: DrawnSeat[]; reserves: string[]; tookMs: number };
  applied: { rooms: number };
  cancelled: { reason: string };
}
export type DrawStep = keyof DrawStepData;

interface StepRow<S extends DrawStep> {
  data: DrawStepData[S];
  byStaffId: string;
  atMs: number;
  seq: number;
}

/** A draw as far as it has come. */
export interface Draw {
  drawId: string;
  stage: DrawStage;
  prepared: StepRow<'prepared'>;
  sealed: Partial<Record<DrawParty, StepRow<'share-sealed'>>>;
  committed: StepRow<'committed'> | null;
  shares: Partial<Record<DrawParty, StepRow<'share-opened'>>>;
  opened: StepRow<'opened'> | null;
  drawn: StepRow<'drawn'> | null;
  applied: StepRow<'applied'> | null;
  cancelled: StepRow<'cancelled'> | null;
}

interface DbRow {
  drawId: string;
  step: DrawStep;
  party: DrawParty | '';
  data: string;
  byStaffId: string;
  atMs: number;
  seq: number;
}

const STEPS = `SELECT draw_id AS drawId, step, party, data, by_staff AS byStaffId, at_ms AS atMs, seq FROM draw_steps`;

function drawOf(rows: readonly DbRow[]): Draw {
  const read = <S extends DrawStep>(row: DbRow | undefined): StepRow<S> | null =>
    row ? { data: JSON.parse(row.data), byStaffId: row.byStaffId, atMs: row.atMs, seq: row.seq } : null;
  const step = <S extends DrawStep>(name: S) => read<S>(rows.find((r) => r.step === name));
  const byParty = <S extends DrawStep>(name: S) =>
    Object.fromEntries(rows.filter((r) => r.step === name).map((r) => [r.party, read<S>(r)!]));
  const later = (['cancelled', 'applied', 'drawn', 'opened', 'committed'] as const).find((name) =>
    rows.some((r) => r.step === name),
  );
  return {
    drawId: rows[0]!.drawId,
    stage: later ?? 'prepared',
    prepared: step('prepared')!,
    sealed: byParty('share-sealed'),
    committed: step('committed'),
    shares: byParty('share-opened'),
    opened: step('opened'),
    drawn: step('drawn'),
    applied: step('applied'),
    cancelled: step('cancelled'),
  };
}

export function findDraw(db: ReadDb, drawId: string): Draw | null {
  const rows = db.prepare(`${STEPS} WHERE draw_id = ? ORDER BY rowid`).all(drawId) as DbRow[];
  return rows.length === 0 ? null : drawOf(rows);
}

/** Draws that concern a session, oldest first. */
export function drawsFor(db: ReadDb, sessionId: string): Draw[] {
  const ids = db
    .prepare(
      `SELECT draw_id AS id FROM draw_steps, json_each(data, '$.sessionIds')
       WHERE step = 'prepared' AND json_each.value = ? ORDER BY draw_steps.rowid`,
    )
    .all(sessionId) as { id: string }[];
  return ids.map(({ id }) => findDraw(db, id)!);
}

export function insertDrawStep<S extends DrawStep>(
  w: WriteDb,
  at: { drawId: string; step: S; party?: DrawParty; byStaffId: string; atMs: number; seq: number },
  data: DrawStepData[S],
): void {
  w.prepare(
    'INSERT INTO draw_steps (draw_id, step, party, data, by_staff, at_ms, seq) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ).run(at.drawId, at.step, at.party ?? '', JSON.stringify(data), at.byStaffId, at.atMs, at.seq);
}

export interface KeptShare {
  share: string;
  said: string;
}

export function keepShare(w: WriteDb, drawId: string, party: DrawParty, { share, said }: KeptShare): void {
  w.prepare('INSERT INTO draw_secrets (draw_id, party, share, said) VALUES (?, ?, ?, ?)').run(
    drawId,
    party,
    share,
    said,
  );
}

/** The share kept here until now; it is kept no longer. */
export function takeShare(w: WriteDb, drawId: string, party: DrawParty): KeptShare | null {
  const row = w.prepare('SELECT share, said FROM draw_secrets WHERE draw_id = ? AND party = ?').get(drawId, party);
  w.prepare('DELETE FROM draw_secrets WHERE draw_id = ? AND party = ?').run(drawId, party);
  return (row as KeptShare | undefined) ?? null;
}

/** The draw whose result was taken over last in a session, under a plan; null where none was. */
export function appliedDraw(db: ReadDb, planDigest: string, sessionId: string) {
  const draw = drawsFor(db, sessionId).findLast((d) => d.applied !== null && d.prepared.data.planDigest === planDigest);
  if (!draw?.applied || !draw.drawn) return null;
  const { input, excluded } = draw.prepared.data;
  return {
    drawId: draw.drawId,
    atMs: draw.applied.atMs,
    drawn: draw.drawn.data.drawn.filter((d) => d.sessionId === sessionId),
    reserves: draw.drawn.data.reserves,
    examiners: input.examiners.length,
    excluded: excluded.length,
  };
}

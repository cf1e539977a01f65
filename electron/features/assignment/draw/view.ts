import type { ReadDb } from '../../../db/database.ts';
import { DRAW_CODE } from '../../draw/panels/draw-panels.ts';
import { clauseOf } from '../../rules/rule-values.ts';
import type { AssignmentDeps } from '../deps.ts';
import type { DrawParty, DrawView } from './contract.ts';
import { type Draw, findDraw } from './store.ts';

const SHOWN: readonly DrawParty[] = ['site', 'supervisor', 'centre'];

/** A draw in the names people know, as far as it has come; null where there is none of this id. */
export function drawView(deps: AssignmentDeps, db: ReadDb, drawId: string): DrawView | null {
  const draw = findDraw(db, drawId);
  return draw && viewOf(deps, draw);
}

export function viewOf(deps: AssignmentDeps, draw: Draw): DrawView {
  const book = deps.shelf.book();
  const { prepared, committed, opened, drawn, applied, cancelled } = draw;
  const { input, excluded, inputSha256, witnessSha256, seniorLead } = prepared.data;
  const named = (examinerId: string) => ({ examinerId, name: book?.examiner(examinerId)?.name ?? examinerId });
  const staff = new Map(deps.staff().map((m) => [m.staffId as string, m.name]));
  const pack = deps.pack(input.sessions[0]!.sessionId);
  const label = (id: string) => book?.session(id)?.label ?? id;
  const done = (row: { atMs: number; seq: number }) => ({ atMs: row.atMs, seq: row.seq });
  return {
    drawId: draw.drawId,
    stage: draw.stage,
    sessions: input.sessions.map(({ sessionId, startsAtMs }) => ({ sessionId, label: label(sessionId), startsAtMs })),
    prepared: done(prepared),
    input: {
      sha256: inputSha256,
      witnessSha256,
      code: committed?.data.commitment.code ?? DRAW_CODE,
      examiners: input.examiners.length,
      rooms: input.panels.length,
      seats: input.panels.reduce((n, p) => n + p.seats.length, 0),
      seniorLead,
      dutiesPerDay: input.limits.dutiesPerDay,
    },
    excluded: excluded.map(({ examinerId, findings }) => ({
      ...named(examinerId),
      rules: [...new Set(findings.map((f) => f.ruleId))].map((ruleId) => ({
        ruleId,
        text: clauseOf(pack, ruleId).text,
      })),
    })),
    shares: SHOWN.map((party) => {
      const sealed = draw.sealed[party];
      const share = draw.shares[party];
      return {
        party,
        sealed: sealed
          ? { ...done(sealed), sha256: sealed.data.sha256, byName: staff.get(sealed.byStaffId) ?? '' }
          : null,
        keptHere: sealed?.data.keptHere ?? true,
        opened: share ? { ...done(share), ...share.data } : null,
      };
    }),
    committed: committed && { ...done(committed), sha256: committed.data.sha256 },
    seed: opened?.data.seed ?? null,
    result: drawn && {
      ...done(drawn),
      rooms: input.panels.map(({ sessionId, roomId }) => ({
        sessionId,
        sessionLabel: label(sessionId),
        roomId,
        name: book?.room(roomId)?.name ?? roomId,
        seats: drawn.data.drawn
          .filter((d) => d.sessionId === sessionId && d.roomId === roomId)
          .map(({ examinerId, role }) => ({ ...named(examinerId), role })),
      })),
      reserves: drawn.data.reserves.map(named),
      tookMs: drawn.data.tookMs,
    },
    applied: applied && done(applied),
    cancelled: cancelled && {
      ...done(cancelled),
      reason: cancelled.data.reason,
      byName: staff.get(cancelled.byStaffId) ?? '',
    },
  };
}

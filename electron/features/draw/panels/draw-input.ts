import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { ExaminerId, RoomId, SessionId } from '../../../lib/ids.ts';

/** lead = 考评组长 (a senior examiner where the pack asks for one), member = 考评员, supervisor = 督导员, who marks nothing. */
export const SeatRole = z.enum(['lead', 'member', 'supervisor']);
export type SeatRole = z.infer<typeof SeatRole>;

const ids = z.array(ExaminerId).max(5_000);

/**
 * One panel to be drawn: a room in a session. `eligible` names who may take each role here once every rule about the
 * person, the room's candidates and the occupation has been evaluated; the draw knows no reasons.
 */
export const DrawPanel = z.strictObject({
  sessionId: SessionId,
  roomId: RoomId,
  seats: z.array(SeatRole).min(1).max(16),
  eligible: z.strictObject({ lead: ids, member: ids, supervisor: ids }),
  /** Who marked in this room last, where that panel is not in this draw; empty where none is known. */
  before: ids,
});
export type DrawPanel = z.infer<typeof DrawPanel>;

/**
 * Everything a draw of panels depends on besides the seed. Its canonical JSON (RFC 8785) is hashed and published before the
 * seed exists, so orders count: sessions by start, the rest as given.
 */
export const DrawInput = z.strictObject({
  format: z.literal('kaodian-panel-draw/1'),
  drawId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  /** `inARow`: sessions served at this site, with none elsewhere between them, up to the first one drawn. */
  examiners: z.array(z.strictObject({ examinerId: ExaminerId, inARow: z.int().min(0).max(1_000) })).max(5_000),
  sessions: z
    .array(z.strictObject({ sessionId: SessionId, day: z.iso.date(), startsAtMs: z.int(), endsAtMs: z.int() }))
    .min(1)
    .max(60),
  panels: z.array(DrawPanel).min(1).max(1_000),
  /** Pairs who may not sit in one panel: kin, master and apprentice. */
  apart: z.array(z.tuple([ExaminerId, ExaminerId])).max(100_000),
  limits: z.strictObject({
    dutiesPerDay: z.int().min(1).max(10),
    /** Sessions at the site in a row, those before this draw among them; only one elsewhere would break the row. */
    inARow: z.int().min(1).max(1_000),
    /** Of a room's examiners, at least one in so many is new against the panel before; 0 where no turnover is asked. */
    newOneIn: z.int().min(0).max(16),
  }),
});
export type DrawInput = z.infer<typeof DrawInput>;

export type DrawInputFault =
  | { code: 'unknown-id'; id: string; where: string }
  | { code: 'double-id'; id: string; where: string }
  | { code: 'sessions-unordered' };

/** What the schema cannot see: ids that name nothing or stand twice, sessions out of order. Empty means sound. */
export function drawInputFaults(input: DrawInput): DrawInputFault[] {
  const examiners = new Set<string>(input.examiners.map((e) => e.examinerId));
  const sessions = new Set<string>(input.sessions.map((s) => s.sessionId));
  const faults: DrawInputFault[] = [];
  const twice = (list: readonly string[], where: string) => {
    const seen = new Set<string>();
    for (const id of list) {
      if (seen.has(id)) faults.push({ code: 'double-id', id, where });
      seen.add(id);
    }
  };
  twice(
    input.examiners.map((e) => e.examinerId),
    'examiners',
  );
  twice(
    input.sessions.map((s) => s.sessionId),
    'sessions',
  );
  twice(
    input.panels.map((p) => `${p.sessionId}/${p.roomId}`),
    'panels',
  );
  const known = (list: readonly string[], where: string) => {
    twice(list, where);
    for (const id of list) if (!examiners.has(id)) faults.push({ code: 'unknown-id', id, where });
  };
  for (const panel of input.panels) {
    const where = `${panel.sessionId}/${panel.roomId}`;
    if (!sessions.has(panel.sessionId)) faults.push({ code: 'unknown-id', id: panel.sessionId, where });
    for (const role of SeatRole.options) known(panel.eligible[role], `${where} ${role}`);
    twice(panel.before, `${where} before`);
  }
  for (const pair of input.apart) known(pair, 'apart');
  const starts = input.sessions.map((s) => s.startsAtMs);
  if (starts.some((ms, i) => i > 0 && ms < starts[i - 1]!)) faults.push({ code: 'sessions-unordered' });
  return faults;
}

/** SHA-256 of the canonical input, in lower-case hex: what is published before the seed exists. */
export const drawInputHash = (input: DrawInput): string =>
  createHash('sha256').update(canonicalJson(input)).digest('hex');

import { z } from 'zod';
import { Violation } from '../../examiners/violation.ts';

export const PANELS_PATH = 'data/3-process/panels.json.age';

const text = z.string().max(200);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Seats = z.array(z.object({ examinerId: text, duty: text })).max(64);

const Evaluation = z.object({
  evaluationId: text,
  stage: z.enum(['assignment', 'sign-on', 'sealing']),
  version: z.int().nonnegative(),
  examinerId: text.nullable(),
  factsSha256: Hash,
  packSha256: Hash,
  clauses: z.array(z.object({ ruleId: text, outcome: text })).max(500),
  findings: z.array(Violation).max(5_000),
  decisions: z.array(z.object({ finding: z.int().nonnegative(), reason: z.string(), byStaffId: text })).max(5_000),
  atMs: z.number(),
  seq: z.int().nonnegative(),
});
export type Evaluation = z.infer<typeof Evaluation>;

/** What the claims read of `kaodian-panels/1`; see `panelsDocument` of assignment. */
export const PanelsDocument = z.object({
  format: z.literal('kaodian-panels/1'),
  rooms: z.array(
    z.object({
      roomId: text,
      planned: Seats,
      changes: z.array(z.object({ version: z.int().positive(), panel: Seats, seq: z.int().nonnegative() })).max(5_000),
      evaluations: z.array(Evaluation).max(5_000),
    }),
  ),
  facts: z.record(Hash, z.unknown()),
});
export type PanelsDocument = z.infer<typeof PanelsDocument>;
export type RoomPanels = PanelsDocument['rooms'][number];

/** Who a room's panel was when the journal had come so far: the last change before it, or the plan's. Lead first. */
export function panelAt(room: RoomPanels, seq: number): { version: number; panel: RoomPanels['planned'] } {
  const change = room.changes
    .filter((c) => c.seq < seq)
    .sort((a, b) => a.version - b.version)
    .at(-1);
  const { version, panel } = change ?? { version: 0, panel: room.planned };
  return { version, panel: panel.toSorted((a, b) => Number(b.duty === 'lead') - Number(a.duty === 'lead')) };
}

/** The panels in force at the end, as the plan's document spells panels. */
export const panelsInForce = (
  document: PanelsDocument,
): { roomId: string; examinerId: string; duty: 'lead' | 'member' }[] =>
  document.rooms.flatMap((room) =>
    panelAt(room, Number.POSITIVE_INFINITY).panel.flatMap(({ examinerId, duty }) =>
      duty === 'lead' || duty === 'member' ? [{ roomId: room.roomId, examinerId, duty }] : [],
    ),
  );

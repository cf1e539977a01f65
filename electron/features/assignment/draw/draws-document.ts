import type { ReadDb } from '../../../db/database.ts';
import type { PublishedDraw } from '../../draw/panels/verify-draw.ts';
import { publishedDraw } from './result.ts';
import { drawsFor } from './store.ts';

/** One draw of a session as its bundle keeps it. */
export interface DrawRecord {
  drawId: string;
  stage: string;
  /** Journal entries of the steps taken. */
  seq: { prepared: number; committed: number | null; opened: number | null; drawn: number | null };
  /** Null where it came to no result. */
  published: PublishedDraw | null;
  cancelled: string | null;
}

/** Every draw of panels that concerned a session (`kaodian-panel-draws/1`), also those that were cancelled. */
export const drawsDocument = (db: ReadDb, sessionId: string): { format: string; draws: DrawRecord[] } => ({
  format: 'kaodian-panel-draws/1',
  draws: drawsFor(db, sessionId).map((draw) => ({
    drawId: draw.drawId,
    stage: draw.stage,
    seq: {
      prepared: draw.prepared.seq,
      committed: draw.committed?.seq ?? null,
      opened: draw.opened?.seq ?? null,
      drawn: draw.drawn?.seq ?? null,
    },
    published: publishedDraw(draw),
    cancelled: draw.cancelled?.data.reason ?? null,
  })),
});

import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { ReadDb } from '../db/database.ts';
import { standingSignOff } from '../features/archive/closing.ts';
import type { ArchiveDeps } from '../features/archive/deps.ts';
import { drawsFor } from '../features/assignment/draw/store.ts';
import { recusalsIn } from '../features/assignment/exception-store.ts';
import { changesIn, evaluationsOf } from '../features/assignment/store.ts';
import type { FormsDeps } from '../features/forms/deps.ts';
import type { PanelRecordFacts } from '../features/forms/form-facts.ts';
import { findStaff } from '../features/staff/store.ts';
import type { Foundation } from './foundation.ts';

/** What the printed forms are made of, asked of the features that have it on record. */
export function formsDeps(f: Foundation, archive: ArchiveDeps): FormsDeps {
  const { db, journal, clock, vault, ring, shelf } = f;
  const { rules, pack } = archive;
  const book = () => shelf.book();
  return {
    db,
    journal,
    clock,
    vault,
    book,
    rules,
    pack,
    site: () => ring.site(),
    staffName: (staffId) => findStaff(db, staffId)?.name ?? staffId,
    results: archive.results,
    panels: {
      changes: (sessionId) => changesIn(db, sessionId),
      evaluations: (sessionId) => evaluationsOf(db, sessionId),
      recusals: (sessionId) => recusalsIn(db, sessionId),
      draw: (sessionId) => drawOf(db, sessionId),
    },
    leadSignature: (sessionId) => standingSignOff(archive, book()!, sessionId)?.evidenceId ?? null,
    sessionState: archive.sessionState,
    version: packageJson.version,
    printing: new Map(),
    fontsDir: join(f.options.resourcesDir, 'fonts'),
    rehearsal: f.options.rehearsal ?? false,
  };
}

/** The draw whose result is in force in the session, by what was published of it. */
function drawOf(db: ReadDb, sessionId: string): PanelRecordFacts['draw'] {
  const draw = drawsFor(db, sessionId).findLast((d) => d.applied !== null);
  if (!draw?.committed) return null;
  const { drawId, committed, opened } = draw;
  return { drawId, commitmentSha256: committed.data.sha256, seed: opened?.data.seed ?? null, atMs: committed.atMs };
}

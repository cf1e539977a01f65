import { join } from 'node:path';
import { standingSignOff } from '../features/archive/closing.ts';
import type { ArchiveDeps } from '../features/archive/deps.ts';
import { changesIn, evaluationsOf } from '../features/assignment/store.ts';
import type { FormsDeps } from '../features/forms/deps.ts';
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
      draw: () => null,
    },
    leadSignature: (sessionId) => standingSignOff(archive, book()!, sessionId)?.evidenceId ?? null,
    fontsDir: join(f.options.resourcesDir, 'fonts'),
    rehearsal: f.options.rehearsal ?? false,
  };
}

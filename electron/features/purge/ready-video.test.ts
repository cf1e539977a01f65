import { expect, test } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { vaultMigration } from '../../vault/vault.ts';
import { type PurgeDeps, readyVideo } from './service.ts';
import { purgeMigration } from './store.ts';

const DAY_MS = 24 * 3_600_000;

interface Kept {
  endedMs: number | null;
  receipt?: boolean;
  files?: number;
}

/** Sessions as the purge sees them on day 100, video kept for 30 days; every file has ten bytes. */
function readyOf(sessions: Record<string, Kept>): [string, number][] {
  const db = openDatabase(':memory:', [vaultMigration, purgeMigration]);
  const evidence = { kind: 'video', storedBytes: 10 };
  const deps = {
    db,
    clock: { wallMs: () => 100 * DAY_MS, monotonicMs: () => 0 },
    vault: {
      ofSession: (_db: unknown, id: string) =>
        Array.from({ length: sessions[id]?.files ?? 1 }, (_, i) => ({ ...evidence, evidenceId: `${id}-${i}` })),
    },
    sealedSessions: () => Object.keys(sessions).map((sessionId) => ({ sessionId, label: sessionId })),
    sessionEndMs: (id: string) => sessions[id]?.endedMs ?? null,
    bundleOf: (id: string) => ({ bundleId: id }),
    receiptOf: (id: string) => (sessions[id]?.receipt === false ? null : { receiptNumber: '1' }),
    daysOf: () => 30,
  };
  return readyVideo(deps as unknown as PurgeDeps).map((r) => [r.sessionId, r.bytes]);
}

const old = 10 * DAY_MS;
test.each<[string, Record<string, Kept>, [string, number][]]>([
  [
    'the oldest comes first',
    { B: { endedMs: old + 2 }, A: { endedMs: old, files: 3 }, C: { endedMs: old + 9 } },
    [
      ['A', 30],
      ['B', 10],
      ['C', 10],
    ],
  ],
  ['none without the centre’s receipt', { A: { endedMs: old, receipt: false }, B: { endedMs: old + 1 } }, [['B', 10]]],
  ['none that is still to be kept', { A: { endedMs: 70 * DAY_MS + 1 }, B: { endedMs: 70 * DAY_MS } }, [['B', 10]]],
  ['none that is gone already', { A: { endedMs: old, files: 0 } }, []],
  ['none that nobody knows the end of', { A: { endedMs: null } }, []],
])('video that may go: %s', (_name, sessions, ready) => {
  expect(readyOf(sessions)).toEqual(ready);
});

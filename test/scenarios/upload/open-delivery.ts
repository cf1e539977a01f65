import { createPrivateKey, createPublicKey } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { inTransaction, openDatabase } from '../../../electron/db/database.ts';
import { exportMediaMigration } from '../../../electron/features/archive/export/store.ts';
import { allBundles, archiveMigration, insertBundle } from '../../../electron/features/archive/store.ts';
import type { DeliveryDeps } from '../../../electron/features/delivery/deps.ts';
import { DeliveryQueue } from '../../../electron/features/delivery/queue.ts';
import { deliveryMigration } from '../../../electron/features/delivery/store.ts';
import { journalMigration, openJournal } from '../../../electron/journal/journal.ts';
import type { Clock } from '../../../electron/lib/clock.ts';
import { SessionId } from '../../../electron/lib/ids.ts';
import { vaultMigration } from '../../../electron/vault/vault.ts';

export interface StationFacts {
  dataDir: string;
  bundleDir: string;
  tagManifestSha256: string;
  bytes: number;
  stationKeyPem: string;
  centreKeyPem: string;
}

export const BUNDLE_ID = 'B-1';

/** What the queue stands on; the whole station's schema would only make each start slower. */
const migrations = [journalMigration, vaultMigration, archiveMigration, exportMediaMigration, deliveryMigration];

/** The real queue over a database on disk, with one sealed bundle to deliver. */
export function openDelivery(facts: StationFacts, address: string, clock: Clock) {
  const db = openDatabase(join(facts.dataDir, 'station.sqlite'), migrations);
  const journal = openJournal(db, clock, String(process.pid));
  const bundlesFolder = dirname(facts.bundleDir);
  if (allBundles(db, bundlesFolder).length === 0) {
    const row = {
      bundleId: BUNDLE_ID,
      sessionId: SessionId.parse('S1'),
      number: 1,
      sealedAtMs: 1,
      tookMs: 1,
      files: 1,
    };
    const { tagManifestSha256, bytes } = facts;
    inTransaction(db, (w) => insertBundle(w, { ...row, folder: basename(facts.bundleDir), bytes, tagManifestSha256 }));
  }
  const setting = JSON.stringify({ address, limitKBps: null, hours: null });
  const deps: DeliveryDeps = {
    db,
    journal,
    clock,
    setting: { read: () => setting, save: () => {} },
    storeKey: { read: () => null, save: () => {} },
    bundles: () => allBundles(db, bundlesFolder),
    declaredOf: () => 0,
    signer: () => ({ stationId: 'STATION-1', key: createPrivateKey(facts.stationKeyPem) }),
    stationId: () => 'STATION-1',
    centre: () => ({ keys: [createPublicKey(facts.centreKeyPem)], revoked: [] }),
    siteName: () => '',
    sessionLabel: (id) => id,
    rehearsal: false,
    fontsDir: '',
    changed: () => {},
  };
  return { db, deps, queue: new DeliveryQueue(deps, () => 1) };
}

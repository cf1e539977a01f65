/**
 * A station that delivers one bundle by its real queue, over a database on disk, until it is killed or has the receipt: then it
 * ends with 0.
 *
 * Arguments: a file with what `StationFacts` says, the centre's address.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { inTransaction, openDatabase } from '../../../electron/db/database.ts';
import { exportMediaMigration } from '../../../electron/features/archive/export/store.ts';
import { allBundles, archiveMigration, insertBundle } from '../../../electron/features/archive/store.ts';
import type { DeliveryDeps } from '../../../electron/features/delivery/deps.ts';
import { DeliveryQueue } from '../../../electron/features/delivery/queue.ts';
import { deliveryMigration, deliveryOf, receiptFor } from '../../../electron/features/delivery/store.ts';
import { journalMigration, openJournal } from '../../../electron/journal/journal.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
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

const [factsFile, address] = process.argv.slice(2) as [string, string];
const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as StationFacts;
/** What the queue stands on; the whole station's schema would only make each start slower. */
const migrations = [journalMigration, vaultMigration, archiveMigration, exportMediaMigration, deliveryMigration];
const db = openDatabase(join(facts.dataDir, 'station.sqlite'), migrations);
const journal = openJournal(db, systemClock, String(process.pid));
const bundlesFolder = join(facts.bundleDir, '..');
if (allBundles(db, bundlesFolder).length === 0) {
  const row = { bundleId: 'B-1', sessionId: SessionId.parse('S1'), number: 1, sealedAtMs: 1, tookMs: 1, files: 1 };
  const { tagManifestSha256, bytes } = facts;
  inTransaction(db, (w) => insertBundle(w, { ...row, folder: basename(facts.bundleDir), bytes, tagManifestSha256 }));
}
const setting = JSON.stringify({ address, limitKBps: null, hours: null });
const deps: DeliveryDeps = {
  db,
  journal,
  clock: systemClock,
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
const queue = new DeliveryQueue(deps, () => 1);
const notes = join(facts.dataDir, 'refused');
while (receiptFor(db, 'B-1') === null) {
  const { refusals } = deliveryOf(db, 'B-1');
  // A person decides about these: the scenario ends.
  if (refusals !== null && !existsSync(notes)) writeFileSync(notes, refusals);
  queue.tick();
  await pause(20);
}
await queue.close();

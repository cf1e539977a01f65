/**
 * A station that delivers one bundle by its real queue, over a database on disk, until it is killed or has the receipt: then it
 * ends with 0.
 *
 * Arguments: a file with what `StationFacts` says, the centre's address.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deliveryOf, receiptFor } from '../../../electron/features/delivery/store.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import { BUNDLE_ID, openDelivery, type StationFacts } from './open-delivery.ts';

const [factsFile, address] = process.argv.slice(2) as [string, string];
const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as StationFacts;
const { db, queue } = openDelivery(facts, address, systemClock);
const notes = join(facts.dataDir, 'refused');
while (receiptFor(db, BUNDLE_ID) === null) {
  const { refusals } = deliveryOf(db, BUNDLE_ID);
  // A person decides about these: the scenario ends.
  if (refusals !== null && !existsSync(notes)) writeFileSync(notes, refusals);
  queue.tick();
  await pause(20);
}
await queue.close();

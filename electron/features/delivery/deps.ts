import type { KeyObject } from 'node:crypto';
import type { Db, WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import type { BundleRow } from '../archive/contract.ts';
import type { SettingStore } from './setting.ts';

export interface DeliveryDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  setting: SettingStore;
  /** The object storage's secret key, encrypted at rest; null while there is none or the keys are locked. */
  storeKey: { read(): string | null; save(w: WriteDb, secret: string): void };
  /** Every bundle of the station, in the order of sealing. */
  bundles: () => BundleRow[];
  /** Missing things that were declared for a session. */
  declaredOf: (sessionId: string) => number;
  /** The station's name and signing key; null while they are locked. */
  signer: () => { stationId: string; key: KeyObject } | null;
  stationId: () => string | null;
  /** Keys of the centre's card, and those it has withdrawn. */
  centre: () => { keys: readonly KeyObject[]; revoked: readonly KeyObject[] };
  siteName: () => string;
  sessionLabel: (sessionId: string) => string;
  rehearsal: boolean;
  fontsDir: string;
  changed: () => void;
}

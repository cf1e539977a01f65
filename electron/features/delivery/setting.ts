import type { WriteDb } from '../../db/database.ts';
import { DeliverySetting } from './contract.ts';

/** The place where the setting is kept, as text. */
export interface SettingStore {
  read(): string | null;
  save(w: WriteDb, value: string): void;
}

export const NOTHING_SENT: DeliverySetting = { address: null, limitKBps: null, hours: null, objectStore: null };

export function deliverySetting(store: SettingStore): DeliverySetting {
  const text = store.read();
  return text === null ? NOTHING_SENT : DeliverySetting.parse(JSON.parse(text));
}

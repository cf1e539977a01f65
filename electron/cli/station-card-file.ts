import { z } from 'zod';
import { SshEd25519Line } from '../features/plan/plan-schema.ts';
import { readTextFile, UsageError } from './command.ts';

/** What the office saves as `station-card.json`; more may stand in it. */
const Card = z.object({
  stationId: z.string().regex(/^[A-Z0-9][A-Z0-9-]{1,29}$/),
  siteName: z.string().min(1).max(200),
  signingKey: SshEd25519Line,
});
export type CardFile = z.infer<typeof Card>;

/** A station's own card, as the office saved it. @throws UsageError */
export async function readCardFile(file: string): Promise<CardFile> {
  const card = Card.safeParse(parsed(await readTextFile(file)));
  if (!card.success) throw new UsageError(`不是考点名片 not a station card: ${file}`);
  return card.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

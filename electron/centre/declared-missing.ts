import { z } from 'zod';
import { parseBoundedJson } from '../features/archive/bounded-json.ts';
import { openSmallItem } from '../features/archive/open-item.ts';
import type { Bag } from '../features/archive/read-bag.ts';

const DECLARATIONS_PATH = 'data/3-process/declarations.json.age';
const MAX_BYTES = 4 * 1024 * 1024;
const Declarations = z.object({ declarations: z.array(z.unknown()) });

/** How many missing things the site declared, so that the receipt can say that both count alike; null when it does not open. */
export async function countDeclared(bag: Bag, identities: readonly string[]): Promise<number | null> {
  const opened = await openSmallItem(bag, DECLARATIONS_PATH, identities, MAX_BYTES);
  const json = opened && parseBoundedJson(opened.bytes, MAX_BYTES);
  const read = json?.ok ? Declarations.safeParse(json.value) : undefined;
  return read?.success ? read.data.declarations.length : null;
}

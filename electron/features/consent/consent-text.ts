import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { ConsentText } from './contract.ts';

const Spoken = z.strictObject({ zh: z.string().min(1).max(600), en: z.string().min(1).max(900) });
const Paper = z.strictObject({ title: Spoken, paragraphs: z.array(Spoken).min(1).max(20) });

/** Pledge and consent as they lie in the resources, with `{site}` and `{centre}` to be filled in. */
export const ConsentResource = z.strictObject({
  format: z.literal('kaodian-consent/1'),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  /** Grows with every change of a word. */
  version: z.int().min(1),
  pledge: Paper,
  face: z.strictObject({ ...Paper.shape, agree: Spoken, decline: Spoken }),
});
export type ConsentResource = z.infer<typeof ConsentResource>;

/** @throws Error when the text is missing or not of its form: without it nobody could be asked */
export async function loadConsentResource(folder: string, id: string): Promise<ConsentResource> {
  const file = join(folder, `${id}.json`);
  try {
    return ConsentResource.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new Error(`the text of pledge and consent is unusable: ${file}`, { cause });
  }
}

/** The text as it is shown, and its hash: SHA-256 over the canonical JSON of everything but the hash. */
export function consentText(resource: ConsentResource, names: { site: string; centre: string }): ConsentText {
  const { format: _, ...text } = resource;
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string')
      return value.replace(/\{(site|centre)\}/g, (_, who: 'site' | 'centre') => names[who]);
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
  };
  const shown = fill(text) as Omit<ConsentText, 'sha256'>;
  return { ...shown, sha256: textHash(shown) };
}

/** @param shown  a text without its hash, as signed or as a bundle gives it */
export const textHash = (shown: unknown): string => createHash('sha256').update(canonicalJson(shown)).digest('hex');

import { err, ok, type Result } from '../../../lib/result.ts';

/**
 * What a service answered, parsed. Old services write the system's own encoding whatever they declare, so what is not
 * UTF-8 is read as GB 18030. Never throws.
 */
export function parseServiceJson(body: Uint8Array): Result<unknown, 'malformed'> {
  for (const encoding of ['utf-8', 'gb18030']) {
    let text: string;
    try {
      text = new TextDecoder(encoding, { fatal: true }).decode(body);
    } catch {
      continue;
    }
    try {
      return ok(JSON.parse(text) as unknown);
    } catch {
      return err('malformed');
    }
  }
  return err('malformed');
}

const SAM_ID = /^\d{2}\.\d{2}-\d{1,10}-\d{1,10}-\d{1,10}$/;

/** The module's number, wherever on the first level of an answer it stands; services name the field as they like. */
export function samIdIn(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null) return null;
  for (const value of Object.values(answer))
    if (typeof value === 'string' && SAM_ID.test(value.trim())) return value.trim();
  return null;
}

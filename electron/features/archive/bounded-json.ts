import { err, ok, type Result } from '../../lib/result.ts';

const MAX_DEPTH = 64;

/** Whether brackets nest deeper than anything the station writes; counted before parsing, so that no parser recurses. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at);
    if (inString) {
      if (c === 0x5c) at += 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (c === 0x7d || c === 0x5d) depth -= 1;
  }
  return false;
}

/** Parses JSON from a stranger: strict UTF-8, at most `maxBytes`, at most 64 levels. */
export function parseBoundedJson(
  bytes: Uint8Array,
  maxBytes: number,
): Result<unknown, 'too long' | 'too deep' | 'not UTF-8' | 'not JSON'> {
  if (bytes.length > maxBytes) return err('too long');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return err('not UTF-8');
  }
  if (isTooDeep(text)) return err('too deep');
  try {
    return ok(JSON.parse(text));
  } catch {
    return err('not JSON');
  }
}

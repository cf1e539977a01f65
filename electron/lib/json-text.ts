/** What a text says as JSON; undefined when it is none. For short texts of known origin: foreign ones are bounded first. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

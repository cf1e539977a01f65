/** What ICE needs of a session description: credentials and candidates. */
export interface IceDescription {
  ufrag: string;
  password: string;
  /** Lines as they stand, `a=candidate:...`. */
  candidates: string[];
}

const linesOf = (sdp: string): string[] => sdp.split(/\r?\n/).filter((line) => line !== '');
const attributeOf = (lines: readonly string[], name: string): string | null =>
  lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? null;

/** The ICE part of a description or fragment; null when its credentials are missing or malformed (RFC 8839, 5.4). */
export function iceOf(sdp: string): IceDescription | null {
  const lines = linesOf(sdp);
  const ufrag = attributeOf(lines, 'a=ice-ufrag');
  const password = attributeOf(lines, 'a=ice-pwd');
  const isIce = (text: string | null, least: number) =>
    text !== null && /^[A-Za-z0-9+/]{4,256}$/.test(text) && text.length >= least;
  if (!isIce(ufrag, 4) || !isIce(password, 22)) return null;
  return { ufrag: ufrag!, password: password!, candidates: lines.filter((line) => line.startsWith('a=candidate:')) };
}

/**
 * The fragment that tells a WHIP server of an ICE restart (RFC 8840, RFC 9725 4.3.2): the first media section stands for the
 * bundle.
 */
export function restartFragment(offer: string): string | null {
  const ice = iceOf(offer);
  const lines = linesOf(offer);
  const media = lines.find((line) => line.startsWith('m='));
  const mid = attributeOf(lines, 'a=mid');
  if (ice === null || media === undefined || mid === null) return null;
  return [
    `a=ice-ufrag:${ice.ufrag}`,
    `a=ice-pwd:${ice.password}`,
    media,
    `a=mid:${mid}`,
    ...ice.candidates,
    'a=end-of-candidates',
    '',
  ].join('\r\n');
}

/** The server's answer of before with its new credentials and candidates: what the browser takes as the answer to the restart. */
export function answerAfterRestart(answer: string, fragment: string): string | null {
  const ice = iceOf(fragment);
  if (ice === null) return null;
  let isFirst = true;
  return linesOf(answer)
    .flatMap((line) => {
      if (line.startsWith('a=ice-ufrag:')) return [`a=ice-ufrag:${ice.ufrag}`];
      if (line.startsWith('a=end-of-candidates')) return [];
      if (line.startsWith('a=candidate:')) return [];
      if (!line.startsWith('a=ice-pwd:')) return [line];
      const candidates = isFirst ? ice.candidates : [];
      isFirst = false;
      return [`a=ice-pwd:${ice.password}`, ...candidates];
    })
    .concat('')
    .join('\r\n');
}

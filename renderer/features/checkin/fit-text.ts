/** Width of a text in em: Han and full-width forms take one, the rest a little over half. An estimate, on the safe side. */
function widthEm(text: string): number {
  let em = 0;
  for (const character of text)
    em += /[\u2e80-\u9fff\u{20000}-\u{3ffff}\uff01-\uff60\u3000-\u303f]/u.test(character) ? 1.02 : 0.57;
  return em;
}

/** The largest size in px, at most `largestPx`, at which the text stands in one line of `roomPx`; never below `smallestPx`. */
export function fitPx(text: string, largestPx: number, roomPx: number, smallestPx = 18): number {
  const em = widthEm(text);
  return em === 0 ? largestPx : Math.max(smallestPx, Math.min(largestPx, Math.floor(roomPx / em)));
}

/** One line, or two broken at the space nearest the middle where one line would have to be smaller than `readablePx`. */
export function linesOf(text: string, readablePx: number, roomPx: number): string[] {
  const breaks = [...text.matchAll(/(?<=[，。])| /g)]
    .map((found) => found.index)
    .filter((at) => at > 0 && at < text.length);
  if (breaks.length === 0 || fitPx(text, readablePx, roomPx) >= readablePx) return [text];
  const middle = breaks.reduce((best, at) =>
    Math.abs(at - text.length / 2) < Math.abs(best - text.length / 2) ? at : best,
  );
  return [text.slice(0, middle).trim(), text.slice(middle).trim()];
}

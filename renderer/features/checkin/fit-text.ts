/** Width of a text in em: Han and full-width forms take one, the rest a little over half. An estimate, on the safe side. */
function widthEm(text: string): number {
  let em = 0;
  for (const character of text)
    em += /[\u2e80-\u9fff\u{20000}-\u{3ffff}\uff01-\uff60\u3000-\u303f]/u.test(character) ? 1.02 : 0.6;
  return em;
}

/** The largest size in px, at most `largestPx`, at which the text stands in one line of `roomPx`; never below 24. */
export function fitPx(text: string, largestPx: number, roomPx: number): number {
  const em = widthEm(text);
  return em === 0 ? largestPx : Math.max(24, Math.min(largestPx, Math.floor(roomPx / em)));
}

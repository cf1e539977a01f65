/** Calendar day at the site: cards, passes and clauses expire by it. */
export function localDay(wallMs: number): string {
  const d = new Date(wallMs);
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
}

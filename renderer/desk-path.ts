/** What the address of a window asks for. Desks are chosen by path alone, so a desk can be a bookmark or a kiosk page. */
export type DeskPath =
  | { kind: 'home' }
  | { kind: 'setup' }
  | { kind: 'door'; roomId: string }
  | { kind: 'room'; roomId: string }
  | { kind: 'examiner' }
  | { kind: 'office' }
  | { kind: 'nowhere' };

/** Reads a path such as `/door/R1`. Room ids are as the plan writes them; anything else is `nowhere`. Never throws. */
export function deskPathOf(pathname: string): DeskPath {
  const [first = '', second, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (rest.length > 0) return { kind: 'nowhere' };
  if (first === '' && second === undefined) return { kind: 'home' };
  if (first === 'door' || first === 'room') {
    const named = second !== undefined && /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(second);
    return named ? { kind: first, roomId: second } : { kind: 'nowhere' };
  }
  if (second !== undefined) return { kind: 'nowhere' };
  if (first === 'setup' || first === 'examiner' || first === 'office') return { kind: first };
  return { kind: 'nowhere' };
}

/** What the address of a window asks for. Desks are chosen by path alone, so a desk can be a bookmark or a kiosk page. */
export type DeskPath =
  | { kind: 'home' }
  | { kind: 'setup' }
  | { kind: 'door'; roomId: string; lane: number }
  /** A tablet beside the queue, where pledge and consent are signed ahead of the door. */
  | { kind: 'sign'; roomId: string }
  | { kind: 'room'; roomId: string }
  | { kind: 'examiner' }
  | { kind: 'office' }
  | { kind: 'nowhere' };

/** As many lanes as the station takes at one door. */
export const mostLanes = 4;

/**
 * Reads a path such as `/door/R1`, `/door/R1/2` (its second lane), `/door/R1/sign`. Room ids are as the plan writes
 * them; anything else is `nowhere`. Never throws.
 */
export function deskPathOf(pathname: string): DeskPath {
  const [first = '', second, third, ...rest] = pathname.split('/').filter((part) => part !== '');
  if (rest.length > 0) return { kind: 'nowhere' };
  if (first === '') return { kind: 'home' };
  if (first === 'door' || first === 'room') {
    if (second === undefined || !/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/.test(second)) return { kind: 'nowhere' };
    if (first === 'room') return third === undefined ? { kind: 'room', roomId: second } : { kind: 'nowhere' };
    if (third === 'sign') return { kind: 'sign', roomId: second };
    const lane = third === undefined ? 1 : /^[1-9]$/.test(third) ? Number(third) : 0;
    return lane >= 1 && lane <= mostLanes ? { kind: 'door', roomId: second, lane } : { kind: 'nowhere' };
  }
  if (second !== undefined) return { kind: 'nowhere' };
  if (first === 'setup' || first === 'examiner' || first === 'office') return { kind: first };
  return { kind: 'nowhere' };
}

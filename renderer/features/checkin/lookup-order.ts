/** Which list a typed number is looked up in first, and which after it. */
export type LookUp = 'document' | 'ticket';

/** Few enough characters to be the end of a number: those who have such an end are listed first. */
export const mayBeTail = (typed: string): boolean => /^[0-9A-Za-z]{4,8}$/.test(typed);

/**
 * Staff type one number without saying of what. Document numbers of residents have 15 or 18 places, a tail has six at
 * most; passports and permits begin with letters. Everything else is more likely a ticket number.
 */
export function lookupOrder(typed: string): LookUp[] {
  const number = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  if (/^\d{17}[\dX]$/.test(number) || /^\d{15}$/.test(number)) return ['document'];
  if (number.length <= 6) return ['document', 'ticket'];
  return /^[A-Z]/.test(number) ? ['document', 'ticket'] : ['ticket', 'document'];
}

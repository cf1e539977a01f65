/**
 * The reader's address as the station takes it, from what a person types: full-width characters of a Chinese keyboard
 * become plain, spaces go, and a bare port name (`COM3`, `/dev/ttyUSB0`) gets its `serial:`. What is still wrong after
 * that, the station refuses.
 */
export function readerAddress(typed: string): string {
  const plain = typed.normalize('NFKC').replace(/\s/g, '');
  if (/^com\d+(:\d+)?$/i.test(plain)) return `serial:${plain.toUpperCase()}`;
  if (plain.startsWith('/dev/')) return `serial:${plain}`;
  return plain.replace(/^(tcp|serial|synjones|huashi|donsee)(?=:|$)/i, (scheme) => scheme.toLowerCase());
}

/** Whether the address names a maker's service on another computer, as far as its words show: the station decides. */
export const isServiceElsewhere = (address: string): boolean =>
  /^(synjones|huashi|donsee):https?:\/\//.test(address) &&
  !/^[a-z]+:https?:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(address);

/** A number of bytes as a file manager shows it, decimal: `184.6 GB`, `12 MB`, `740 kB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 && unit > 2 ? size.toFixed(1) : unit > 2 ? Math.round(size * 10) / 10 : Math.round(size)} ${units[unit]}`;
}

/**
 * Rows as a CSV file that Excel opens with Chinese intact (RFC 4180, UTF-8 with a byte order mark).
 * A cell that a spreadsheet would take for a formula gets an apostrophe: what stands in it came from a foreign file.
 */
export function problemsCsv(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => {
    const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

/** Lines that `sha256sum -c` reads, run where this text lies. */
export const partsText = (hashes: readonly (readonly [path: string, sha256: string])[]): string =>
  hashes.map(([path, sha256]) => `${sha256}  ${path}\n`).join('');

/** The command that puts parts together, run inside the bundle's folder: parts in the order of their names are the file. */
export const JOIN_COMMAND = `find . -name '*.from-0000000000000' | while read -r f; do b="\${f%.from-*}"; cat "$b".from-* > "$b" && rm "$b".from-*; done`;

/** For someone who finds one disk of several. */
export function diskText(disk: { name: string; number: number; last: boolean; parts: boolean }): string {
  const { name, number, last, parts } = disk;
  return `${name}：分写在几张盘上，这是第 ${number} 盘${last ? '，也是最后一盘' : '，后面还有'}。
把各盘上的目录 ${name} 复制到同一处，合成一个目录。${parts ? `\n再进入这个目录执行：\n   ${JOIN_COMMAND}` : ''}
然后按目录里的 README-开包说明.txt 核验。

${name} lies on several disks. This is disk ${number}${last ? ', the last' : '; more follow'}.
Copy the folder ${name} of every disk to one place, into one folder.${parts ? `\nThen, inside it:\n   ${JOIN_COMMAND}` : ''}
Then check it as its README says.
`;
}

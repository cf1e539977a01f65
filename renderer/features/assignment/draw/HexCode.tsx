import type { ReactNode } from 'react';

/** A hash in groups of eight digits, four a line: what people copy by hand or photograph. */
export function HexCode({ hex, large }: { hex: string; large?: boolean }): ReactNode {
  const groups = hex.match(/.{1,8}/g) ?? [];
  return (
    <code className={`ceremony-hex${large ? ' is-large' : ''}`}>
      {groups.map((group, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups of one code have no other name
        <span key={i}>{group}</span>
      ))}
    </code>
  );
}

import type { ReactNode } from 'react';
import { barOf, type Range } from './lanes-layout.ts';

/** A stretch of wall-clock time on a track. */
export function Bar(props: {
  range: Range;
  stretch: { beginMs: number; endMs: number };
  kind: 'stored' | 'gap' | 'present';
}): ReactNode {
  const bar = barOf(props.range, props.stretch);
  if (bar === null) return null;
  return <i className={`tl-bar is-${props.kind}`} style={{ left: `${bar.left}%`, width: `${bar.width}%` }} />;
}

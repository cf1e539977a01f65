import type { ReactNode } from 'react';
import { barParts, type Interval } from './stored-bar.ts';

/** How old a frame may be before its absence shows as a hole: a fragment being filled, its delivery, one more second. */
const graceMs = 3_000;

/** The last minute of frames that are really stored, oldest on the left. Purely a picture: the words stand elsewhere. */
export function StoredBar(props: { stored: readonly Interval[]; nowMs: number; sinceMs: number | null }): ReactNode {
  return (
    <div className="stored-bar" aria-hidden="true">
      {barParts(props.stored, props.nowMs, props.sinceMs, graceMs).map((part) => (
        <i
          key={`${part.kind}-${part.from}`}
          className={`is-${part.kind}`}
          style={{ left: `${part.from * 100}%`, width: `${(part.to - part.from) * 100}%` }}
        />
      ))}
    </div>
  );
}

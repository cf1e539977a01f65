import type { ReactNode } from 'react';
import { CheckCircleFilled, CloseCircleFilled, MinusCircleOutlined, WarningFilled } from './icons.tsx';

/** done: green disc with a tick; look: amber triangle, a person must look; stop: red disc with a cross; not-done: grey ring. */
export type StatusKind = 'done' | 'look' | 'stop' | 'not-done';

const icons: Record<StatusKind, ReactNode> = {
  done: <CheckCircleFilled />,
  look: <WarningFilled />,
  stop: <CloseCircleFilled />,
  'not-done': <MinusCircleOutlined />,
};

export const statusIcon = (kind: StatusKind): ReactNode => icons[kind];

/** A state as colour, word and icon shape at once, so that it survives greyscale and red-green blindness. */
export function Status({ kind, children }: { kind: StatusKind; children: ReactNode }): ReactNode {
  return (
    <span className={`ui-status is-${kind}`}>
      {icons[kind]}
      <span>{children}</span>
    </span>
  );
}

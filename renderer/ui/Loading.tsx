import { Spin } from 'antd';
import type { ReactNode } from 'react';

/** Shows itself only after a second: what is quick must not flicker. */
export function Loading(): ReactNode {
  return (
    <div className="ui-loading">
      <Spin delay={1000} size="large" />
    </div>
  );
}

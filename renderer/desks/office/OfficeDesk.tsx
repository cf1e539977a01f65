import type { ReactNode } from 'react';

export default function OfficeDesk(): ReactNode {
  return <main className="ui-loading" />;
}

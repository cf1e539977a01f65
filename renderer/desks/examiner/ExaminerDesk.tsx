import type { ReactNode } from 'react';

export default function ExaminerDesk(): ReactNode {
  return <main className="ui-loading" />;
}

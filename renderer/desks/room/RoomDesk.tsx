import type { ReactNode } from 'react';

export default function RoomDesk({ roomId }: { roomId: string }): ReactNode {
  return <main className="ui-loading">{roomId}</main>;
}

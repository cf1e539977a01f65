import type { ReactNode } from 'react';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useTexts } from '../../texts/use-texts.ts';

/** What of a delivered session is still on this machine. */
export function Keeping(_: { sessionId: SessionId; mayLead: boolean }): ReactNode {
  const t = useTexts(deliveryTexts).receipt;
  return (
    <div className="receipt-keeping">
      <b>{t.here}</b>
    </div>
  );
}

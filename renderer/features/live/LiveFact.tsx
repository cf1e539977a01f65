import type { ReactNode } from 'react';
import { liveTexts } from '../../texts/live.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';
import { liveFact } from './live-fact.ts';
import type { RoomLiveView } from './room-live.ts';

/** One row of the room's facts: how the live picture does. Nothing where pictures go nowhere. */
export function LiveFact({ view }: { view: RoomLiveView }): ReactNode {
  const t = useTexts(liveTexts);
  const fact = liveFact(view);
  if (fact === null) return null;
  const words = (): string => {
    switch (fact.kind) {
      case 'sent':
        return fact.isSmall ? t.smaller : t.sent(fact.cameras);
      case 'hindered':
        return t.hindered(t.hindrance[fact.reason]);
      default:
        return { off: t.off, opening: t.opening, 'giving-way': t.givingWay, 'no-camera': t.noCamera }[fact.kind];
    }
  };
  return (
    <>
      <dt>{t.row}</dt>
      <dd>
        <Status kind={fact.tone}>{words()}</Status>
      </dd>
    </>
  );
}

import type { ReactNode } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { ClockCircleFilled } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { AsideRow, Headline, Large, Refusal, Who } from './parts.tsx';

/** One piece is still missing: the card after a ticket, or the ticket after card and face. Enter does nothing. */
export function NeedPanel({
  door,
  attempt,
  what,
}: {
  door: Door;
  attempt: Attempt;
  what: 'card' | 'ticket';
}): ReactNode {
  const t = useTexts(doorTexts);
  const type = () => door.setSide('look-up');
  const cancel = () => door.cancel(attempt);
  // Without a card there is nothing two persons could look at yet: the number is typed first.
  const byHand = what === 'card' ? type : () => door.toManual(attempt);
  const byCamera = what === 'card' ? () => door.setSide('card-camera') : undefined;
  useKeys({ F2: type, F6: byCamera, F8: byHand, F9: () => door.setAside(attempt), Escape: cancel });
  return (
    <>
      <Headline tone="not-done" icon={<ClockCircleFilled />}>
        {what === 'card' ? t.needCardHelp : t.needTicketHelp}
      </Headline>
      <Who attempt={attempt} />
      <Large
        lines={[what === 'card' ? t.needCard : t.needTicket]}
        px={100}
        under={
          what === 'ticket'
            ? t.needTicketUnder
            : attempt.place !== null && `${t.seat(attempt.place.seat)} · ${attempt.place.roomName}`
        }
      />
      <Refusal error={door.refusal} />
      <div className="ui-row">
        <BigButton size={64} hint="F2" onPress={type}>
          {t.typeNumber}
        </BigButton>
        {byCamera !== undefined && (
          <BigButton size={64} hint="F6" onPress={byCamera}>
            {t.cardByCamera}
          </BigButton>
        )}
        <BigButton size={64} hint="F8" onPress={byHand}>
          {t.manual}
        </BigButton>
      </div>
      <AsideRow aside={() => door.setAside(attempt)} cancel={cancel} />
    </>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { ask } from '../../api/query.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { frameTexts } from '../../texts/frame.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { CopyText } from '../../ui/CopyText.tsx';
import { Status } from '../../ui/Status.tsx';

const desks = ['door', 'room', 'examiner', 'office'] as const;
type Desk = (typeof desks)[number];

const perRoom = (desk: Desk): boolean => desk === 'door' || desk === 'room';

/** Lets one more browser in: an address that opens once, at the desk it is meant for. */
export function NewDeskCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const f = useTexts(frameTexts);
  const sentenceOf = useErrorSentence();
  const plan = useQuery(ask.plan.current.queryOptions()).data;
  const rooms = [
    ...new Map((plan?.sessions ?? []).flatMap((s) => s.rooms).map((r) => [r.roomId as string, r])).values(),
  ];
  const [desk, setDesk] = useState<Desk>('door');
  const [chosenRoom, setRoom] = useState<string | null>(null);
  const room = rooms.find((r) => r.roomId === chosenRoom) ?? rooms[0];
  const give = useMutation(ask.site.newDesk.mutationOptions());
  // An address belongs to the desk it was given for: another choice takes it off the screen.
  const choose = (change: () => void) => {
    give.reset();
    change();
  };
  const path = perRoom(desk) ? room && `/${desk}/${room.roomId}` : `/${desk}`;
  return (
    <section className="ui-card devices-card">
      <h2>{t.newDesk}</h2>
      <p className="devices-quiet">{t.newDeskHelp}</p>
      <div className="devices-row">
        <label htmlFor="new-desk">
          {t.whichDesk}
          <Select<Desk>
            id="new-desk"
            size="large"
            value={desk}
            onChange={(value) => choose(() => setDesk(value))}
            options={desks.map((value) => ({ value, label: f.desks[value] }))}
          />
        </label>
        {perRoom(desk) && room !== undefined && (
          <label htmlFor="new-desk-room">
            {t.whichRoom}
            <Select<string>
              id="new-desk-room"
              size="large"
              value={room.roomId}
              onChange={(value) => choose(() => setRoom(value))}
              options={rooms.map((r) => ({ value: r.roomId as string, label: `${r.name} ${r.location}` }))}
            />
          </label>
        )}
        <BigButton
          size={48}
          disabled={path === undefined || give.isPending}
          onPress={() => path !== undefined && give.mutate({ path })}
        >
          {give.data === undefined ? t.give : t.giveAgain}
        </BigButton>
      </div>
      {path === undefined && plan !== undefined && <Status kind="not-done">{t.noRooms}</Status>}
      {give.isError && (
        <p role="alert">
          <Status kind="stop">{sentenceOf(give.error)}</Status>
        </p>
      )}
      {give.data !== undefined && (
        <div role="status">
          <b>{t.address1}</b>
          <CopyText className="devices-address" text={new URL(give.data.address, window.location.origin).href} />
          <p className="devices-quiet">{t.once}</p>
        </div>
      )}
    </section>
  );
}

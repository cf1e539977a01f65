import { useMutation, useQuery } from '@tanstack/react-query';
import { AutoComplete, Checkbox, Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ReaderNow } from '../../../electron/features/site/contract.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { RemoveButton } from './RemoveButton.tsx';
import { isServiceElsewhere, readerAddress } from './reader-address.ts';

export interface ReaderFormProps {
  /** Null: another reader. */
  reader: ReaderNow | null;
  usualLabel?: string;
  ports: readonly { path: string; maker: string | null }[];
  portsUnknown: string | null;
  onClose: () => void;
}

const services = ['synjones', 'huashi', 'donsee'] as const;
const LANES = [1, 2];

/** Name and address of one reader, and the lane it works for; saved means connected at once. */
export function ReaderForm({ reader, usualLabel = '', ports, portsUnknown, onClose }: ReaderFormProps): ReactNode {
  const t = useTexts(devicesTexts);
  const sentenceOf = useErrorSentence();
  const [label, setLabel] = useState(reader?.label ?? usualLabel);
  const [address, setAddress] = useState(reader?.address ?? '');
  const [beyondThisMachine, setBeyond] = useState(reader?.beyondThisMachine ?? false);
  const add = useMutation(ask.site.addReader.mutationOptions({ onSuccess: onClose }));
  const change = useMutation(ask.site.changeReader.mutationOptions({ onSuccess: onClose }));
  const remove = useMutation(ask.site.removeReader.mutationOptions({ onSuccess: onClose }));
  const saving = reader === null ? add : change;
  const wish = { label: label.trim(), address: readerAddress(address), beyondThisMachine };
  const elsewhere = isServiceElsewhere(wish.address);
  const complete = wish.label !== '' && wish.address !== '';
  const changed =
    wish.label !== reader?.label ||
    wish.address !== reader.address ||
    wish.beyondThisMachine !== reader.beyondThisMachine;
  const submit = () => {
    if (!complete || saving.isPending) return;
    if (reader === null) add.mutate(wish);
    else change.mutate({ readerId: reader.readerId, ...wish });
  };
  const idOf = (field: string) => `reader-${reader?.readerId ?? 'new'}-${field}`;
  const failed = saving.error ?? remove.error;
  return (
    <form
      className="devices-form devices-reader-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="devices-reader-fields">
        <label htmlFor={idOf('label')}>
          {t.readerName}
          <Input
            id={idOf('label')}
            size="large"
            maxLength={20}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
        </label>
        <label htmlFor={idOf('address')}>
          {t.address}
          <AutoComplete
            id={idOf('address')}
            size="large"
            autoFocus
            value={address}
            placeholder={t.addressPlaceholder}
            onChange={(value: string) => {
              saving.reset();
              setAddress(value);
            }}
            options={[
              ...ports.map(({ path, maker }) => ({
                value: `serial:${path}`,
                label: maker === null ? `serial:${path}` : `serial:${path}　${maker}`,
              })),
              ...services.map((name) => ({ value: name, label: `${name}　${t.services[name]}` })),
            ]}
          />
        </label>
      </div>
      <small>
        {portsUnknown !== null ? t.portsFailed(portsUnknown) : ports.length === 0 ? t.noPorts : t.ports(ports.length)}{' '}
        {t.addressHelp}
      </small>
      {(elsewhere || beyondThisMachine) && (
        <Checkbox checked={beyondThisMachine} onChange={(event) => setBeyond(event.target.checked)}>
          {t.beyondThisMachine}
        </Checkbox>
      )}
      {reader !== null && <DoorOfReader reader={reader} />}
      <div className="devices-reader-acts">
        <BigButton
          size={48}
          blue={complete && changed}
          disabled={!complete || !changed || saving.isPending}
          onPress={submit}
        >
          {saving.isPending ? t.saving : t.save}
        </BigButton>
        <BigButton size={48} onPress={onClose}>
          {t.cancel}
        </BigButton>
        {reader !== null && (
          <RemoveButton
            words={t}
            disabled={remove.isPending}
            onRemove={() => remove.mutate({ readerId: reader.readerId })}
          />
        )}
      </div>
      {failed !== null && (
        <p role="alert">
          <Status kind="stop">{sentenceOf(failed)}</Status>
        </p>
      )}
    </form>
  );
}

/** For readers that stand the other way round: which lane this one works for. Doors find theirs by themselves else. */
function DoorOfReader({ reader: { readerId, door } }: { reader: ReaderNow }): ReactNode {
  const t = useTexts(devicesTexts);
  const plan = useQuery(ask.plan.current.queryOptions()).data;
  const place = useMutation(ask.site.placeReader.mutationOptions());
  const rooms = [...new Map((plan?.sessions ?? []).flatMap((s) => s.rooms).map((r) => [r.roomId, r])).values()];
  if (rooms.length === 0) return null;
  const key = (roomId: RoomId, lane: number) => `${roomId}/${lane}`;
  const lanes = rooms.flatMap((room) => LANES.map((lane) => ({ room, lane })));
  return (
    <label htmlFor={`reader-${readerId}-door`} className="devices-reader-door">
      {t.worksAt}
      <Select<string>
        id={`reader-${readerId}-door`}
        size="large"
        loading={place.isPending}
        value={door ? key(door.roomId, door.lane) : null}
        placeholder={t.worksForNobody}
        onChange={(chosen) => {
          const at = lanes.find(({ room, lane }) => key(room.roomId, lane) === chosen);
          if (at) place.mutate({ readerId, roomId: at.room.roomId, lane: at.lane });
        }}
        options={lanes.map(({ room, lane }) => ({ value: key(room.roomId, lane), label: t.laneOf(room.name, lane) }))}
      />
    </label>
  );
}

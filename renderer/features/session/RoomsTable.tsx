import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { Alarm, RoomRow, SessionOverview } from '../../../electron/features/session/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { roomStatus } from './room-status.ts';

type OfficeWords = (typeof officeTexts)['zh-CN'];

/** `3 / 4` with the state of having all of them; `started` false: nobody expects any yet. */
function Share(props: { have: number; of: number; started: boolean; short: StatusKind; none: string }): ReactNode {
  if (props.of === 0) return <Status kind="not-done">{props.none}</Status>;
  const kind = props.have >= props.of ? 'done' : props.started ? props.short : 'not-done';
  return (
    <Status kind={kind}>
      {props.have} / {props.of}
    </Status>
  );
}

/** Rooms in the order of the plan, not of trouble: eyes learn where a room stands. Trouble colours the row. */
export function RoomsTable({ overview }: { overview: SessionOverview }): ReactNode {
  const t = useTexts(officeTexts);
  const { session, alarms } = overview;
  const inside = session.state === 'open' || session.state === 'running';
  const columns: TableColumnsType<RoomRow> = [
    {
      title: t.room,
      render: (_, room) => (
        <>
          <b className="rooms-name">{room.name}</b>
          <small>{room.location}</small>
        </>
      ),
    },
    {
      title: t.arrived,
      width: 110,
      render: (_, room) => (
        <span className="rooms-arrived">
          <b>{room.counts.admitted}</b> / {room.counts.expected}
        </span>
      ),
    },
    {
      title: t.recording,
      width: 116,
      render: (_, { cameras }) => (
        <Share
          have={cameras.recording}
          of={cameras.total}
          started={session.state === 'running'}
          short="stop"
          none={t.noCamera}
        />
      ),
    },
    {
      title: t.staffPresent,
      width: 110,
      render: (_, { staff }) => <Share have={staff.present} of={staff.needed} started={inside} short="look" none="–" />,
    },
    {
      title: t.marking,
      width: 130,
      render: (_, { marking }) => <Marking marking={marking} t={t} />,
    },
    { title: t.status, render: (_, room) => <RoomState room={room} overview={overview} t={t} /> },
  ];
  const levelOf = (room: RoomRow): Alarm['level'] | null => {
    const status = roomStatus(room, session.state, alarms);
    return status.kind === 'alarm' ? status.alarm.level : null;
  };
  return (
    <Table<RoomRow>
      className="rooms"
      aria-label={t.tableLabel}
      rowKey="roomId"
      columns={columns}
      dataSource={overview.rooms}
      pagination={false}
      size="small"
      sticky
      rowClassName={(room) => (levelOf(room) === null ? '' : `rooms-${levelOf(room)}`)}
    />
  );
}

function Marking({ marking, t }: { marking: RoomRow['marking']; t: OfficeWords }): ReactNode {
  if (marking.panel === 0) return <span className="office-quiet">{t.noPanel}</span>;
  if (marking.signed >= marking.panel) return <Status kind="done">{t.signedOf(marking.signed, marking.panel)}</Status>;
  if (marking.locked >= marking.panel)
    return <Status kind="not-done">{t.signedOf(marking.signed, marking.panel)}</Status>;
  return <Status kind="not-done">{t.markingOf(marking.locked, marking.panel)}</Status>;
}

function RoomState({ room, overview, t }: { room: RoomRow; overview: SessionOverview; t: OfficeWords }): ReactNode {
  const status = roomStatus(room, overview.session.state, overview.alarms);
  switch (status.kind) {
    case 'alarm': {
      const { level, code, facts } = status.alarm;
      return <Status kind={level}>{t.alarms[code].title({ ...facts, room: '' })}</Status>;
    }
    case 'waiting':
      return <Status kind="not-done">{t.waiting}</Status>;
    case 'fine':
      return <Status kind="done">{t.fine}</Status>;
    case 'marking':
      return <Status kind="not-done">{t.finished}</Status>;
    case 'marked':
      return <Status kind="done">{t.finished}</Status>;
    default:
      return unreachable(status);
  }
}

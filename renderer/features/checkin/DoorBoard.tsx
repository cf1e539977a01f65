import './door-board.css';
import { useQuery } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { SessionOverview } from '../../../electron/features/session/contract.ts';
import { ask } from '../../api/query.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { doorBoardTexts } from '../../texts/door-board.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { clockText, dateText, minuteText } from '../../ui/time-text.ts';
import { type BoardFilter, type BoardRow, boardFilters, boardRows } from './board-rows.ts';

const kindOf: Record<BoardRow['status'], StatusKind> = {
  admitted: 'done',
  'admitted-by-hand': 'done',
  'set-aside': 'look',
  held: 'look',
  'not-yet': 'not-done',
  absent: 'stop',
};

/** Everybody of a session and what became of them at the door; searched, narrowed, and printed on A4 for the wall. */
export function DoorBoard({ overview }: { overview: SessionOverview }): ReactNode {
  const { session, rooms, counts } = overview;
  const t = useTexts(doorBoardTexts);
  const [roomId, setRoom] = useState<string | null>(null);
  const [filter, setFilter] = useState<BoardFilter>('all');
  const [typed, setTyped] = useState('');
  const list = useQuery(ask.checkin.list.queryOptions({ input: { sessionId: session.sessionId } }));
  if (list.data === undefined) {
    return list.isError ? <ReadFailed onRetry={() => void list.refetch()} /> : <Loading />;
  }
  const rows = boardRows(list.data, { roomId, filter, typed });
  const shown = rooms.find((room) => room.roomId === roomId);
  const figures = shown?.counts ?? counts;
  const roomName = (id: string) => rooms.find((room) => room.roomId === id)?.name ?? id;
  return (
    <section className="ui-card door-board">
      <header className="door-board-tools">
        <Select<string>
          aria-label={t.room}
          value={roomId ?? ''}
          onChange={(id) => setRoom(id === '' ? null : id)}
          options={[
            { value: '', label: t.allRooms },
            ...rooms.map((room) => ({ value: room.roomId as string, label: room.name })),
          ]}
        />
        <div className="door-board-filters" role="radiogroup" aria-label={t.show}>
          {boardFilters.map((value) => (
            // biome-ignore lint/a11y/useSemanticElements: a row of buttons, one of them on
            <button
              key={value}
              type="button"
              role="radio"
              aria-checked={filter === value}
              onClick={() => setFilter(value)}
            >
              {t.filters[value]} <b>{boardRows(list.data, { roomId, filter: value, typed: '' }).length}</b>
            </button>
          ))}
        </div>
        <Input
          allowClear
          placeholder={t.find}
          aria-label={t.find}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <BigButton size={36} onPress={() => window.print()}>
          {t.print}
        </BigButton>
      </header>
      <h2 className="door-board-title">
        {t.title(session.label, shown?.name ?? t.allRooms)}
        <small>
          {dateText(session.startsAtMs)} {minuteText(session.startsAtMs)} · {t.printedAt(clockText(stationNowMs()))}
        </small>
      </h2>
      <p className="door-board-counts">{t.counts(figures)}</p>
      <div className="door-board-scroll">
        <table>
          <thead>
            <tr>
              <th>{t.columns.seat}</th>
              <th>{t.columns.name}</th>
              <th>{t.columns.ticket}</th>
              {roomId === null && <th>{t.columns.room}</th>}
              <th>{t.columns.status}</th>
              <th>{t.columns.time}</th>
              <th>{t.columns.attempts}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.candidateId}>
                <td>{row.seat}</td>
                <td>
                  <b>{row.name}</b>
                </td>
                <td>{row.ticketNumber}</td>
                {roomId === null && <td>{roomName(row.roomId)}</td>}
                <td>
                  <Status kind={kindOf[row.status]}>
                    {t.statuses[row.status]}
                    {row.away !== null && ` · ${t.away[row.away.kind]} ${minuteText(row.away.sinceMs)}`}
                  </Status>
                </td>
                <td>{row.atMs === null ? '' : clockText(row.atMs)}</td>
                <td>{row.attempts > 1 ? row.attempts : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {rows.length === 0 && <p className="door-board-none">{t.none}</p>}
      </div>
    </section>
  );
}

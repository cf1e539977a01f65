import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AssignmentBoard, RoomOnBoard, SeatCandidate } from '../../../electron/features/assignment/contract.ts';
import { ask } from '../../api/query.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { type KeyBindings, useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { CandidateRow } from './CandidateRow.tsx';
import { StandingList } from './FindingList.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { RemovalForm } from './RemovalForm.tsx';
import type { useAssign } from './use-assign.ts';

/** The chosen seat: who sits there, and everybody who could, in the order of the draw. */
export function SeatPanel(props: {
  board: AssignmentBoard;
  room: RoomOnBoard;
  index: number;
  mayChange: boolean;
  assign: ReturnType<typeof useAssign>;
}): ReactNode {
  const { board, room, index, mayChange, assign } = props;
  const t = useTexts(assignmentTexts);
  const sentenceOf = useErrorSentence();
  const seat = room.seats[index]!;
  const holder = seat.examiner;
  const [whole, setWhole] = useState(false);
  const [removing, setRemoving] = useState(false);
  const [picked, pick] = useState<SeatCandidate['examinerId'] | null>(null);
  const replacing = holder?.examinerId ?? null;
  const where = { sessionId: board.session.sessionId, roomId: room.roomId, duty: seat.duty, replacing };
  const candidates = useQuery(ask.assignment.candidates.queryOptions({ input: where }));
  const rows = candidates.data ?? [];
  const able = rows.filter((c) => c.verdict !== 'cannot');
  // Who comes first in the order is proposed; nobody is proposed in the place of somebody who may sit there.
  const proposed = holder === null || holder.findings.some((f) => f.severity === 'block') ? able[0] : undefined;
  const current = rows.find((c) => c.examinerId === picked) ?? proposed;
  const go = (reason: string) => {
    if (current && current.verdict !== 'cannot')
      assign.assign({ room, duty: seat.duty, replacing }, current.examinerId, reason);
  };
  const move = (step: 1 | -1) => {
    const now = rows.findIndex((c) => c.examinerId === current?.examinerId);
    pick(rows[Math.min(rows.length - 1, Math.max(0, now + step))]?.examinerId ?? null);
  };
  const digits: KeyBindings = {};
  for (const [i, c] of able.slice(0, 9).entries()) digits[String(i + 1)] = () => pick(c.examinerId);
  const mayRemove = mayChange && holder !== null;
  useKeys({
    ...digits,
    ArrowUp: () => move(-1),
    ArrowDown: () => move(1),
    F2: () => setWhole(!whole),
    F9: mayRemove ? () => setRemoving(true) : undefined,
    Enter: mayChange && current && current.verdict !== 'cannot' && !assign.busy ? () => go('') : undefined,
  });
  const list = useRef<HTMLDivElement>(null);
  const currentId = current?.examinerId;
  useEffect(() => {
    list.current?.querySelector(`[data-examiner="${currentId}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  if (assign.wanted && current) {
    return (
      <ReasonForm
        wanted={assign.wanted}
        send={t.reason.send}
        busy={assign.busy}
        problem={null}
        onSend={go}
        onBack={assign.forget}
      />
    );
  }
  if (removing && holder) {
    return (
      <RemovalForm
        board={board}
        room={room}
        name={holder.name}
        busy={assign.busy}
        problem={assign.problem}
        onSend={(ground, reason) =>
          assign.takeOff({ roomId: room.roomId, version: room.version, examinerId: holder.examinerId, ground, reason })
        }
        onBack={() => setRemoving(false)}
      />
    );
  }
  return (
    <>
      <header className="assignment-side-head">
        <h2>{t.seatTitle(room.name, index + 1)}</h2>
        {holder === null ? (
          <p className="office-quiet">{board.drawn ? t.seatHelp.drawn : t.seatHelp.plan}</p>
        ) : (
          <>
            <p className="office-quiet">{t.taken(holder.name)}</p>
            <StandingList findings={holder.findings} whole={whole} />
          </>
        )}
      </header>
      <div className="assignment-candidates" ref={list} role="listbox" aria-label={t.columns.seats}>
        {candidates.data === undefined ? (
          candidates.isError ? (
            <ReadFailed onRetry={() => void candidates.refetch()} sentence={sentenceOf(candidates.error)} />
          ) : (
            <Loading />
          )
        ) : rows.length === 0 ? (
          <p className="office-quiet">{t.nobody}</p>
        ) : (
          rows.map((c) => (
            <CandidateRow
              key={c.examinerId}
              candidate={c}
              digit={able.indexOf(c) + 1}
              chosen={c.examinerId === currentId}
              whole={whole}
              onChoose={() => pick(c.examinerId)}
            />
          ))
        )}
      </div>
      <footer className="assignment-side-foot">
        {assign.problem !== null && <Status kind="stop">{assign.problem}</Status>}
        {mayChange && (
          <>
            <BigButton
              size={64}
              blue={current !== undefined}
              hint="Enter"
              disabled={!current || current.verdict === 'cannot' || assign.busy}
              onPress={() => go('')}
            >
              {current ? (holder ? t.replace(current.name) : t.assign(current.name)) : t.columns.seats}
            </BigButton>
            {mayRemove && (
              <BigButton size={36} hint="F9" onPress={() => setRemoving(true)}>
                {board.session.state === 'preparing' ? t.remove : t.removeDemand}
              </BigButton>
            )}
          </>
        )}
      </footer>
    </>
  );
}

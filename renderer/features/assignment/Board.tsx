import { type ReactNode, useState } from 'react';
import type { AssignmentBoard, DrawView } from '../../../electron/features/assignment/contract.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { FileTextOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { BoardRow } from './BoardRow.tsx';
import { ReasonForm } from './ReasonForm.tsx';
import { SeatPanel } from './SeatPanel.tsx';
import { SidePanel } from './SidePanel.tsx';
import { besideSeat, boardCounts, nextSeat, obstacle, type SeatAt } from './seats.ts';
import { useAssign } from './use-assign.ts';

/** Rooms by seats on the left, whoever could take the chosen seat on the right. */
export function Board(props: {
  board: AssignmentBoard;
  draw: DrawView | null;
  mayLead: boolean;
  onDraw: () => void;
}): ReactNode {
  const { board, draw, mayLead } = props;
  const t = useTexts(assignmentTexts);
  const [chosen, choose] = useState<SeatAt | null>(null);
  // After a change the eye goes where somebody is needed next: seats move up when one is taken off.
  const assign = useAssign(board, () => choose(null));
  const [handing, setHanding] = useState(false);
  const sealed = board.session.state === 'sealed';
  const room = board.rooms.find((r) => r.roomId === chosen?.roomId);
  const at = room?.seats[chosen?.index ?? -1] ? chosen : nextSeat(board);
  const shownRoom = board.rooms.find((r) => r.roomId === at?.roomId);
  const pick = (seat: SeatAt | null) => {
    assign.forget();
    setHanding(false);
    choose(seat);
  };
  const mayChange = mayLead && !sealed;
  const stop = obstacle(board);
  const { submitted } = board;
  const toHandIn = submitted === null || submitted.changedSince || submitted.factsSince;
  const mayHandIn = mayChange && stop === null && at === null && !handing && !assign.busy && toHandIn;
  const underway = draw !== null && draw.stage !== 'applied' && draw.stage !== 'cancelled';
  const mayDraw = mayLead && board.session.state === 'preparing';
  const openDraw = mayDraw || draw !== null ? props.onDraw : undefined;
  useKeys({
    ArrowLeft: () => pick(besideSeat(board, at, -1)),
    ArrowRight: () => pick(besideSeat(board, at, 1)),
    F6: openDraw,
    Escape: chosen === null && !handing ? undefined : () => pick(null),
    Enter: mayHandIn ? () => handIn() : undefined,
  });
  const { open, decided, undecided } = boardCounts(board);
  const handIn = () => {
    choose(null);
    if (undecided > 0) setHanding(true);
    else assign.handIn('');
  };
  return (
    <div className="assignment">
      <section className="ui-card assignment-board" aria-label={t.title}>
        <div className="assignment-head">
          <span>{t.columns.room}</span>
          <span>{t.columns.wanted}</span>
          <span>{t.columns.seats}</span>
          <span className="assignment-counts">
            {open > 0 && <Status kind="look">{t.openSeats(open)}</Status>}
            {undecided > 0 && <Status kind="look">{t.undecided(undecided)}</Status>}
            {decided > 0 && <Status kind="done">{t.decided(decided)}</Status>}
          </span>
        </div>
        <div className="assignment-rooms">
          {board.rooms.map((r) => (
            <BoardRow
              key={r.roomId}
              room={r}
              chosen={at?.roomId === r.roomId ? at.index : null}
              onChoose={(index) => pick({ roomId: r.roomId, index })}
            />
          ))}
        </div>
        <footer className="assignment-foot">
          <BigButton
            size={48}
            hint="F6"
            icon={<FileTextOutlined />}
            disabled={openDraw === undefined}
            onPress={props.onDraw}
          >
            {underway ? t.continueDraw : mayDraw ? t.startDraw : t.drawRecord}
          </BigButton>
          <p className="office-quiet">
            {board.drawn
              ? t.drawnLine(minuteText(board.drawn.atMs), board.drawn.examiners, board.drawn.excluded)
              : t.notDrawn}
            <br />
            {board.submitted && (
              <Status kind={board.submitted.changedSince || board.submitted.factsSince ? 'look' : 'done'}>
                {t.submitted(board.submitted.byName, minuteText(board.submitted.atMs))}
                {board.submitted.changedSince && ` · ${t.changedSince}`}
                {board.submitted.factsSince && ` · ${t.factsSince}`}
              </Status>
            )}
          </p>
          {mayChange ? (
            <BigButton
              size={64}
              blue={mayHandIn}
              hint={mayHandIn ? 'Enter' : undefined}
              disabled={stop !== null || assign.busy}
              under={
                stop === null
                  ? undefined
                  : stop.kind === 'open'
                    ? t.submitSeat(stop.roomName, stop.seat)
                    : t.submitUnlawful(stop.roomName)
              }
              onPress={handIn}
            >
              {board.submitted ? t.submitAgain : t.submit}
            </BigButton>
          ) : (
            <p className="office-quiet">{t.onlyLead}</p>
          )}
        </footer>
      </section>
      <section className="ui-card assignment-side">
        {handing ? (
          <ReasonForm
            wanted={{
              passedOver: null,
              findings: board.rooms
                .flatMap((r) => [...r.findings, ...r.seats.flatMap((s) => s.examiner?.findings ?? [])])
                .filter((f) => f.accepted === null),
            }}
            send={t.reason.sendSubmit}
            busy={assign.busy}
            problem={assign.problem}
            onSend={(reason) => {
              setHanding(false);
              assign.handIn(reason);
            }}
            onBack={() => setHanding(false)}
          />
        ) : at && shownRoom ? (
          <SeatPanel
            key={`${at.roomId}/${at.index}/${shownRoom.version}`}
            board={board}
            room={shownRoom}
            index={at.index}
            mayChange={mayChange}
            assign={assign}
          />
        ) : (
          <SidePanel board={board} mayChange={mayChange} problem={assign.problem} />
        )}
      </section>
    </div>
  );
}

import type { ReactNode } from 'react';
import type { RoomOnBoard, SeatOnBoard } from '../../../electron/features/assignment/contract.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';

/** One room: what it needs, who sits where, and whether that is as it should be. */
export function BoardRow(props: {
  room: RoomOnBoard;
  /** The chosen seat, where it is in this room. */
  chosen: number | null;
  onChoose: (index: number) => void;
}): ReactNode {
  const { room } = props;
  const t = useTexts(assignmentTexts);
  const open = room.seats.filter((s) => s.examiner === null).length;
  return (
    <div className="assignment-row">
      <div>
        <b className="assignment-room">{room.name}</b>
        <small>{t.roomLine(room.location, room.candidates)}</small>
      </div>
      <div>
        <b>{t.wanted(room.wanted.seats, room.wanted.odd)}</b>
        <small title={room.wanted.source}>{room.wanted.source}</small>
      </div>
      <div className="assignment-seats">
        {room.seats.map((seat, index) => (
          <SeatButton
            // biome-ignore lint/suspicious/noArrayIndexKey: a seat is its place
            key={index}
            seat={seat}
            nth={index + 1}
            chosen={props.chosen === index}
            onPress={() => props.onChoose(index)}
          />
        ))}
      </div>
      <div className="assignment-state">
        {open > 0 ? (
          <Status kind="look">{t.short(open)}</Status>
        ) : room.state === 'unlawful' ? (
          <Status kind="stop">{t.roomStates.unlawful}</Status>
        ) : room.state === 'undecided' ? (
          <Status kind="look">{t.roomStates.undecided}</Status>
        ) : (
          <Status kind="done">{t.roomStates.full}</Status>
        )}
      </div>
    </div>
  );
}

function SeatButton(props: { seat: SeatOnBoard; nth: number; chosen: boolean; onPress: () => void }): ReactNode {
  const t = useTexts(assignmentTexts);
  const { duty, examiner } = props.seat;
  const stops = examiner?.findings.some((f) => f.severity === 'block') ?? false;
  const warns = examiner?.findings.some((f) => f.accepted === null) ?? false;
  const tone = stops ? ' is-stop' : warns ? ' is-look' : '';
  const pressed = props.chosen ? ' is-chosen' : '';
  return (
    <button
      type="button"
      className={`assignment-seat${examiner === null ? ' is-open' : tone}${pressed}`}
      aria-pressed={props.chosen}
      onClick={(event) => {
        event.currentTarget.blur();
        props.onPress();
      }}
    >
      {examiner === null ? (
        <b>{t.pickSeat(props.nth)}</b>
      ) : (
        <>
          <b>
            {examiner.name}
            {stops ? <CloseCircleFilled /> : warns ? <WarningFilled /> : null}
          </b>
          <small>
            {examiner.grade ? t.grades[examiner.grade] : t.gradeUnknown}
            {duty === 'lead' && ` · ${t.lead}`}
            {examiner.signedOnMs !== null && (
              <span className="is-done" title={t.signedOn(minuteText(examiner.signedOnMs))}>
                {' '}
                <CheckCircleFilled /> {minuteText(examiner.signedOnMs)}
              </span>
            )}
          </small>
        </>
      )}
    </button>
  );
}

import type { ReactNode } from 'react';
import type { SeatCandidate } from '../../../electron/features/assignment/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { FindingList } from './FindingList.tsx';

const kinds: Record<SeatCandidate['verdict'], StatusKind> = { can: 'done', warn: 'look', cannot: 'stop' };

/** Somebody who could, or could not, take the seat: who, in which place, whether, and why not. */
export function CandidateRow(props: {
  candidate: SeatCandidate;
  /** The digit that picks them; 0 where none does. */
  digit: number;
  chosen: boolean;
  whole: boolean;
  onChoose: () => void;
}): ReactNode {
  const { candidate: c } = props;
  const t = useTexts(assignmentTexts);
  return (
    <div
      role="option"
      tabIndex={-1}
      data-examiner={c.examinerId}
      aria-selected={props.chosen}
      className={`assignment-candidate${props.chosen ? ' is-chosen' : ''}`}
      onClick={props.onChoose}
      onKeyDown={undefined}
    >
      <span>{props.digit > 0 && props.digit <= 9 && <kbd>{props.digit}</kbd>}</span>
      <div>
        <p>
          <b>{c.name}</b> {c.grade ? t.grades[c.grade] : t.gradeUnknown} · {placeWord(t, c.place)}
        </p>
        {c.findings.length === 0 ? (
          <small>{t.clean(c.inARow)}</small>
        ) : (
          <FindingList findings={c.findings} whole={props.whole && props.chosen} />
        )}
      </div>
      <Status kind={kinds[c.verdict]}>{t.verdicts[c.verdict]}</Status>
    </div>
  );
}

function placeWord(t: (typeof assignmentTexts)['zh-CN'], place: SeatCandidate['place']): string {
  switch (place.kind) {
    case 'reserve':
      return t.places.reserve(place.nth);
    case 'elsewhere':
      return t.places.elsewhere(place.roomName);
    case 'drawn-here':
    case 'not-drawn':
    case 'in-plan':
      return t.places[place.kind]();
    default:
      return unreachable(place);
  }
}

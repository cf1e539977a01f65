import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { CandidateCoverage, SessionCoverage } from '../../../electron/features/coverage/contract.ts';
import type { SessionState } from '../../../electron/features/session/contract.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { ClauseNote } from '../../ui/ClauseNote.tsx';
import { Status } from '../../ui/Status.tsx';
import { clockText, spanText } from '../../ui/time-text.ts';

/** The finding about the candidate looked at: what video lacks, by which rule, and the way there. */
export function Finding(props: {
  person: CandidateCoverage | null;
  people: readonly CandidateCoverage[];
  coverage: z.infer<typeof SessionCoverage>;
  onGap: (() => void) | null;
  session: SessionState;
  onAccept: () => void;
}): ReactNode {
  const t = useTexts(timelineTexts);
  const { person, people } = props;
  const short = people.filter((p) => p.verdict === 'short' && p.acceptance === null).length;
  const isOpen = person?.verdict === 'short' && person.acceptance === null;
  return (
    <footer className="ui-card tl-finding">
      {person === null ? (
        <h2>
          <Status kind={people.length === 0 ? 'not-done' : short === 0 ? 'done' : 'stop'}>
            {people.length === 0 ? t.nobody : short === 0 ? t.allCovered(people.length) : t.shortCount(short)}
          </Status>
        </h2>
      ) : (
        <div>
          <h2>
            <Status kind={kindOf(person)}>{headlineOf(t, person)}</Status>
          </h2>
          <p>{detailOf(t, person)}</p>
        </div>
      )}
      {person?.verdict === 'short' && (
        <ClauseNote rule={props.coverage.rule} tone={person.acceptance === null ? 'stop' : 'look'} />
      )}
      <span className="tl-finding-acts">
        {/* Before the end more may go missing; after the seal nothing is added. */}
        {isOpen && props.session === 'closed' && (
          <BigButton size={48} onPress={props.onAccept}>
            {t.accept}
          </BigButton>
        )}
        {isOpen && (props.session === 'open' || props.session === 'running') && <small>{t.acceptLater}</small>}
        {props.onGap !== null && (
          <BigButton size={64} blue hint="G" onPress={props.onGap}>
            {t.seeGap}
          </BigButton>
        )}
      </span>
    </footer>
  );
}

type Words = (typeof timelineTexts)['zh-CN'];

const kindOf = (p: CandidateCoverage) => (p.verdict === 'covered' ? 'done' : p.acceptance === null ? 'stop' : 'look');

function headlineOf(t: Words, p: CandidateCoverage): string {
  const seat = t.seat(p.seat);
  if (p.verdict === 'covered') return t.covered(seat);
  if (p.acceptance !== null) return t.accepted(seat);
  if (p.gaps.length === 0) return t.shortShare(seat, `${Math.floor((p.mostMs / p.presentMs) * 100)}%`);
  return t.short(seat, t.length(...hoursOf(p.gaps.reduce((ms, g) => ms + g.endMs - g.beginMs, 0))));
}

function detailOf(t: Words, p: CandidateCoverage): string {
  if (p.acceptance !== null) return t.acceptedBy(p.acceptance.byName, p.acceptance.secondName, p.acceptance.reason);
  const [gap, ...more] = p.gaps;
  const parts = [t.presence(spanText(p.presentMs), spanText(p.mostMs))];
  if (gap !== undefined) {
    const isDeclared = gap.causes.every((c) => c.reason !== 'no-entry');
    parts.push(t.gapIs(clockText(gap.beginMs), clockText(gap.endMs)));
    parts.push(isDeclared ? t.declared : t.undeclared);
    if (more.length > 0) parts.push(t.moreGaps(more.length));
  }
  return parts.join('；');
}

/** Hours, minutes and seconds. */
function hoursOf(ms: number): [h: number, m: number, s: number] {
  const s = Math.round(ms / 1000);
  return [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60];
}

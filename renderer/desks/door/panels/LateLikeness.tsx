import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { LateLikeness as Late } from '../../../../electron/features/checkin/contract.ts';
import { ask } from '../../../api/query.ts';
import { useBlobAddress } from '../../../features/checkin/use-attempt-image.ts';
import { useMe } from '../../../features/staff/use-me.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { StopOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { clockText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { ComparedFaces, FacePicture } from './ComparedFaces.tsx';
import { Headline, Who } from './parts.tsx';
import { judgesOf, useVouching, VouchedAct } from './VouchedAct.tsx';

/**
 * 事后发现疑似替考: the comparison came after the attempt was closed. The lead or a supervisor looks at both pictures and at the
 * person: two persons, or the admission is taken back. Enter confirms nothing but a typed PIN.
 */
export function LateLikeness(props: { door: Door; late: Late; strip: ReactNode }): ReactNode {
  const { door, late } = props;
  const t = useTexts(doorTexts);
  return (
    <div className="door">
      <div className="door-like">
        <div className="door-like-say">{t.say.wait}</div>
        <LatePictures late={late} />
        {props.strip}
      </div>
      <aside className="ui-card door-panel is-held" aria-live="polite">
        <LateVerdict key={late.suspicionId} door={door} late={late} />
      </aside>
    </div>
  );
}

function LatePictures({ late }: { late: Late }): ReactNode {
  const { suspicionId, attempt, like } = late;
  const t = useTexts(doorTexts);
  const own = useLatePicture(suspicionId, 'live');
  const other = useLatePicture(suspicionId, 'like');
  return (
    <ComparedFaces
      face={<FacePicture src={own} alt={t.lateHere} />}
      caption={t.lateHere}
      name={attempt.name ?? ''}
      other={other}
      like={like}
    />
  );
}

function useLatePicture(suspicionId: number, which: 'live' | 'like'): string | null {
  const image = useQuery(
    ask.checkin.lateLikenessPicture.queryOptions({
      input: { suspicionId, which },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10_000,
    }),
  );
  return useBlobAddress(image.data);
}

function LateVerdict({ door, late }: { door: Door; late: Late }): ReactNode {
  const { attempt, like } = late;
  const t = useTexts(doorTexts);
  const me = useMe();
  const vouching = useVouching(door.refusal, {
    words: t.verdictMissing.note,
    person: t.verdictMissing.second,
    pin: t.verdictMissing.pin,
  });
  const { vouched } = vouching;
  const clear = () => {
    if (door.busy || vouched === null) return;
    door.clearLate({ suspicionId: late.suspicionId, note: vouched.words, second: vouched.by });
  };
  const inside = attempt.outcome === 'admitted' || attempt.outcome === 'admitted-by-hand';
  const takeBack = inside ? () => door.setSide('undo-late') : undefined;
  const back = () => door.setSide(null);
  useKeys({ Enter: clear, F7: takeBack, Escape: back }, { verdict: `late:${late.suspicionId}` });
  return (
    <>
      <Headline tone="stop" icon={<StopOutlined />}>
        {t.lateTitle}
      </Headline>
      <Who attempt={attempt} />
      <div className="door-like-why">
        <p>
          <b>{like.kind === 'admitted' ? t.likeAdmitted : t.likeBlocked}</b>
        </p>
        <p className="is-secondary">
          {t.likeScore(like.score.toFixed(2), like.threshold.toFixed(2))} ·{' '}
          {t.lateWhen(clockText(attempt.closedAtMs ?? late.foundAtMs), clockText(late.foundAtMs))}
        </p>
        <p>{inside ? t.lateHelp : t.lateNotIn}</p>
      </div>
      <VouchedAct
        door={door}
        vouching={vouching}
        wordsLabel={t.verdictNote}
        personLabel={t.verdictBy}
        people={judgesOf(door, me?.staffId)}
        nobody={t.nobodyElse}
        missing={vouching.missing}
        act={t.lateOther}
        onAct={clear}
        other={
          takeBack && (
            <BigButton size={48} hint="F7" onPress={takeBack}>
              {t.lateSame}
            </BigButton>
          )
        }
        onBack={back}
      />
    </>
  );
}

/** On the panels between two persons: something found late waits for the lead. Nothing where nothing does. */
export function LateNotice({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  const [first] = door.lane.lateLikenesses;
  if (first === undefined) return null;
  return (
    <div className="door-late" role="alert">
      <Status kind="stop">{t.lateNotice(first.attempt.name ?? '')}</Status>
      <BigButton size={48} hint="F4" onPress={() => door.setSide('late-likeness')}>
        {t.lateOpen}
      </BigButton>
    </div>
  );
}

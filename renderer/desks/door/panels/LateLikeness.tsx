import { useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { LateLikeness as Late } from '../../../../electron/features/checkin/contract.ts';
import { ask } from '../../../api/query.ts';
import { PersonIcon } from '../../../features/checkin/door-icons.tsx';
import { useBlobAddress } from '../../../features/checkin/use-attempt-image.ts';
import { useMe } from '../../../features/staff/use-me.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { StopOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { clockText, minuteText } from '../../../ui/time-text.ts';
import type { Door } from '../use-door.ts';
import { nobodyYet, PersonPin } from './PersonPin.tsx';
import { Headline, Refusal, Who } from './parts.tsx';

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
  const picture = (src: string | null, alt: string) =>
    src === null ? (
      <div className="door-manual-none">
        <PersonIcon />
      </div>
    ) : (
      <img src={src} alt={alt} />
    );
  return (
    <div className="ui-card door-like-pictures">
      <figure>
        {picture(own, t.lateHere)}
        <figcaption>
          <b>{t.lateHere}</b>
          <span>{t.claims(attempt.name ?? '')}</span>
        </figcaption>
      </figure>
      <figure>
        {picture(other, like.name)}
        <figcaption>
          <b>{t.alreadyInside(like.name)}</b>
          <span>
            {like.kind === 'admitted'
              ? t.insideAt(like.roomName, t.seat(like.seat), minuteText(like.admittedAtMs))
              : t.onBlockList(like.reason)}
          </span>
        </figcaption>
      </figure>
    </div>
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
  const [note, write] = useState('');
  const [by, setBy] = useState(nobodyYet);
  const people = door.lane.secondPersons.filter(
    ({ staffId, roles }) => staffId !== me?.staffId && (roles.includes('site-lead') || roles.includes('supervisor')),
  );
  const missing = [
    ...(note.trim().length < 2 ? [t.verdictMissing.note] : []),
    ...(by.staffId === null ? [t.verdictMissing.second] : []),
    ...(by.pin.length < 6 ? [t.verdictMissing.pin] : []),
  ];
  const ready = missing.length === 0 && !door.busy;
  const clear = () => {
    if (!ready || by.staffId === null) return;
    const { suspicionId } = late;
    door.clearLate({ suspicionId, note: note.trim(), second: { staffId: by.staffId, pin: by.pin } });
  };
  const inside = attempt.outcome === 'admitted' || attempt.outcome === 'admitted-by-hand';
  const takeBack = inside ? () => door.setSide('undo-late') : undefined;
  const back = () => door.setSide(null);
  const { refusal } = door;
  useEffect(() => {
    if (refusal !== null) setBy((now) => ({ ...now, pin: '' }));
  }, [refusal]);
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
      <Input
        size="large"
        data-enter="desk"
        maxLength={200}
        aria-label={t.verdictNote}
        placeholder={t.verdictNote}
        value={note}
        onChange={(event) => write(event.target.value)}
      />
      <PersonPin
        label={t.verdictBy}
        people={people}
        nobody={t.nobodyElse}
        value={by}
        onChange={setBy}
        disabled={door.busy}
      />
      <div className="door-push" />
      <Refusal error={refusal} />
      <BigButton
        size={64}
        blue
        disabled={!ready}
        onPress={clear}
        {...(ready ? { hint: 'Enter' } : { under: t.stillMissing(missing) })}
      >
        {t.lateOther}
      </BigButton>
      <div className="ui-row door-second-row">
        {takeBack ? (
          <BigButton size={48} hint="F7" onPress={takeBack}>
            {t.lateSame}
          </BigButton>
        ) : (
          <span />
        )}
        <BigButton size={48} hint="Escape" onPress={back}>
          {t.back}
        </BigButton>
      </div>
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

import { useQuery } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { CardField, CardPicture } from '../../../../electron/features/checkin/contract.ts';
import { ask } from '../../../api/query.ts';
import {
  allSeen,
  beginReview,
  correct,
  moveTo,
  numberAddsUp,
  type ReviewField,
  seeField,
  wantsEye,
} from '../../../features/checkin/card-review.ts';
import { CardIcon } from '../../../features/checkin/door-icons.tsx';
import { useBlobAddress } from '../../../features/checkin/use-attempt-image.ts';
import { cardCameraTexts } from '../../../texts/card-camera.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status, type StatusKind } from '../../../ui/Status.tsx';
import type { Door } from '../use-door.ts';
import { Headline, Refusal } from './parts.tsx';

type Crop = CardField | 'portrait';

/** A part of the photographed card, or null until it is there. */
function useCrop(pictureId: string, which: Crop): string | null {
  const crop = useQuery(
    ask.checkin.cardPictureCrop.queryOptions({
      input: { pictureId, which },
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10_000,
    }),
  );
  return useBlobAddress(crop.data);
}

/**
 * Field by field beside its crop. What something speaks for stays quiet; what nothing does is marked and gone through with
 * Enter; typing corrects. One hand is enough: the other holds the card.
 */
export function CardReview(props: {
  door: Door;
  picture: CardPicture;
  strip: ReactNode;
  onAgain: () => void;
}): ReactNode {
  const { door, picture } = props;
  const t = useTexts(cardCameraTexts);
  const d = useTexts(doorTexts);
  const [review, setReview] = useState(() => beginReview(picture));
  const field = useRef<InputRef>(null);
  const { at, fields } = review;
  const current = at === null ? null : fields[at]!;
  const left = fields.filter((f) => wantsEye(f) && !f.seen).length;
  const ready = allSeen(review) && !door.busy;
  const enter = () => {
    if (!allSeen(review)) return setReview(seeField(review));
    if (ready) {
      const seen = fields.map((f) => ({ field: f.field, text: f.text.trim(), seen: true as const }));
      door.confirmCard({ pictureId: picture.pictureId, fields: seen });
    }
  };
  const step = (by: 1 | -1) => setReview((now) => moveTo(now, by));
  const close = () => door.setSide(null);
  useKeys(
    {
      Enter: enter,
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      F2: () => door.setSide('look-up'),
      F6: props.onAgain,
      Escape: close,
    },
    // The Enter that sees the last field must not confirm the card as well.
    { verdict: `card:${picture.pictureId}:${left === 0}` },
  );
  useEffect(() => {
    if (at !== null) field.current?.focus({ cursor: 'end' });
  }, [at]);
  const portrait = useCrop(picture.pictureId, 'portrait');
  return (
    <div className="door">
      <div className="door-document">
        <section className="ui-card card-review">
          <figure>
            {portrait === null ? (
              <div className="door-manual-none">{d.noPicture}</div>
            ) : (
              <img src={portrait} alt={t.portrait} />
            )}
            <figcaption>{t.portrait}</figcaption>
          </figure>
          <div className="card-fields" role="listbox" aria-label={t.review}>
            {fields.map((f, i) => (
              <FieldRow
                key={f.field}
                pictureId={picture.pictureId}
                field={f}
                current={i === at}
                onPick={() => setReview((now) => ({ ...now, at: i }))}
              />
            ))}
          </div>
        </section>
        {props.strip}
      </div>
      <aside className="ui-card door-panel" aria-live="polite">
        <Headline tone={left === 0 ? 'not-done' : 'look'} icon={<CardIcon />}>
          {left === 0 ? t.reviewDone : t.review}
        </Headline>
        <p className="door-match-help">{left === 0 ? ' ' : `${t.ofWhich(left)} · ${t.reviewHelp}`}</p>
        {current === null ? (
          <div className="card-now is-done">
            {fields
              .filter((f) => f.field === 'name' || f.field === 'number')
              .map((f) => (
                <b key={f.field}>{f.text}</b>
              ))}
          </div>
        ) : (
          <div className="card-now" data-enter="desk">
            <span>{t.fields[current.field]}</span>
            <CropPicture pictureId={picture.pictureId} field={current.field} />
            <Input
              ref={field}
              value={current.text}
              maxLength={70}
              autoComplete="off"
              aria-label={t.fields[current.field]}
              onChange={(event) => setReview((now) => correct(now, event.target.value))}
              onKeyDown={(event) => {
                if (event.key === 'ArrowDown') step(1);
                if (event.key === 'ArrowUp') step(-1);
              }}
            />
            {current.field === 'number' && <CheckDigit number={current.text} />}
          </div>
        )}
        <Refusal error={door.refusal} />
        <BigButton size={136} blue hint="Enter" disabled={door.busy || (at === null && !ready)} onPress={enter}>
          {door.busy ? t.confirming : allSeen(review) ? t.confirm : t.right}
        </BigButton>
        <div className="ui-row door-second-row">
          <BigButton size={48} hint="F6" onPress={props.onAgain}>
            {t.again}
          </BigButton>
          <BigButton size={48} hint="Escape" onPress={close}>
            {t.back}
          </BigButton>
        </div>
      </aside>
    </div>
  );
}

function FieldRow(props: { pictureId: string; field: ReviewField; current: boolean; onPick: () => void }): ReactNode {
  const { field } = props;
  const t = useTexts(cardCameraTexts);
  const changed = field.text !== field.read;
  const kind: StatusKind = wantsEye(field) ? (field.seen ? 'done' : 'look') : 'not-done';
  const word = changed ? (field.seen ? t.changed : t.supports.none) : field.seen ? t.seen : t.supports[field.support];
  return (
    <button
      type="button"
      role="option"
      aria-selected={props.current}
      className={`card-field${wantsEye(field) && !field.seen ? ' is-look' : ''}`}
      onClick={props.onPick}
    >
      <span>{t.fields[field.field]}</span>
      <CropPicture pictureId={props.pictureId} field={field.field} />
      <b>{field.text}</b>
      {/* Quiet where something speaks for it: grey word, no colour. */}
      {wantsEye(field) ? <Status kind={kind}>{word}</Status> : <small>{word}</small>}
    </button>
  );
}

function CropPicture({ pictureId, field }: { pictureId: string; field: ReviewField['field'] }): ReactNode {
  const crop = useCrop(pictureId, field);
  return <span className="card-crop">{crop !== null && <img src={crop} alt="" data-shows="print" />}</span>;
}

function CheckDigit({ number }: { number: string }): ReactNode {
  const t = useTexts(cardCameraTexts);
  const adds = numberAddsUp(number);
  return <Status kind={adds === true ? 'done' : 'stop'}>{adds === true ? t.addsUp : t.addsUpNot}</Status>;
}

import '../card-camera.css';
import { Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { OtherDocument as Kind } from '../../../../electron/features/checkin/contract.ts';
import { CardIcon } from '../../../features/checkin/door-icons.tsx';
import { startFrameMaker } from '../../../features/checkin/frame-maker.ts';
import { useBlobAddress } from '../../../features/checkin/use-attempt-image.ts';
import { useChosenCamera } from '../../../features/checkin/use-chosen-camera.ts';
import { cardReading } from '../../../features/checkin/use-live-frames.ts';
import { cardCameraTexts } from '../../../texts/card-camera.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { DocumentView, documentLines } from './CardCamera.tsx';
import { Headline, Refusal } from './parts.tsx';

/** A passport, permit or military document: its kind by a digit, number and name typed, its picture taken. Two persons follow. */
export function OtherDocument({ door, strip }: { door: Door; strip: ReactNode }): ReactNode {
  const t = useTexts(cardCameraTexts);
  const chosen = useChosenCamera(true, documentLines);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [kind, setKind] = useState<Kind | null>(null);
  const [number, setNumber] = useState('');
  const [name, setName] = useState('');
  const [picture, setPicture] = useState<Blob | null>(null);
  const numberField = useRef<InputRef>(null);
  const nameField = useRef<InputRef>(null);
  const taken = useBlobAddress(picture);
  const kinds = door.lane.otherDocuments;
  const missing = [
    ...(kind === null ? [t.missing.kind] : []),
    ...(number.trim().length < 4 ? [t.missing.number] : []),
    ...(name.trim() === '' ? [t.missing.name] : []),
    ...(picture === null ? [t.missing.picture] : []),
  ];
  const ready = missing.length === 0 && !door.busy;
  const shoot = async () => {
    if (picture !== null) return setPicture(null);
    if (video === null) return;
    const maker = startFrameMaker();
    const frame = await maker.jpeg(video, 'whole', cardReading.widestPx);
    maker.close();
    if (frame !== null) setPicture(frame);
  };
  /** Sends what is whole; otherwise goes to what is missing next. */
  const enter = () => {
    if (ready && kind !== null && picture !== null) {
      return door.presentOther({ type: kind, documentNumber: number.trim(), name: name.trim(), picture });
    }
    if (kind === null) return;
    if (number.trim().length < 4) numberField.current?.focus();
    else if (name.trim() === '') nameField.current?.focus();
    else if (picture === null) void shoot();
  };
  const close = () => door.setSide(null);
  const choose = (index: number) => {
    const wanted = kinds[index];
    if (wanted !== undefined) setKind(wanted);
  };
  useKeys(
    {
      ...Object.fromEntries(kinds.map((_, i) => [String(i + 1), () => choose(i)])),
      Enter: enter,
      F6: () => void shoot(),
      Escape: close,
    },
    { verdict: 'other-document' },
  );
  useEffect(() => {
    if (kind !== null) numberField.current?.focus();
  }, [kind]);
  return (
    <div className="door">
      <DocumentView
        chosen={chosen}
        videoRef={setVideo}
        tone="asking"
        says={t.takePicture}
        frame={false}
        taken={taken}
        strip={strip}
      />
      <aside className="ui-card door-panel">
        <Headline tone="not-done" icon={<CardIcon />}>
          {t.otherTitle}
        </Headline>
        <div className="card-kinds" role="radiogroup" aria-label={t.otherKind}>
          {kinds.map((value, i) => (
            // biome-ignore lint/a11y/useSemanticElements: chosen by key as well; a native radio would take the arrows
            <button
              key={value}
              type="button"
              role="radio"
              aria-checked={kind === value}
              className="door-choice"
              onClick={() => setKind(value)}
            >
              <b>
                <kbd>{i + 1}</kbd> {t.kinds[value]}
              </b>
            </button>
          ))}
        </div>
        <div className="card-typed" data-enter="desk">
          <Input
            ref={numberField}
            size="large"
            disabled={kind === null}
            maxLength={30}
            autoComplete="off"
            aria-label={t.otherNumber}
            placeholder={t.otherNumber}
            value={number}
            onChange={(event) => setNumber(event.target.value.normalize('NFKC').toUpperCase())}
          />
          <Input
            ref={nameField}
            size="large"
            disabled={kind === null}
            maxLength={60}
            autoComplete="off"
            aria-label={t.otherName}
            placeholder={t.otherName}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <BigButton size={48} hint="F6" disabled={chosen.camera.kind !== 'live'} onPress={() => void shoot()}>
          {picture === null ? t.takePicture : t.retake}
        </BigButton>
        <p className="door-match-help">{t.otherRule}</p>
        <div className="door-push" />
        <Refusal error={door.refusal} />
        <BigButton
          size={64}
          blue
          disabled={!ready}
          onPress={enter}
          {...(ready ? { hint: 'Enter' } : { under: t.stillMissing(missing) })}
        >
          {t.otherGo}
        </BigButton>
        <div className="ui-row door-second-row">
          <span />
          <BigButton size={48} hint="Escape" onPress={close}>
            {t.back}
          </BigButton>
        </div>
      </aside>
    </div>
  );
}

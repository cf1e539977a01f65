import { Input, type InputRef, Select } from 'antd';
import { type ComponentRef, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { cameraLabel } from '../../../features/checkin/camera-label.ts';
import { type DoorScene, decidedByEye, lacksFace, verdictKey } from '../../../features/checkin/door-scene.ts';
import { likelyReason, offeredReasons, reasonKeys } from '../../../features/checkin/manual-reason.ts';
import { TwoSpellings } from '../../../features/checkin/TwoSpellings.tsx';
import type { DoorCamera } from '../../../features/checkin/use-camera.ts';
import { roleNames } from '../../../features/staff/role-names.ts';
import { useMe } from '../../../features/staff/use-me.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useLanguage } from '../../../texts/language.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { CheckCircleFilled, TeamOutlined, UserOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { PinInput } from '../../../ui/PinInput.tsx';
import { clockText } from '../../../ui/time-text.ts';
import { type MissingPart, missingParts, useManualDraft } from '../manual-draft.ts';
import type { Door } from '../use-door.ts';
import { ManualPictures } from './ManualPictures.tsx';
import { Headline, Ids, panelRoomPx, Refusal, Who } from './parts.tsx';

/**
 * Two persons look: pictures side by side, four checks by the keys 1 to 4, then the second person's own PIN. As quick
 * as the face lane, and the same for someone who does not want their face compared.
 */
export function ManualLane(props: {
  door: Door;
  scene: Extract<DoorScene, { kind: 'manual' }>;
  camera: DoorCamera;
  still: string | null;
  strip: ReactNode;
}): ReactNode {
  const { door, scene, camera } = props;
  const { attempt, called } = scene;
  const t = useTexts(doorTexts);
  const { language } = useLanguage();
  const me = useMe();
  const { draft, change, tick } = useManualDraft();
  const doubts = attempt.decision.kind === 'call-person' ? attempt.decision.reasons : [];
  const likely = likelyReason(doubts, attempt.frames.good > 0, door.lane.reader.kind);
  const offered = offeredReasons(likely, attempt, door.lane.reader.kind);
  const reason = draft.reason ?? likely;
  // A line may be written for any reason; for `other` it must.
  const [noting, setNoting] = useState(false);
  const noteWanted = noting || reason === 'other';
  const others = door.lane.secondPersons.filter(
    // A supervisor watches admissions and confirms none.
    ({ staffId, roles }) => staffId !== me?.staffId && roles.some((role) => role !== 'supervisor'),
  );
  const second = others.find((person) => person.staffId === draft.second) ?? null;
  const allSeen = draft.checks.every(Boolean);
  const explained = reason !== 'other' || draft.note.trim().length >= 2;
  const pinWhole = draft.pin.length === 6;
  const missing = missingParts({ allSeen, explained, secondChosen: second !== null, pinWhole });
  const ready = missing.length === 0 && !door.busy;
  const verdict = verdictKey(scene);

  const checkList = useRef<HTMLDivElement>(null);
  const note = useRef<InputRef>(null);
  const chooser = useRef<{ focus: () => void }>(null);
  const pinBoxes = useRef<ComponentRef<typeof Input.OTP>>(null);
  /** Puts the cursor where the next missing thing is done. */
  const goOn = () => {
    const places: Record<MissingPart, { focus: () => void } | null | undefined> = {
      checks: checkList.current?.querySelector<HTMLElement>('input:not(:checked)'),
      note: note.current,
      second: chooser.current,
      pin: pinBoxes.current,
    };
    const [next] = missing;
    if (next !== undefined) places[next]?.focus();
  };
  const admit = () => {
    if (door.busy) return;
    if (missing.length > 0 || second === null) return goOn();
    const seen = { sameAsDocumentPhoto: true, sameAsPlanPhoto: true, numberAgrees: true, documentValid: true } as const;
    door.admitByHand(attempt, {
      reason,
      note: draft.note.trim(),
      checks: seen,
      second: { staffId: second.staffId, pin: draft.pin },
    });
  };
  const leave = () => (called ? door.cancel(attempt) : door.leaveManual());
  const aside = () => door.setAside(attempt);
  useKeys(
    {
      1: () => tick(0),
      2: () => tick(1),
      3: () => tick(2),
      4: () => tick(3),
      ...Object.fromEntries(
        offered.map((value, i) => [reasonKeys[i === offered.length - 1 ? 5 : i]!, () => change({ reason: value })]),
      ),
      Enter: admit,
      F7: () => setNoting(true),
      F9: aside,
      Escape: leave,
    },
    { verdict },
  );

  // A PIN that was refused is gone: it is typed again, not corrected.
  const { refusal } = door;
  const wipePin = useRef(() => change({ pin: '' }));
  useEffect(() => {
    if (refusal !== null) wipePin.current();
  }, [refusal]);
  // The cursor moves when a step is done, not while one is under way.
  const onStepDone = useEffectEvent(goOn);
  useEffect(() => {
    if (allSeen) onStepDone();
  }, [allSeen]);
  useEffect(() => {
    if (pinWhole) onStepDone();
  }, [pinWhole]);

  const doubtWords = (doubt: string) =>
    doubt === 'liveness-failed' && attempt.liveness.kind === 'failed'
      ? (t.livenessReasons[attempt.liveness.reason] ?? t.doubts[doubt] ?? t.otherDoubt)
      : (t.doubts[doubt] ?? t.otherDoubt);
  const wordOf = (part: MissingPart) =>
    part === 'checks' ? t.missing.checks(draft.checks.flatMap((seen, i) => (seen ? [] : [i + 1]))) : t.missing[part];
  const firstName = me?.name ?? '';
  return (
    <div className="door">
      <div className="door-manual-left">
        <ManualPictures
          attempt={attempt}
          camera={camera}
          still={props.still}
          keep={
            (decidedByEye(attempt) || lacksFace(attempt)) && reason !== 'declines-face' && camera.kind === 'live'
              ? (frame) => door.look(attempt, frame, cameraLabel(camera.stream))
              : null
          }
          compared={lacksFace(attempt)}
        />
        <div className="ui-card door-checks" ref={checkList}>
          {t.checks.map((check, i) => (
            <label key={check} className="door-check">
              <input type="checkbox" checked={draft.checks[i] ?? false} onChange={() => tick(i)} />
              <kbd>{i + 1}</kbd>
              <span>{check}</span>
            </label>
          ))}
          <div className="door-first-person">
            <span className={allSeen ? 'ui-status is-done' : 'ui-status'}>
              {allSeen ? <CheckCircleFilled /> : <UserOutlined />} {t.firstPerson}
            </span>
            <span className="door-one-line">
              {allSeen && draft.seenAtMs !== null
                ? t.firstSeen(firstName, clockText(draft.seenAtMs))
                : t.firstToDo(firstName)}
            </span>
          </div>
        </div>
        {props.strip}
      </div>
      <aside className="ui-card door-panel door-manual">
        <Headline tone="look" icon={<TeamOutlined />}>
          {allSeen ? t.manualTitle : t.manualFirst}
        </Headline>
        <div className="door-manual-who">
          {attempt.nameOnCard === null ? (
            <Who attempt={attempt} roomPx={attempt.place === null ? panelRoomPx : panelRoomPx - 170} />
          ) : (
            <TwoSpellings planned={attempt.name ?? ''} onDocument={attempt.nameOnCard}>
              <Ids attempt={attempt} />
            </TwoSpellings>
          )}
          {attempt.place !== null && (
            <div className="door-manual-seat">
              <b>{t.seat(attempt.place.seat)}</b>
              <span>{attempt.place.roomName}</span>
            </div>
          )}
        </div>
        {doubts.length > 0 && (
          <div className="ui-clause is-look">
            <span>{doubts.map(doubtWords).join(language === 'zh-CN' ? '；' : '; ')}</span>
            <small>{t.machineOnlyReminds}</small>
          </div>
        )}
        <div className="door-manual-grid">
          <span>{t.why}</span>
          <div className="door-reason">
            <div className="door-chips" role="radiogroup" aria-label={t.why}>
              {offered.map((value, i) => (
                // biome-ignore lint/a11y/useSemanticElements: chosen by key as well; a native radio would take the arrows
                <button
                  key={value}
                  type="button"
                  role="radio"
                  aria-checked={value === reason}
                  className="door-chip"
                  onClick={(event) => {
                    event.currentTarget.blur();
                    change({ reason: value });
                  }}
                >
                  <kbd>{reasonKeys[i === offered.length - 1 ? 5 : i]}</kbd>
                  <span>{t.reasonsShort[value]}</span>
                </button>
              ))}
            </div>
            {noteWanted && (
              <Input
                ref={note}
                size="large"
                data-enter="desk"
                // Chosen by hand it is written at once; proposed, the four checks come first.
                autoFocus={noting || draft.reason === 'other'}
                maxLength={200}
                placeholder={t.note}
                aria-label={t.note}
                value={draft.note}
                onChange={(event) => change({ note: event.target.value })}
              />
            )}
          </div>
          <span className="ui-status">
            <UserOutlined /> {t.secondPerson}
          </span>
          <Select<NonNullable<typeof draft.second>>
            ref={(select) => {
              chooser.current = select;
            }}
            size="large"
            aria-label={t.secondPerson}
            disabled={!allSeen}
            placeholder={t.chooseSecond}
            notFoundContent={t.nobodyElse}
            value={draft.second}
            onChange={(value) => change({ second: value, pin: '' })}
            options={others.map((person) => ({
              value: person.staffId,
              label: `${person.name} · ${roleNames(person.roles, language)}`,
            }))}
          />
        </div>
        {refusal === null ? (
          <p className="door-pin-label">{second !== null && allSeen ? t.pinOf(second.name) : t.pinLater}</p>
        ) : (
          // In the label's place: the action below must not move.
          <Refusal error={refusal} />
        )}
        <PinInput
          ref={pinBoxes}
          key={`${draft.second ?? ''}:${refusal === null ? '' : 'again'}`}
          label={second === null ? t.pinLater : t.pinOf(second.name)}
          value={draft.pin}
          onChange={(pin) => change({ pin })}
          disabled={second === null || !allSeen || door.busy}
          autoFocus={second !== null}
        />
        <div className="door-push" />
        <BigButton
          size={136}
          blue
          disabled={!ready}
          onPress={admit}
          {...(ready ? { hint: 'Enter' } : missing.length > 0 && { under: t.stillMissing(missing.map(wordOf)) })}
        >
          {door.busy ? t.admitting : t.admit}
        </BigButton>
        <div className="ui-row door-second-row">
          <BigButton size={48} hint="F9" onPress={aside}>
            {t.moveAside}
          </BigButton>
          <BigButton size={48} hint="Escape" onPress={leave}>
            {called ? t.cancel : t.back}
          </BigButton>
        </div>
      </aside>
    </div>
  );
}

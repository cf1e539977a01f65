import { isDefinedError } from '@orpc/client';
import { Input } from 'antd';
import { type ComponentRef, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { useMe } from '../../../features/staff/use-me.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { SyncOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { nobodyYet, PersonPin } from './PersonPin.tsx';
import { Headline, Refusal, Who } from './parts.tsx';

/** An admission taken back: why, and the site lead's own PIN. The keys 1 to 3 write the usual reasons. */
export function UndoPanel({ door, attempt }: { door: Door; attempt: Attempt }): ReactNode {
  const t = useTexts(doorTexts);
  const me = useMe();
  const [reason, write] = useState('');
  const [lead, setLead] = useState(nobodyYet);
  const { candidateId } = attempt;
  const leads = door.lane.secondPersons.filter((person) => person.roles.includes('site-lead'));
  // The lead at this very desk still types the PIN; the only lead there is need not be looked for.
  const [only] = leads.length === 1 ? leads : leads.filter((person) => person.staffId === me?.staffId);
  const by = lead.staffId === null && only !== undefined ? { ...lead, staffId: only.staffId } : lead;
  const marksBegun = markingBegun(door.refusal);
  const missing = [
    ...(reason.trim().length < 2 ? [t.undoMissing.reason] : []),
    ...(by.staffId === null ? [t.undoMissing.lead] : []),
    ...(by.pin.length < 6 ? [t.undoMissing.pin] : []),
  ];
  const ready = missing.length === 0 && !door.busy;
  const undo = () => {
    if (!ready || candidateId === null || by.staffId === null) return;
    door.undo(attempt, {
      candidateId,
      reason: reason.trim(),
      lead: { staffId: by.staffId, pin: by.pin },
      despiteMarks: marksBegun,
    });
  };
  const back = () => door.setSide(null);
  const { refusal } = door;
  useEffect(() => {
    if (refusal !== null && !markingBegun(refusal)) setLead((now) => ({ ...now, pin: '' }));
  }, [refusal]);
  const quick = t.undoReasons;
  const pin = useRef<ComponentRef<typeof Input.OTP>>(null);
  const because = (words: string) => {
    write(words);
    pin.current?.focus();
  };
  useKeys(
    {
      1: () => because(quick[0]!),
      2: () => because(quick[1]!),
      3: () => because(quick[2]!),
      Enter: undo,
      Escape: back,
    },
    { verdict: `undo:${attempt.attemptId}` },
  );
  return (
    <>
      <Headline tone="look" icon={<SyncOutlined />}>
        {t.undoTitle}
      </Headline>
      <Who attempt={attempt} />
      <p className="door-match-help">{t.undoHelp}</p>
      <div className="door-chips">
        {quick.map((words, i) => (
          <button
            key={words}
            type="button"
            className="door-chip"
            aria-pressed={reason === words}
            onClick={() => because(words)}
          >
            <kbd>{i + 1}</kbd> {words}
          </button>
        ))}
      </div>
      <Input
        size="large"
        data-enter="desk"
        maxLength={200}
        aria-label={t.undoWhy}
        placeholder={t.undoWhy}
        value={reason}
        onChange={(event) => write(event.target.value)}
      />
      <PersonPin
        label={t.undoLead}
        pinRef={pin}
        people={leads}
        nobody={t.undoNobody}
        value={by}
        onChange={setLead}
        disabled={door.busy}
      />
      <div className="door-push" />
      <Refusal error={refusal} />
      <BigButton
        size={64}
        blue
        disabled={!ready}
        onPress={undo}
        {...(ready ? { hint: 'Enter' } : { under: t.stillMissing(missing) })}
      >
        {marksBegun ? t.undoDespiteMarks : t.undo}
      </BigButton>
      <div className="ui-row door-second-row">
        <span />
        <BigButton size={48} hint="Escape" onPress={back}>
          {t.back}
        </BigButton>
      </div>
    </>
  );
}

/** Drafts of marks exist and nothing is locked: the lead has been told and may go on all the same. */
function markingBegun(refusal: unknown): boolean {
  if (!(refusal instanceof Error) || !isDefinedError(refusal)) return false;
  const { code, data } = refusal as { code?: string; data?: { locked?: boolean } };
  return code === 'MARKING_BEGUN' && data?.locked === false;
}

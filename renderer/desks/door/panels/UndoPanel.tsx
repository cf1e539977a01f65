import { isDefinedError } from '@orpc/client';
import type { Input } from 'antd';
import { type ComponentRef, type ReactNode, useRef } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { useMe } from '../../../features/staff/use-me.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { SyncOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { Headline, Who } from './parts.tsx';
import { useVouching, VouchedAct } from './VouchedAct.tsx';

/** An admission taken back: why, and the site lead's own PIN. The keys 1 to 3 write the usual reasons. */
export function UndoPanel({ door, attempt }: { door: Door; attempt: Attempt }): ReactNode {
  const t = useTexts(doorTexts);
  const me = useMe();
  const { candidateId } = attempt;
  const leads = door.lane.secondPersons.filter((person) => person.roles.includes('site-lead'));
  // The lead at this very desk still types the PIN; the only lead there is need not be looked for.
  const [only] = leads.length === 1 ? leads : leads.filter((person) => person.staffId === me?.staffId);
  const marksBegun = markingBegun(door.refusal);
  const vouching = useVouching(
    door.refusal,
    { words: t.undoMissing.reason, person: t.undoMissing.lead, pin: t.undoMissing.pin },
    { stands: only, keepsPin: marksBegun },
  );
  const { vouched } = vouching;
  const undo = () => {
    if (door.busy || candidateId === null || vouched === null) return;
    door.undo(attempt, { candidateId, reason: vouched.words, lead: vouched.by, despiteMarks: marksBegun });
  };
  const back = () => door.setSide(null);
  const quick = t.undoReasons;
  const pin = useRef<ComponentRef<typeof Input.OTP>>(null);
  const because = (words: string) => {
    vouching.write(words);
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
            aria-pressed={vouching.words === words}
            onClick={() => because(words)}
          >
            <kbd>{i + 1}</kbd> {words}
          </button>
        ))}
      </div>
      <VouchedAct
        door={door}
        vouching={vouching}
        wordsLabel={t.undoWhy}
        personLabel={t.undoLead}
        people={leads}
        nobody={t.undoNobody}
        pinRef={pin}
        missing={vouching.missing}
        act={marksBegun ? t.undoDespiteMarks : t.undo}
        onAct={undo}
        onBack={back}
      />
    </>
  );
}

/** Drafts of marks exist and nothing is locked: the lead has been told and may go on all the same. */
function markingBegun(refusal: unknown): boolean {
  if (!(refusal instanceof Error) || !isDefinedError(refusal)) return false;
  const { code, data } = refusal as { code?: string; data?: { locked?: boolean } };
  return code === 'MARKING_BEGUN' && data?.locked === false;
}

import { Input } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { useMe } from '../../../features/staff/use-me.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { StopOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { nobodyYet, PersonPin } from './PersonPin.tsx';
import { Headline, Refusal, Who } from './parts.tsx';

const verdicts = ['different-person', 'held'] as const;
type Verdict = (typeof verdicts)[number];

/** The lead or a supervisor has looked at both pictures and at the person: what they say, why, and their own PIN. */
export function ImpersonationVerdict(props: { door: Door; attempt: Attempt; onBack: () => void }): ReactNode {
  const { door, attempt } = props;
  const t = useTexts(doorTexts);
  const me = useMe();
  const [verdict, choose] = useState<Verdict | null>(null);
  const [note, write] = useState('');
  const [by, setBy] = useState(nobodyYet);
  const people = door.lane.secondPersons.filter(
    ({ staffId, roles }) => staffId !== me?.staffId && (roles.includes('site-lead') || roles.includes('supervisor')),
  );
  const missing = [
    ...(verdict === null ? [t.verdictMissing.verdict] : []),
    ...(note.trim().length < 2 ? [t.verdictMissing.note] : []),
    ...(by.staffId === null ? [t.verdictMissing.second] : []),
    ...(by.pin.length < 6 ? [t.verdictMissing.pin] : []),
  ];
  const ready = missing.length === 0 && !door.busy;
  const confirm = () => {
    if (!ready || verdict === null || by.staffId === null) return;
    door.settle(attempt, { verdict, note: note.trim(), second: { staffId: by.staffId, pin: by.pin } });
  };
  const { refusal } = door;
  useEffect(() => {
    if (refusal !== null) setBy((now) => ({ ...now, pin: '' }));
  }, [refusal]);
  useKeys(
    {
      1: () => choose('different-person'),
      2: () => choose('held'),
      Enter: confirm,
      Escape: props.onBack,
      F7: () => {},
    },
    { verdict: `settle:${attempt.attemptId}` },
  );
  return (
    <>
      <Headline tone="stop" icon={<StopOutlined />}>
        {t.verdictTitle}
      </Headline>
      <Who attempt={attempt} />
      <div className="door-verdicts" role="radiogroup" aria-label={t.verdictTitle}>
        {verdicts.map((value, i) => (
          // biome-ignore lint/a11y/useSemanticElements: two large tiles, chosen by key as well
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={verdict === value}
            className="door-choice"
            onClick={() => choose(value)}
          >
            <b>
              <kbd>{i + 1}</kbd> {t.verdicts[value]}
            </b>
            <span>{t.verdictHelp[value]}</span>
          </button>
        ))}
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
        onPress={confirm}
        {...(ready ? { hint: 'Enter' } : { under: t.stillMissing(missing) })}
      >
        {t.confirm}
      </BigButton>
      <div className="ui-row door-second-row">
        <span />
        <BigButton size={48} hint="Escape" onPress={props.onBack}>
          {t.back}
        </BigButton>
      </div>
    </>
  );
}

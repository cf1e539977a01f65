import { type ReactNode, useState } from 'react';
import type { Attempt } from '../../../../electron/features/checkin/contract.ts';
import { useMe } from '../../../features/staff/use-me.ts';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { StopOutlined } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { Headline, Who } from './parts.tsx';
import { judgesOf, useVouching, VouchedAct } from './VouchedAct.tsx';

const verdicts = ['different-person', 'held'] as const;
type Verdict = (typeof verdicts)[number];

/** The lead or a supervisor has looked at both pictures and at the person: what they say, why, and their own PIN. */
export function ImpersonationVerdict(props: { door: Door; attempt: Attempt; onBack: () => void }): ReactNode {
  const { door, attempt } = props;
  const t = useTexts(doorTexts);
  const me = useMe();
  const [verdict, choose] = useState<Verdict | null>(null);
  const vouching = useVouching(door.refusal, {
    words: t.verdictMissing.note,
    person: t.verdictMissing.second,
    pin: t.verdictMissing.pin,
  });
  const { vouched } = vouching;
  const confirm = () => {
    if (door.busy || verdict === null || vouched === null) return;
    door.settle(attempt, { verdict, note: vouched.words, second: vouched.by });
  };
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
      <VouchedAct
        door={door}
        vouching={vouching}
        wordsLabel={t.verdictNote}
        personLabel={t.verdictBy}
        people={judgesOf(door, me?.staffId)}
        nobody={t.nobodyElse}
        missing={verdict === null ? [t.verdictMissing.verdict, ...vouching.missing] : vouching.missing}
        act={t.confirm}
        onAct={confirm}
        onBack={props.onBack}
      />
    </>
  );
}

import { Descriptions } from 'antd';
import type { ReactNode } from 'react';
import type { PlanSummary } from '../../../electron/features/plan/contract.ts';
import { useLanguage } from '../../texts/language.tsx';
import { planTexts } from '../../texts/plan.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';

/** Sixteen hex digits in groups of four: enough to compare by eye with the centre's paper. */
const digestWords = (digest: string): string =>
  digest
    .slice(0, 16)
    .toUpperCase()
    .replace(/(.{4})(?=.)/g, '$1 ');

/** A plan in figures, with its check code and warnings. */
export function PlanFacts({ summary }: { summary: PlanSummary }): ReactNode {
  const t = useTexts(planTexts);
  const { language } = useLanguage();
  const figures = (['sessions', 'rooms', 'candidates', 'photos', 'examiners'] as const).map((key) => ({
    key,
    word: t.facts[key],
    figure: summary[key],
  }));
  return (
    <>
      <div className="plan-figures">
        {figures.map((f) => (
          <p key={f.key}>
            <small>{f.word}</small>
            <b>{f.figure}</b>
          </p>
        ))}
      </div>
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'batch', label: t.facts.batch, children: `${summary.batch} · ${summary.planId}` },
          { key: 'site', label: t.facts.site, children: summary.siteName },
          { key: 'centre', label: t.facts.centre, children: summary.centreName },
          {
            key: 'signature',
            label: t.facts.signature,
            children: (
              <Status kind={summary.signed ? 'done' : 'not-done'}>{summary.signed ? t.signed : t.unsigned}</Status>
            ),
          },
          {
            key: 'digest',
            label: t.facts.digest,
            children: (
              <span title={summary.digest}>
                <b className="plan-digest">{digestWords(summary.digest)}</b> {summary.signed && t.digestHelp}
              </span>
            ),
          },
        ]}
      />
      {summary.warnings.length > 0 && (
        <div className="plan-warnings">
          <Status kind="look">{t.warnings(summary.warnings.length)}</Status>
          <ul>
            {summary.warnings.map((warning) => (
              <li key={warning.zh}>{language === 'zh-CN' ? warning.zh : warning.en}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** What was checked and found good, to be looked at once more before it is saved whole. */
export function PlanReady(props: {
  summary: PlanSummary;
  saving: boolean;
  problem: string | null;
  onAdopt: () => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(planTexts);
  useKeys({ Enter: props.saving ? undefined : props.onAdopt, Escape: props.onBack }, { verdict: 'ready' });
  return (
    <>
      <h2 className="is-done">{t.ready}</h2>
      <p className="office-quiet">{t.readyHelp}</p>
      <PlanFacts summary={props.summary} />
      {props.problem !== null && (
        <p role="alert">
          <Status kind="stop">{props.problem}</Status>
        </p>
      )}
      <div className="office-pair">
        <BigButton size={64} hint="Esc" disabled={props.saving} onPress={props.onBack}>
          {t.chooseOther}
        </BigButton>
        <BigButton size={64} blue hint="Enter" disabled={props.saving} onPress={props.onAdopt}>
          {props.saving ? t.adopting : t.adopt}
        </BigButton>
      </div>
    </>
  );
}

import type { ReactNode } from 'react';
import type { RuleRef } from '../../electron/features/checkin/contract.ts';
import { frameTexts } from '../texts/frame.ts';
import { useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/use-texts.ts';

/** The rule a block rests on: its sentence, its id, its clause and source. */
export function ClauseNote({ rule, tone }: { rule: RuleRef; tone: 'stop' | 'look' }): ReactNode {
  const { language } = useLanguage();
  const t = useTexts(frameTexts);
  return (
    <div className={`ui-clause is-${tone}`}>
      <span>
        {t.rule(rule.ruleId)}
        {language === 'zh-CN' ? rule.text.zh : rule.text.en}
      </span>
      <small>{t.source(rule.source)}</small>
    </div>
  );
}

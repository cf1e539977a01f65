import type { ReactNode } from 'react';
import type { WarningView } from '../../../electron/features/examiners/contract.ts';
import { examinersTexts } from '../../texts/examiners.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';

/** What a person should look at in a dossier, what keeps off a panel first. */
export function Warnings({ warnings }: { warnings: readonly WarningView[] }): ReactNode {
  const t = useTexts(examinersTexts);
  if (warnings.length === 0) return <Status kind="done">{t.good}</Status>;
  const worstFirst = warnings.toSorted((a, b) => Number(b.level === 'stop') - Number(a.level === 'stop'));
  return (
    <div className="dossier-warnings">
      {worstFirst.map((w) => (
        <Status key={w.code} kind={w.level}>
          {t.warnings[w.code](w)}
        </Status>
      ))}
    </div>
  );
}

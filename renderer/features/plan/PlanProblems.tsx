import { Table } from 'antd';
import type { ReactNode } from 'react';
import type { PlanProblem } from '../../../electron/features/plan/contract.ts';
import { type Language, useLanguage } from '../../texts/language.tsx';
import { planTexts } from '../../texts/plan.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { statusIcon } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { problemsCsv } from './problems-csv.ts';

const textOf = (problem: PlanProblem, language: Language): string =>
  language === 'zh-CN' ? problem.text.zh : problem.text.en;

/** Everything to mend, where it stands in the workbook. Nothing has been saved. */
export function PlanProblems({ problems, onBack }: { problems: PlanProblem[]; onBack: () => void }): ReactNode {
  const t = useTexts(planTexts);
  const { language } = useLanguage();
  const save = () => {
    const head = [t.sheet, t.row, t.column, t.problem];
    const rows = problems.map((p) => [
      p.sheet,
      p.row === 0 ? t.wholeSheet : String(p.row),
      p.column,
      textOf(p, language),
    ]);
    saveFile(t.problemsFile, new Blob([problemsCsv([head, ...rows])], { type: 'text/csv' }));
  };
  useKeys({ Enter: save, Escape: onBack }, { verdict: 'problems' });
  return (
    <>
      <h2 className="is-look">
        {statusIcon('look')} {t.problems(problems.length)}
      </h2>
      <p className="office-quiet">{t.problemsHelp}</p>
      <div className="office-scroll">
        <Table<PlanProblem>
          rowKey={(p) => `${p.sheet}/${p.row}/${p.column}/${p.code}/${p.text.zh}`}
          size="small"
          sticky
          pagination={problems.length > 200 && { pageSize: 200, showSizeChanger: false }}
          dataSource={problems}
          columns={[
            {
              title: t.sheet,
              dataIndex: 'sheet',
              width: 150,
              filters: [...new Set(problems.map((p) => p.sheet))].map((sheet) => ({ text: sheet, value: sheet })),
              onFilter: (value, p) => p.sheet === value,
            },
            { title: t.row, width: 100, align: 'right', render: (_, p) => (p.row === 0 ? t.wholeSheet : p.row) },
            { title: t.column, dataIndex: 'column', width: 180 },
            { title: t.problem, render: (_, p) => textOf(p, language) },
          ]}
        />
      </div>
      <div className="office-pair">
        <BigButton size={64} hint="Esc" onPress={onBack}>
          {t.chooseAgain}
        </BigButton>
        <BigButton size={64} blue hint="Enter" onPress={save}>
          {t.exportProblems}
        </BigButton>
      </div>
    </>
  );
}

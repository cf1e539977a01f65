import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Space, Table, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import type { FileCheck } from '../../../electron/features/scoring/contract.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { frameTexts } from '../../texts/frame.ts';
import { scoresTexts } from '../../texts/scores.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { PlanProblems } from '../plan/PlanProblems.tsx';

/** Rubrics for the next plan workbook, and parts passed before: each a file that is checked whole before anything is kept. */
export function FilesTab({ mayRubrics, keeps }: { mayRubrics: boolean; keeps: boolean }): ReactNode {
  const t = useTexts(scoresTexts);
  const e = useTexts(examinerTexts);
  const f = useTexts(frameTexts);
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const rubrics = useQuery(ask.scoring.rubrics.queryOptions());
  const [check, setCheck] = useState<{ what: 'rubrics' | 'passes'; found: FileCheck } | null>(null);
  const [pin, setPin] = useState('');
  const [said, setSaid] = useState<{ type: 'error' | 'success'; text: string } | null>(null);
  const attempt = async (act: () => Promise<unknown>) => {
    setSaid(null);
    try {
      await act();
    } catch (error) {
      setSaid({ type: 'error', text: sentenceOf(error) });
    }
  };
  if (check?.found.kind === 'problems') {
    return <PlanProblems problems={check.found.problems} onBack={() => setCheck(null)} />;
  }
  const adopt = async (checkId: string) => {
    if (check?.what === 'rubrics') {
      await station.scoring.adoptRubrics({ checkId });
      setSaid({ type: 'success', text: t.rubricsKept });
    } else {
      const { added } = await station.scoring.adoptPartPasses({ checkId, pin });
      setSaid({ type: 'success', text: t.passesKept(added) });
    }
    setCheck(null);
    setPin('');
    await queries.invalidateQueries({ queryKey: ask.scoring.key() });
  };
  const upload = (what: 'rubrics' | 'passes', accept: string, label: string) => (
    <Upload
      accept={accept}
      showUploadList={false}
      beforeUpload={(file) => {
        void attempt(async () => {
          const found =
            what === 'rubrics'
              ? await station.scoring.checkRubrics({ file })
              : await station.scoring.checkPartPasses({ file });
          setCheck({ what, found });
        });
        return false;
      }}
    >
      <Button size="large">{label}</Button>
    </Upload>
  );
  return (
    <div className="scores-files">
      <Space wrap size="middle">
        {mayRubrics && (
          <>
            {upload('rubrics', '.xlsx,.json', t.importRubrics)}
            <Button
              size="large"
              onClick={() =>
                void attempt(async () => saveFile(t.rubricTemplateName, await station.scoring.rubricTemplate()))
              }
            >
              {t.template}
            </Button>
          </>
        )}
        {keeps && (
          <>
            {upload('passes', '.xlsx,.csv,.txt', t.importPasses)}
            <Button
              size="large"
              onClick={() =>
                void attempt(async () => saveFile(t.passTemplateName, await station.scoring.partPassTemplate()))
              }
            >
              {t.template}
            </Button>
          </>
        )}
      </Space>
      {said && <Alert type={said.type} title={said.text} />}
      {check?.found.kind === 'ready' && (
        <section className="ui-card scores-form">
          <h3>{check.what === 'rubrics' ? t.rubricsGood : t.passesGood(check.found.lines[0] ?? '0')}</h3>
          {check.what === 'rubrics' && check.found.lines.map((line) => <p key={line}>{line}</p>)}
          <p className="rubric-max scores-hash">SHA-256 {check.found.sha256}</p>
          {check.what === 'passes' && <PinInput value={pin} onChange={setPin} label={t.pin} />}
          <Button
            type="primary"
            size="large"
            disabled={check.what === 'passes' && pin.length < 6}
            onClick={() =>
              check.found.kind === 'ready' && void attempt(() => adopt((check.found as { checkId: string }).checkId))
            }
          >
            {t.keep}
          </Button>
        </section>
      )}
      <h3>{t.rubricShelf}</h3>
      <p className="rubric-max">{t.rubricShelfHelp}</p>
      <Table
        rowKey="rubricId"
        size="small"
        pagination={false}
        dataSource={rubrics.data ?? []}
        locale={{ emptyText: t.noRubrics }}
        columns={[
          { title: t.rubricId, dataIndex: 'rubricId', width: 120 },
          { title: t.rubricTitle, dataIndex: 'title' },
          { title: t.occupation, render: (_, r) => f.occupation(r.occupation, r.level), width: 200 },
          { title: t.part, render: (_, r) => e.parts[r.part] ?? r.part, width: 110 },
          { title: t.items, dataIndex: 'items', width: 90 },
          { title: t.vetoes, dataIndex: 'vetoes', width: 90 },
        ]}
      />
    </div>
  );
}

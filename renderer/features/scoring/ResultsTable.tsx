import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { CandidateResult } from '../../../electron/features/scoring/contract.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { formatMark } from './mark-text.ts';
import { groupedObstacles } from './obstacles.ts';

type ExaminerWords = (typeof examinerTexts)['zh-CN'];

export const resultKinds: Record<CandidateResult['result'], StatusKind> = {
  passed: 'done',
  failed: 'stop',
  absent: 'not-done',
  irregular: 'stop',
  void: 'stop',
  'not-confirmed': 'look',
};

export const resultWord = (t: ExaminerWords, result: CandidateResult['result']): string =>
  ({
    passed: t.passed,
    failed: t.failed,
    absent: t.absent,
    irregular: t.irregular,
    void: t.void,
    'not-confirmed': t.notConfirmed,
  })[result];

export interface Revealed {
  results: CandidateResult[];
  passTenths: number;
  spreadLimitTenths: number;
}

/** Everyone's totals side by side, the spread and the result by the pass rule. `me`: the name whose column is one's own. */
export function ResultsTable({ revealed, me }: { revealed: Revealed; me: string | null }): ReactNode {
  const t = useTexts(examinerTexts);
  const examiners = [...new Set(revealed.results.flatMap((r) => r.totals.map((total) => total.examiner)))];
  const columns: TableColumnsType<CandidateResult> = [
    { title: t.anonymousNumber, dataIndex: 'anonymousNumber', width: 90, className: 'results-number' },
    ...examiners.map((examiner) => ({
      title: examiner === me ? `${examiner}${t.me}` : examiner,
      key: examiner,
      align: 'right' as const,
      className: examiner === me ? 'results-mine' : '',
      render: (_: unknown, row: CandidateResult) => {
        const total = row.totals.find((x) => x.examiner === examiner);
        if (total === undefined) return '';
        if (total.correctedTenths === null) return formatMark(total.totalTenths);
        return (
          <span title={t.corrected}>
            <s>{formatMark(total.totalTenths)}</s> {formatMark(total.correctedTenths)}
          </span>
        );
      },
    })),
    {
      title: `${t.spread} (${t.spreadLimit(formatMark(revealed.spreadLimitTenths))})`,
      align: 'right',
      render: (_, row) => (
        <span className={row.spreadTenths > revealed.spreadLimitTenths ? 'is-look results-over' : ''}>
          {row.totals.length > 1 ? formatMark(row.spreadTenths) : ''}
          {row.decidedItems.length > 0 && <small className="results-decided">{t.leadMark}</small>}
        </span>
      ),
    },
    {
      title: t.score,
      align: 'right',
      className: 'results-score',
      render: (_, row) => (row.scoreTenths === null ? '–' : formatMark(row.scoreTenths)),
    },
    {
      title: t.result,
      width: 116,
      render: (_, row) => <Status kind={resultKinds[row.result]}>{resultWord(t, row.result)}</Status>,
    },
  ];
  return (
    <Table<CandidateResult>
      className="results"
      rowKey="anonymousNumber"
      columns={columns}
      dataSource={revealed.results}
      pagination={false}
      size="small"
      sticky
    />
  );
}

/** The results counted, and every obstacle with the rule it rests on. */
export function ResultsSummary({ revealed }: { revealed: Revealed }): ReactNode {
  const t = useTexts(examinerTexts);
  const groups = groupedObstacles(revealed.results);
  return (
    <>
      <p className="rubric-max">{t.passMark(formatMark(revealed.passTenths))}</p>
      <div className="results-counts">
        {(['passed', 'failed', 'not-confirmed', 'absent', 'irregular', 'void'] as const)
          .filter((r, i) => i < 4 || revealed.results.some((x) => x.result === r))
          .map((result) => (
            <p key={result}>
              <Status kind={resultKinds[result]}>{resultWord(t, result)}</Status>
              <b>{t.countOf(revealed.results.filter((r) => r.result === result).length)}</b>
            </p>
          ))}
      </div>
      <h3>{t.obstacles}</h3>
      <div className="results-obstacles">
        {groups.length === 0 && <p className="rubric-max">{t.noObstacles}</p>}
        {groups.map((group) => (
          <div className="ui-clause is-look" key={group.key}>
            <b>{group.numbers.length === revealed.results.length ? t.everyone : t.listed(group.numbers)}</b>{' '}
            {obstacleSentence(t, group.obstacle)}
            {t.nextSteps[group.obstacle.code] !== undefined && (
              <span className="obstacle-next">{t.nextStep(t.nextSteps[group.obstacle.code] ?? '')}</span>
            )}
            <small>{t.rule(group.obstacle.ruleId)}</small>
          </div>
        ))}
      </div>
    </>
  );
}

/** A code without a sentence of its own is shown by its facts: better plain than silent. */
export function obstacleSentence(t: ExaminerWords, obstacle: CandidateResult['obstacles'][number]): string {
  const sentence = t.obstacleCodes[obstacle.code];
  if (sentence !== undefined) return sentence(obstacle.facts);
  const facts = Object.entries(obstacle.facts).map(([name, value]) => `${name} ${value}`);
  return [obstacle.code, ...facts].join(' · ');
}

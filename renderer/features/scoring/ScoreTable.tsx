import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import type { PartStanding, ScoreBoard } from '../../../electron/features/scoring/contract.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { scoresTexts } from '../../texts/scores.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { formatMark } from './mark-text.ts';
import { obstacleSentence, resultKinds, resultWord } from './ResultsTable.tsx';

type Row = ScoreBoard['rows'][number];

const standingKinds: Record<PartStanding['standing'], StatusKind> = {
  passed: 'done',
  carried: 'done',
  failed: 'stop',
  expired: 'look',
  open: 'look',
  none: 'not-done',
};

/** Everybody by ticket number. Whoever has no confirmed score has every reason beside it, each with the next step. */
export function ScoreTable({ board }: { board: ScoreBoard }): ReactNode {
  const t = useTexts(scoresTexts);
  const e = useTexts(examinerTexts);
  const columns: TableColumnsType<Row> = [
    { title: t.ticket, dataIndex: 'ticketNumber', width: 150, className: 'results-number' },
    { title: e.anonymousNumber, dataIndex: 'anonymousNumber', width: 80 },
    { title: t.room, dataIndex: 'roomName', width: 110 },
    {
      title: t.marks,
      width: 170,
      render: (_, row) => (
        <>
          {row.totals.map((total, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the panel's order is what names a total here
            <span key={i} className="scores-total">
              {total.correctedTenths !== null && <s>{formatMark(total.totalTenths)}</s>}{' '}
              {formatMark(total.correctedTenths ?? total.totalTenths)}
            </span>
          ))}
        </>
      ),
    },
    {
      title: e.score,
      width: 80,
      align: 'right',
      className: 'results-score',
      render: (_, row) => (row.scoreTenths === null ? '–' : formatMark(row.scoreTenths)),
    },
    {
      title: e.result,
      width: 110,
      render: (_, row) => <Status kind={resultKinds[row.result]}>{resultWord(e, row.result)}</Status>,
    },
    {
      title: t.parts,
      width: 250,
      render: (_, row) => (
        <>
          {row.parts.map((p) => (
            <span key={p.part} className="scores-part">
              <Status kind={standingKinds[p.standing]}>
                {e.parts[p.part]} {t.standings[p.standing]}
              </Status>
              {p.validUntil !== null && <small>{t.validUntil(p.validUntil)}</small>}
            </span>
          ))}
        </>
      ),
    },
    {
      title: t.open,
      render: (_, row) =>
        row.obstacles.map((o) => (
          <p key={`${o.code} ${o.ruleId} ${JSON.stringify(o.facts)}`} className="scores-obstacle">
            {obstacleSentence(e, o)}
            {e.nextSteps[o.code] !== undefined && <b> {e.nextStep(e.nextSteps[o.code] ?? '')}</b>}
            <small> {e.rule(o.ruleId)}</small>
          </p>
        )),
    },
  ];
  const counts = (['passed', 'failed', 'absent', 'irregular', 'void', 'not-confirmed'] as const).map((result) => ({
    result,
    count: board.rows.filter((r) => r.result === result).length,
  }));
  return (
    <>
      <p className="scores-counts">
        {counts
          .filter((c) => c.count > 0)
          .map((c) => (
            <Status key={c.result} kind={resultKinds[c.result]}>
              {resultWord(e, c.result)} {c.count}
            </Status>
          ))}
        <span className="rubric-max">{t.qualified(board.rows.filter((r) => r.qualified).length)}</span>
      </p>
      <Table<Row>
        rowKey="candidateId"
        columns={columns}
        dataSource={board.rows}
        pagination={false}
        size="small"
        sticky
        className="results"
      />
    </>
  );
}

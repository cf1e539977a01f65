import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select, Table, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DecisionView, ScoreBoard } from '../../../electron/features/scoring/contract.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { scoresTexts } from '../../texts/scores.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { useMe } from '../staff/use-me.ts';
import { decisionLines, decisionState } from './decision-words.ts';
import { type Hand, SignAct } from './SignAct.tsx';

const NO_RUBRIC = { title: '', items: [], vetoes: [] };

/** 违纪 and 作废 with decision and evidence, set by the lead and signed by a supervisor; and every other decision of the session to read. */
export function CodesTab({ board }: { board: ScoreBoard }): ReactNode {
  const t = useTexts(scoresTexts);
  const e = useTexts(examinerTexts);
  const me = useMe();
  const queries = useQueryClient();
  const [candidateId, setCandidate] = useState<ScoreBoard['rows'][number]['candidateId'] | null>(null);
  const [code, setCode] = useState<'irregular' | 'void' | 'lifted'>('irregular');
  const [severity, setSeverity] = useState<'general' | 'serious' | 'grave'>('general');
  const [document, setDocument] = useState('');
  const [reason, setReason] = useState('');
  const [evidence, setEvidence] = useState<File[]>([]);
  const [signing, setSigning] = useState(false);
  const [checking, setChecking] = useState<DecisionView | null>(null);
  const [note, setNote] = useState('');
  const roles = me?.roles ?? [];
  const row = board.rows.find((r) => r.candidateId === candidateId);
  const again = () => queries.invalidateQueries({ queryKey: ask.scoring.key() });
  const mayCheck = (d: DecisionView) =>
    d.check === null &&
    d.by.name !== me?.name &&
    ((d.body.kind === 'code' && roles.includes('supervisor')) ||
      (d.body.kind === 'theory-correction' && roles.includes('score-keeper')));
  if (signing && row) {
    return (
      <SignAct
        headline={t.signCode}
        help={t.signCodeHelp}
        signer={me?.name ?? ''}
        action={t.signAndSet}
        onBack={() => setSigning(false)}
        onSign={async (hand) => {
          const rank = code === 'irregular' ? severity : null;
          const wish = { candidateId: row.candidateId, code, severity: rank, document, reason, evidence };
          await station.scoring.setCode({ ...wish, ...hand });
          await again();
          setSigning(false);
          setReason('');
        }}
      >
        <h2>{e.decisionFacts}</h2>
        <p className="decision-number">{row.ticketNumber}</p>
        <p className="decision-line">
          {t.codes[code]} <b>{document}</b>
        </p>
        <p>{reason}</p>
        <p className="rubric-max">{t.evidenceCount(evidence.length)}</p>
      </SignAct>
    );
  }
  if (checking) {
    const check = async (agrees: boolean, hand: Hand) => {
      const { decisionId, checkCode } = checking;
      await station.scoring.recheck({ decisionId, checkCode, agrees, note, ...hand });
      await again();
      setChecking(null);
      setNote('');
    };
    return (
      <SignAct
        headline={t.checkHeadline}
        help={e.recheckHelp}
        signer={me?.name ?? ''}
        action={e.recheckAgree}
        onBack={() => setChecking(null)}
        onSign={(hand) => check(true, hand)}
        other={{ label: e.recheckDisagree, ready: note.trim() !== '', onPress: (hand) => check(false, hand) }}
      >
        <h2>{e.decisionKinds[checking.body.kind]}</h2>
        <p className="decision-number">{checking.number}</p>
        <DecisionText decision={checking} />
        <p className="decision-line">
          {e.checkCode} <b className="check-code">{checking.checkCode}</b>
        </p>
        <Input
          placeholder={e.recheckNote}
          aria-label={e.recheckNote}
          value={note}
          onChange={(x) => setNote(x.target.value)}
        />
      </SignAct>
    );
  }
  const ready = row && document.trim() !== '' && reason.trim().length >= 4;
  return (
    <div className="scores-codes">
      {roles.includes('site-lead') && !board.sealed && (
        <section className="ui-card scores-form">
          <h3>{t.setCode}</h3>
          <Select
            showSearch
            size="large"
            aria-label={t.ticket}
            placeholder={t.ticket}
            value={candidateId}
            onChange={setCandidate}
            options={board.rows.map((r) => ({ value: r.candidateId, label: `${r.ticketNumber} · ${r.roomName}` }))}
          />
          <Select
            size="large"
            aria-label={t.code}
            value={code}
            onChange={setCode}
            options={(['irregular', 'void', 'lifted'] as const).map((c) => ({ value: c, label: t.codes[c] }))}
          />
          {code === 'irregular' && (
            <Select
              size="large"
              aria-label={t.severity}
              value={severity}
              onChange={setSeverity}
              options={(['general', 'serious', 'grave'] as const).map((c) => ({ value: c, label: t.severities[c] }))}
            />
          )}
          <Input
            size="large"
            placeholder={t.document}
            aria-label={t.document}
            value={document}
            maxLength={80}
            onChange={(x) => setDocument(x.target.value)}
          />
          <Input
            size="large"
            placeholder={t.codeReason}
            aria-label={t.codeReason}
            value={reason}
            maxLength={400}
            onChange={(x) => setReason(x.target.value)}
          />
          <Upload
            multiple
            maxCount={10}
            beforeUpload={(_, all) => {
              setEvidence(all);
              return false;
            }}
            onRemove={() => setEvidence([])}
          >
            <Button size="large">{t.evidence}</Button>
          </Upload>
          <Button type="primary" size="large" disabled={!ready} onClick={() => setSigning(true)}>
            {t.goSign}
          </Button>
        </section>
      )}
      <Table<DecisionView>
        rowKey="decisionId"
        size="small"
        pagination={false}
        dataSource={board.decisions}
        locale={{ emptyText: t.noDecisions }}
        columns={[
          { title: t.number, dataIndex: 'number', width: 150 },
          { title: t.kind, width: 120, render: (_, d) => e.decisionKinds[d.body.kind] },
          { title: t.what, render: (_, d) => <DecisionText decision={d} /> },
          { title: t.first, width: 170, render: (_, d) => `${d.by.name} ${minuteText(d.by.atMs)}` },
          {
            title: t.second,
            width: 220,
            render: (_, d) =>
              mayCheck(d) ? (
                <Button type="primary" onClick={() => setChecking(d)}>
                  {t.checkNow}
                </Button>
              ) : (
                <>
                  <Status kind={decisionState(e, d).kind}>{decisionState(e, d).word}</Status> {d.check?.name}
                </>
              ),
          },
        ]}
      />
    </div>
  );
}

function DecisionText({ decision }: { decision: DecisionView }): ReactNode {
  const t = useTexts(scoresTexts);
  const e = useTexts(examinerTexts);
  const { body } = decision;
  const lines =
    body.kind === 'code'
      ? [
          `${t.codes[body.code]}${body.severity ? ` · ${t.severities[body.severity]}` : ''} · ${body.document}`,
          t.evidenceCount(body.evidence.length),
        ]
      : decisionLines(e, NO_RUBRIC, new Map(), decision);
  return (
    <>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p className="rubric-max">{decision.reason}</p>
    </>
  );
}

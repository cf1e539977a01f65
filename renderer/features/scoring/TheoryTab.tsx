import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Select, Space, Table, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import type { TheoryCheck, TheoryView } from '../../../electron/features/scoring/contract.ts';
import type { SessionId, StaffId } from '../../../electron/lib/ids.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { scoresTexts } from '../../texts/scores.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/Loading.tsx';
import { PinInput } from '../../ui/PinInput.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { PlanProblems } from '../plan/PlanProblems.tsx';
import { ClauseOf } from '../rules/ClauseOf.tsx';
import { useMe } from '../staff/use-me.ts';
import { formatMark, parseMark } from './mark-text.ts';
import { SignAct } from './SignAct.tsx';
import { TheoryCorrection } from './TheoryCorrection.tsx';

/** Theory marks: declare to be independent, then a machine's file or papers typed by two, then signed. */
export function TheoryTab({ sessionId }: { sessionId: SessionId }): ReactNode {
  const t = useTexts(scoresTexts);
  const queries = useQueryClient();
  const sentenceOf = useErrorSentence();
  const keeper = useQuery(ask.scoring.keeper.queryOptions({ input: { sessionId } }));
  const declared = keeper.data?.declaredAtMs != null;
  const theory = useQuery(ask.scoring.theory.queryOptions({ input: { sessionId }, enabled: declared }));
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: ask.scoring.key() });
  if (keeper.data === undefined) return <Loading />;
  if (!declared) {
    const declare = async () => {
      try {
        await station.scoring.declareKeeper({ sessionId, pin });
        await again();
      } catch (error) {
        setPin('');
        setProblem(sentenceOf(error));
      }
    };
    return (
      <section className="ui-card scores-declare">
        <h2>{t.declareTitle}</h2>
        <p>{t.declareText}</p>
        <ClauseOf ruleId="scoring.keeper-independent" sessionId={sessionId} />
        <PinInput value={pin} onChange={setPin} label={t.pin} />
        <Button type="primary" size="large" disabled={pin.length < 6} onClick={() => void declare()}>
          {t.declare}
        </Button>
        {problem && <Alert type="error" title={problem} />}
      </section>
    );
  }
  if (theory.data === undefined) {
    if (!theory.isError) return <Loading />;
    return <ReadFailed onRetry={() => void theory.refetch()} sentence={sentenceOf(theory.error)} />;
  }
  return <TheoryWork key={theory.data.state} view={theory.data} again={again} />;
}

function TheoryWork({ view, again }: { view: TheoryView; again: () => Promise<unknown> }): ReactNode {
  const t = useTexts(scoresTexts);
  const me = useMe();
  const sentenceOf = useErrorSentence();
  const { sessionId } = view;
  const [check, setCheck] = useState<TheoryCheck | null>(null);
  const [signingTyped, setSigningTyped] = useState(false);
  const [correctingId, setCorrecting] = useState<string | null>(null);
  const [second, setSecond] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const other = view.typists.find((p) => !p.isMe);
  const attempt = async (act: () => Promise<unknown>) => {
    setProblem(null);
    try {
      await act();
      await again();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  if (check?.kind === 'problems') return <PlanProblems problems={check.problems} onBack={() => setCheck(null)} />;
  if (check?.kind === 'ready') {
    return (
      <SignAct
        headline={t.signTheory}
        help={t.signTheoryHelp}
        signer={me?.name ?? ''}
        action={t.signAndKeep}
        onBack={() => setCheck(null)}
        onSign={async (hand) => {
          await station.scoring.acceptTheoryFile({ checkId: check.checkId, checkCode: check.checkCode, ...hand });
          await again();
        }}
      >
        <h2>{t.fileGood}</h2>
        <p className="decision-line">
          {t.marksRead} <b>{check.marks}</b>
        </p>
        <p className="decision-line">
          {t.passedCount} <b>{check.passed}</b>
        </p>
        <p className="decision-line">
          {t.absentCount} <b>{check.absent}</b>
        </p>
        <p className="decision-line">
          {t.checkCode} <b className="check-code">{check.checkCode}</b>
        </p>
        <p className="rubric-max scores-hash">SHA-256 {check.sha256}</p>
      </SignAct>
    );
  }
  if (signingTyped && other) {
    return (
      <SignAct
        headline={t.signTheory}
        help={t.signTypedHelp}
        signer={me?.name ?? ''}
        action={t.signAndKeep}
        onBack={() => setSigningTyped(false)}
        onSign={async (hand) => {
          const { checkCode } = view;
          await station.scoring.acceptTyped({
            sessionId,
            checkCode,
            second: { staffId: other.staffId, pin: second },
            ...hand,
          });
          await again();
        }}
      >
        <h2>{t.typedAgree}</h2>
        <p className="decision-line">
          {t.checkCode} <b className="check-code">{view.checkCode}</b>
        </p>
        <p>{t.secondPin(other.name)}</p>
        <PinInput value={second} onChange={setSecond} label={t.secondPin(other.name)} />
      </SignAct>
    );
  }
  const correcting = view.rows.find((row) => row.candidateId === correctingId);
  if (correcting) {
    const close = () => setCorrecting(null);
    const done = async () => {
      await again();
      close();
    };
    return <TheoryCorrection sessionId={sessionId} row={correcting} onDone={done} onBack={close} />;
  }
  const typing = view.state === 'nothing' || view.state === 'typing';
  return (
    <div className="scores-theory">
      <Space wrap size="middle">
        <b>{t.theoryStates[view.state]}</b>
        {view.accepted && (
          <span className="rubric-max">
            {t.acceptedBy(view.accepted.by, view.accepted.second, view.accepted.checkCode)}
          </span>
        )}
        {typing && (
          <>
            <Upload
              accept=".csv,.txt,.xlsx"
              showUploadList={false}
              beforeUpload={(file) => {
                void attempt(async () => setCheck(await station.scoring.checkTheoryFile({ sessionId, file })));
                return false;
              }}
            >
              <Button type="primary" size="large">
                {t.importFile}
              </Button>
            </Upload>
            <Button
              size="large"
              onClick={() =>
                void attempt(async () => saveFile(t.templateName, await station.scoring.theoryTemplate({ sessionId })))
              }
            >
              {t.template}
            </Button>
            <Button size="large" onClick={() => void attempt(() => station.scoring.finishTyping({ sessionId }))}>
              {t.finishTyping}
            </Button>
          </>
        )}
        {view.state === 'agreed' && (
          <Button type="primary" size="large" onClick={() => setSigningTyped(true)}>
            {t.signTheory}
          </Button>
        )}
      </Space>
      <p className="rubric-max">{typing ? t.typingHelp : ''}</p>
      {view.accepted === null && <ClauseOf ruleId="scoring.two-typists" sessionId={sessionId} />}
      {problem && <Alert type="error" title={problem} />}
      <Table
        rowKey="candidateId"
        size="small"
        pagination={false}
        sticky
        dataSource={view.rows}
        columns={[
          { title: t.ticket, dataIndex: 'ticketNumber', width: 220 },
          {
            title: view.accepted ? t.markOnRecord : t.typedMark,
            width: 200,
            render: (_, row) =>
              !row.admitted ? (
                t.absent
              ) : row.acceptedTenths !== null ? (
                <AcceptedMark accepted={row.acceptedTenths} corrected={row.correctedTenths} />
              ) : typing ? (
                <TypeField
                  key={row.version}
                  tenths={row.typedTenths}
                  label={t.markOf(row.ticketNumber)}
                  onTyped={(tenths) => {
                    const { candidateId, version } = row;
                    void attempt(() => station.scoring.typeTheory({ sessionId, candidateId, tenths, version }));
                  }}
                />
              ) : row.typedTenths === null ? (
                ''
              ) : (
                formatMark(row.typedTenths)
              ),
          },
          {
            title: view.accepted ? t.correction : t.difference,
            render: (_, row) =>
              row.acceptedTenths !== null ? (
                row.correctionOpen ? (
                  <Status kind="look">{t.correctionOpen}</Status>
                ) : (
                  <Button onClick={() => setCorrecting(row.candidateId)}>{t.correct}</Button>
                )
              ) : row.differs && other ? (
                <Settle
                  differs={row.differs}
                  settled={row.settledTenths}
                  other={other}
                  onSettle={(tenths, reason, pin) => {
                    const wish = { sessionId, candidateId: row.candidateId, tenths, reason };
                    return attempt(() =>
                      station.scoring.settleDifference({ ...wish, second: { staffId: other.staffId, pin } }),
                    );
                  }}
                />
              ) : (
                ''
              ),
          },
        ]}
      />
    </div>
  );
}

/** The mark as it was accepted; struck through beside what a correction has made of it. */
function AcceptedMark({ accepted, corrected }: { accepted: number; corrected: number | null }): ReactNode {
  if (corrected === null) return formatMark(accepted);
  return (
    <>
      <s>{formatMark(accepted)}</s> <b>{formatMark(corrected)}</b>
    </>
  );
}

/** One mark, saved when the field is left or Enter is pressed. */
function TypeField({
  tenths,
  label,
  onTyped,
}: {
  tenths: number | null;
  label: string;
  onTyped: (tenths: number | null) => void;
}): ReactNode {
  const [text, setText] = useState(tenths === null ? '' : formatMark(tenths));
  const typed = text === '' ? null : parseMark(text);
  const wrong = text !== '' && (typed === null || typed > 1000);
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      maxLength={5}
      value={text}
      status={wrong ? 'error' : ''}
      onChange={(e) => setText(e.target.value.trim())}
      onBlur={() => {
        if (!wrong && typed !== tenths) onTyped(typed);
      }}
    />
  );
}

function Settle(props: {
  differs: readonly [number, number];
  settled: number | null;
  other: { staffId: StaffId; name: string };
  onSettle: (tenths: number, reason: string, pin: string) => Promise<unknown>;
}): ReactNode {
  const t = useTexts(scoresTexts);
  const [mark, setMark] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const [a, b] = props.differs;
  if (props.settled !== null) return <b>{t.settledAs(formatMark(a), formatMark(b), formatMark(props.settled))}</b>;
  return (
    <Space wrap>
      <Select
        aria-label={t.settleMark}
        placeholder={t.settleMark}
        value={mark}
        onChange={setMark}
        style={{ width: 120 }}
        options={[a, b].map((m) => ({ value: m, label: formatMark(m) }))}
      />
      <Input aria-label={t.why} placeholder={t.why} value={reason} onChange={(e) => setReason(e.target.value)} />
      <Input.Password
        aria-label={t.secondPin(props.other.name)}
        placeholder={t.secondPin(props.other.name)}
        maxLength={6}
        value={pin}
        onChange={(e) => setPin(e.target.value)}
      />
      <Button
        disabled={mark === null || reason.trim().length < 2 || pin.length < 6}
        onClick={() => mark !== null && void props.onSettle(mark, reason, pin).then(() => setPin(''))}
      >
        {t.settle}
      </Button>
    </Space>
  );
}

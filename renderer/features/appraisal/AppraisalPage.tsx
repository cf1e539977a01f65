import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AppraisalView, AppraisedExaminer } from '../../../electron/features/appraisal/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { appraisalTexts } from '../../texts/appraisal.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { AppraisalForm } from './AppraisalForm.tsx';
import { DotPlot } from './DotPlot.tsx';
import { plotEnd } from './plot-scale.ts';
import './appraisal.css';

/** How the examiners of a session have worked: figures as advice on the left, the signed word on the right. */
export function AppraisalPage({ sessionId }: { sessionId: SessionId }): ReactNode {
  const t = useTexts(appraisalTexts);
  const sentenceOf = useErrorSentence();
  const [scope, setScope] = useState<AppraisalView['scope']>('session');
  const [chosenId, choose] = useState<string | null>(null);
  const view = useQuery(ask.appraisal.view.queryOptions({ input: { sessionId, scope } }));
  if (view.data === undefined) {
    if (!view.isError) return <Loading />;
    return <ReadFailed onRetry={() => void view.refetch()} sentence={sentenceOf(view.error)} />;
  }
  const { examiners, rooms, leastCandidates, open } = view.data;
  const chosen = examiners.find((e) => e.examinerId === chosenId) ?? null;
  const end = plotEnd(examiners.flatMap((e) => (e.statistics ? [e.statistics.severity] : [])));
  return (
    <div className="appraisal">
      <section className="ui-card office-list">
        <header className="appraisal-head">
          <h2>{t.title}</h2>
          <Segmented
            aria-label={t.scopeLabel}
            value={scope}
            onChange={setScope}
            options={(['session', 'plan'] as const).map((value) => ({ value, label: t.scope[value] }))}
          />
          <p className="office-quiet">{t.advice}</p>
        </header>
        <div className="appraisal-axis">
          <span>{t.plotTitle}</span>
          <span className="appraisal-ends">
            <span>
              <i>
                {t.stricter} −{t.axis(String(end))}
              </i>
              <i>0</i>
              <i>
                +{t.axis(String(end))} {t.moreGenerous}
              </i>
            </span>
          </span>
        </div>
        <div className="office-scroll appraisal-rows">
          {rooms.map((room) => (
            <div key={room.roomName} className="appraisal-room">
              <h3>
                {room.roomName}
                <small>
                  {t.icc}：
                  {room.agreement
                    ? t.iccOf(
                        t.figure(room.agreement.single.value),
                        t.figure(room.agreement.single.low),
                        t.figure(room.agreement.single.high),
                        t.figure(room.agreement.panel.value),
                      )
                    : t.iccFew(room.candidates, leastCandidates)}
                </small>
              </h3>
              {examiners
                .filter((e) => e.roomName === room.roomName)
                .map((e) => (
                  <ExaminerRow
                    key={e.examinerId}
                    examiner={e}
                    end={end}
                    least={leastCandidates}
                    chosen={e === chosen}
                    onChoose={() => choose(e.examinerId)}
                  />
                ))}
            </div>
          ))}
        </div>
      </section>
      <AppraisalForm key={chosen?.examinerId ?? ''} sessionId={sessionId} examiner={chosen} open={open} />
    </div>
  );
}

function ExaminerRow(props: {
  examiner: AppraisedExaminer;
  end: number;
  least: number;
  chosen: boolean;
  onChoose: () => void;
}): ReactNode {
  const t = useTexts(appraisalTexts);
  const { examiner: e } = props;
  const s = e.statistics;
  const figure = (value: number | null | undefined) => (value == null ? t.none : t.figure(value));
  const signed = (tenths: number) => `${tenths > 0 ? '+' : tenths < 0 ? '−' : ''}${(Math.abs(tenths) / 10).toFixed(1)}`;
  return (
    <button type="button" className="appraisal-row" aria-pressed={props.chosen} onClick={props.onChoose}>
      <span className="appraisal-name">
        <b>{e.name}</b>
        <small>{t.duties[e.duty]}</small>
      </span>
      <DotPlot
        severity={s?.severity ?? null}
        end={props.end}
        isWorthALook={(s?.look.length ?? 0) > 0}
        label={s ? `${e.name} ${signed(s.severity.tenths)}` : t.tooFew(e.together, props.least)}
      />
      <span className="appraisal-figures">
        {s ? (
          <>
            <span>
              <b>{signed(s.severity.tenths)}</b> <small>{t.together(s.candidates)}</small>
            </span>
            <small>
              {t.spread} {figure(s.spread)} · {t.agreement} {figure(s.agreement)}
            </small>
            <small className={s.look.length > 0 ? 'is-look' : ''}>
              {s.look.length > 0 ? s.look.map((look) => t.looks[look]).join('；') : t.fine}
            </small>
          </>
        ) : (
          <small>{t.tooFew(e.together, props.least)}</small>
        )}
      </span>
      <span className="appraisal-words">
        {(['site-lead', 'supervisor'] as const).map((role) => (
          <Word key={role} examiner={e} role={role} />
        ))}
      </span>
    </button>
  );
}

function Word({ examiner, role }: { examiner: AppraisedExaminer; role: 'site-lead' | 'supervisor' }): ReactNode {
  const t = useTexts(appraisalTexts);
  const given = examiner.given.find((g) => g.byRole === role);
  const who = role === 'supervisor' ? t.supervisor : t.lead;
  if (!given) return <Status kind="not-done">{`${who} ${t.notYet}`}</Status>;
  return <Status kind={given.result === 'fit' ? 'done' : 'look'}>{`${who} ${t.results[given.result]}`}</Status>;
}

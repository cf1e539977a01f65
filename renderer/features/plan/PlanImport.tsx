import { isDefinedError, safe } from '@orpc/client';
import { useQueryClient } from '@tanstack/react-query';
import { Spin, Steps } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import type { PlanProblem, PlanSummary } from '../../../electron/features/plan/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { station } from '../../api/client.ts';
import { guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { planTexts } from '../../texts/plan.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { RightCircleFilled } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status, statusIcon } from '../../ui/Status.tsx';
import { type PlanFiles, PlanFilesForm } from './PlanFilesForm.tsx';
import { PlanProblems } from './PlanProblems.tsx';
import { PlanReady } from './PlanReady.tsx';

type Stage =
  | { kind: 'choosing'; problem: string | null }
  | { kind: 'checking'; what: string }
  | { kind: 'unknown-signer'; fingerprint: string; file: File }
  | { kind: 'problems'; problems: PlanProblem[] }
  | { kind: 'ready'; checkId: string; summary: PlanSummary; saving: boolean; problem: string | null };

const stepOf: Record<Stage['kind'], number> = { choosing: 0, checking: 1, 'unknown-signer': 1, problems: 1, ready: 2 };

/** Reads in a plan in three steps: choose, check, look and save. Until the last press nothing is kept. */
export function PlanImport({ onDone }: { onDone: () => void }): ReactNode {
  const t = useTexts(planTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [stage, setStage] = useState<Stage>({ kind: 'choosing', problem: null });
  const checking = useRef<AbortController | null>(null);
  const choose = (problem: string | null = null) => setStage({ kind: 'choosing', problem });

  const failed = (error: unknown) => {
    const refusal = guardRefusal(error);
    if (refusal !== null) askForSignIn(refusal);
    choose(`${t.checkFailed}。${sentenceOf(error)}`);
  };

  const check = async (files: PlanFiles, trustOnFirstUse = false) => {
    const stop = new AbortController();
    checking.current = stop;
    setStage({ kind: 'checking', what: files.kind === 'package' ? files.file.name : files.workbook.name });
    const { error, data } = await safe(
      files.kind === 'package'
        ? station.plan.checkPackage({ package: files.file, trustOnFirstUse }, { signal: stop.signal })
        : station.plan.check({ workbook: files.workbook, photos: files.photos }, { signal: stop.signal }),
    );
    if (stop.signal.aborted) return;
    if (data === undefined) return failed(error);
    switch (data.kind) {
      case 'problems':
        return setStage({ kind: 'problems', problems: data.problems });
      case 'ready':
        return setStage({ ...data, saving: false, problem: null });
      case 'unknown-signer':
        if (files.kind !== 'package') return choose();
        return setStage({ kind: 'unknown-signer', fingerprint: data.fingerprint, file: files.file });
      default:
        return unreachable(data);
    }
  };

  const adopt = async (ready: Extract<Stage, { kind: 'ready' }>) => {
    setStage({ ...ready, saving: true, problem: null });
    const { error, data } = await safe(station.plan.adopt({ checkId: ready.checkId }));
    await queries.invalidateQueries();
    if (data !== undefined) return onDone();
    const refusal = guardRefusal(error);
    if (refusal !== null) askForSignIn(refusal);
    if (isDefinedError(error) && error.code === 'CHECK_EXPIRED') return choose(sentenceOf(error));
    setStage({ ...ready, saving: false, problem: sentenceOf(error) });
  };

  return (
    <section className="ui-card plan-import">
      <header>
        <Steps
          size="small"
          current={stepOf[stage.kind]}
          items={t.steps.map((title, i) => ({ title, icon: stepIcon(i - stepOf[stage.kind]) }))}
        />
        <BigButton size={36} onPress={onDone} disabled={stage.kind === 'checking'}>
          {t.back}
        </BigButton>
      </header>
      {stage.kind === 'choosing' && (
        <PlanFilesForm problem={stage.problem} onCheck={(files) => void check(files)} onBack={onDone} />
      )}
      {stage.kind === 'checking' && (
        <Checking
          what={stage.what}
          onStop={() => {
            checking.current?.abort();
            choose();
          }}
        />
      )}
      {stage.kind === 'unknown-signer' && (
        <UnknownSigner
          fingerprint={stage.fingerprint}
          onTrust={() => void check({ kind: 'package', file: stage.file }, true)}
          onBack={() => choose()}
        />
      )}
      {stage.kind === 'problems' && <PlanProblems problems={stage.problems} onBack={() => choose()} />}
      {stage.kind === 'ready' && (
        <PlanReady
          summary={stage.summary}
          saving={stage.saving}
          problem={stage.problem}
          onAdopt={() => void adopt(stage)}
          onBack={() => choose()}
        />
      )}
    </section>
  );
}

export function stepIcon(distance: number): ReactNode {
  if (distance < 0) return <span className="is-done">{statusIcon('done')}</span>;
  if (distance === 0) return <RightCircleFilled className="step-here" />;
  return <span className="is-not-done">{statusIcon('not-done')}</span>;
}

function Checking({ what, onStop }: { what: string; onStop: () => void }): ReactNode {
  const t = useTexts(planTexts);
  useKeys({ Escape: onStop });
  return (
    <div className="plan-checking" role="status">
      <Spin delay={1000} size="large" />
      <h2>{t.checking(what)}</h2>
      <p className="office-quiet">{t.checkingHelp}</p>
      <BigButton size={48} hint="Esc" onPress={onStop}>
        {t.stop}
      </BigButton>
    </div>
  );
}

function UnknownSigner(props: { fingerprint: string; onTrust: () => void; onBack: () => void }): ReactNode {
  const t = useTexts(planTexts);
  // Trust is never an Enter away: the hand goes to the button after the eye has compared.
  useKeys({ Escape: props.onBack });
  return (
    <div className="plan-signer">
      <h2 className="is-look">
        <Status kind="look">{t.unknownSigner}</Status>
      </h2>
      <p>{t.unknownSignerHelp}</p>
      <p className="plan-fingerprint">
        <small>{t.fingerprint}</small>
        <code>{props.fingerprint}</code>
      </p>
      <div className="office-pair">
        <BigButton size={64} hint="Esc" onPress={props.onBack}>
          {t.chooseOther}
        </BigButton>
        <BigButton size={64} onPress={props.onTrust}>
          {t.fingerprintSame}
        </BigButton>
      </div>
    </div>
  );
}

import { safe } from '@orpc/client';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Spin, Steps, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DossierCheck } from '../../../electron/features/examiners/contract.ts';
import { station } from '../../api/client.ts';
import { guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinersTexts } from '../../texts/examiners.ts';
import { useLanguage } from '../../texts/language.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { DownloadOutlined, FileExcelOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { stepIcon } from '../plan/PlanImport.tsx';
import { PlanProblems } from '../plan/PlanProblems.tsx';
import { ChangedFields } from './DossierDrawer.tsx';
import { ReasonRow } from './ReasonRow.tsx';

type Ready = Extract<DossierCheck, { kind: 'ready' }>;
type Stage =
  | { kind: 'choosing'; problem: string | null }
  | { kind: 'checking'; file: string }
  | { kind: 'kept'; sentence: string }
  | DossierCheck;

const STEP: Record<Stage['kind'], number> = { choosing: 0, checking: 1, problems: 1, ready: 2, kept: 3 };

/** Reads dossiers in: choose, every fault by its cell or what would change, then save. */
export function DossierImport({ onDone }: { onDone: () => void }): ReactNode {
  const t = useTexts(examinersTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [stage, setStage] = useState<Stage>({ kind: 'choosing', problem: null });
  const choose = (problem: string | null = null) => setStage({ kind: 'choosing', problem });
  const failed = (error: unknown) => {
    const refusal = guardRefusal(error);
    if (refusal !== null) askForSignIn(refusal);
    choose(sentenceOf(error));
  };
  const check = async (workbook: File) => {
    setStage({ kind: 'checking', file: workbook.name });
    const { error, data } = await safe(station.examiners.check({ workbook }));
    if (data === undefined) failed(error);
    else setStage(data);
  };
  const keep = async ({ checkId }: Ready, reason: string) => {
    const { error, data } = await safe(station.examiners.keep({ checkId, reason }));
    await queries.invalidateQueries();
    if (data === undefined) failed(error);
    else setStage({ kind: 'kept', sentence: t.kept(data.added, data.changed, data.served) });
  };
  return (
    <section className="ui-card plan-import">
      <header>
        <Steps
          size="small"
          current={STEP[stage.kind]}
          items={t.steps.map((title, i) => ({ title, icon: stepIcon(i - STEP[stage.kind]) }))}
        />
        <BigButton size={36} onPress={onDone} disabled={stage.kind === 'checking'}>
          {t.back}
        </BigButton>
      </header>
      {stage.kind === 'choosing' && <Choose problem={stage.problem} onFile={(f) => void check(f)} onBack={onDone} />}
      {stage.kind === 'checking' && (
        <div className="plan-checking" role="status">
          <Spin delay={1000} size="large" />
          <h2>{t.checking(stage.file)}</h2>
        </div>
      )}
      {stage.kind === 'problems' && <PlanProblems problems={stage.problems} onBack={() => choose()} />}
      {stage.kind === 'ready' && (
        <Preview ready={stage} onKeep={(reason) => keep(stage, reason)} onBack={() => choose()} />
      )}
      {stage.kind === 'kept' && <Kept sentence={stage.sentence} onDone={onDone} />}
    </section>
  );
}

function Choose(props: { problem: string | null; onFile: (file: File) => void; onBack: () => void }): ReactNode {
  const t = useTexts(examinersTexts);
  const [templateFailed, setTemplateFailed] = useState(false);
  useKeys({ Escape: props.onBack });
  const template = async () => {
    const { data } = await safe(station.examiners.template());
    setTemplateFailed(data === undefined);
    if (data !== undefined) saveFile(t.templateFile, data);
  };
  return (
    <div className="dossier-choose">
      {props.problem !== null && (
        <p role="alert" className="plan-problem">
          <Status kind="stop">{props.problem}</Status>
        </p>
      )}
      <h2>{t.importTitle}</h2>
      <p className="office-quiet">{t.importHelp}</p>
      <div className="plan-choice">
        <Button size="large" icon={<DownloadOutlined />} onClick={() => void template()}>
          {t.template}
        </Button>
        <Upload
          accept=".xlsx"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            props.onFile(file);
            return false;
          }}
        >
          <Button size="large" type="primary" icon={<FileExcelOutlined />}>
            {t.choose}
          </Button>
        </Upload>
        {templateFailed && <Status kind="stop">{t.templateFailed}</Status>}
      </div>
    </div>
  );
}

function Preview(props: { ready: Ready; onKeep: (reason: string) => Promise<void>; onBack: () => void }): ReactNode {
  const { ready } = props;
  const t = useTexts(examinersTexts);
  const { language } = useLanguage();
  const [reason, setReason] = useState('');
  const [saving, setSaving] = useState(false);
  const nothing = ready.changes.length === 0 && ready.served === 0;
  const may = !nothing && reason.trim().length >= 2 && !saving;
  const keep = () => {
    setSaving(true);
    void props.onKeep(reason.trim());
  };
  useKeys({ Escape: saving ? undefined : props.onBack });
  const added = ready.changes.filter((c) => c.kind === 'added').length;
  return (
    <>
      <h2>{t.ready(added, ready.changes.length - added)}</h2>
      <p className="office-quiet">{t.readyHelp(ready.unchanged, ready.served)}</p>
      <div className="office-scroll dossier-preview">
        {ready.changes.map((c) => (
          <article key={`${c.cardNumber} ${c.name}`}>
            <h3>
              <Status kind={c.kind === 'added' ? 'done' : 'look'}>{t.kinds[c.kind]}</Status> {c.name}{' '}
              <small>{c.cardNumber}</small>
            </h3>
            <ChangedFields fields={c.fields} before={c.before} after={c.after} />
          </article>
        ))}
        {ready.warnings.length > 0 && (
          <article>
            <h3>{t.warningsTitle(ready.warnings.length)}</h3>
            <ul className="dossier-warnings">
              {ready.warnings.map((w) => (
                <li key={`${w.sheet}${w.column}${w.row}${w.code}`}>
                  <Status kind="look">
                    {w.sheet} {w.column}
                    {w.row}　{language === 'zh-CN' ? w.text.zh : w.text.en}
                  </Status>
                </li>
              ))}
            </ul>
          </article>
        )}
      </div>
      <ReasonRow
        reason={reason}
        write={setReason}
        disabled={nothing}
        busy={saving}
        may={may}
        words={{ back: t.back, save: t.keep, saving: t.keeping }}
        onBack={props.onBack}
        onSave={keep}
      />
    </>
  );
}

function Kept({ sentence, onDone }: { sentence: string; onDone: () => void }): ReactNode {
  const t = useTexts(examinersTexts);
  useKeys({ Enter: onDone, Escape: onDone });
  return (
    <div className="plan-checking" role="status">
      <h2 className="is-done">
        <Status kind="done">{sentence}</Status>
      </h2>
      <BigButton size={64} blue hint="Enter" onPress={onDone}>
        {t.back}
      </BigButton>
    </div>
  );
}

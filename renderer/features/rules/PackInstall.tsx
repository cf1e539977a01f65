import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Upload } from 'antd';
import { type ReactNode, useState } from 'react';
import type { PackPreview } from '../../../electron/features/rules/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { FileTextOutlined, SafetyCertificateOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { shownValue } from './value-text.ts';

/** Installs a pack the centre has signed: two files, what would change, then the word. */
export function PackInstall({ onDone }: { onDone: () => void }): ReactNode {
  const t = useTexts(rulesTexts);
  const { language } = useLanguage();
  const of = (text: { zh: string; en: string }) => (language === 'zh-CN' ? text.zh : text.en);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [pack, setPack] = useState<File | null>(null);
  const [signature, setSignature] = useState<File | null>(null);
  const check = useMutation(ask.rules.check.mutationOptions());
  const install = useMutation(ask.rules.install.mutationOptions({ onSettled: () => void queries.invalidateQueries() }));
  const files = pack && signature && { pack, signature };
  const chosen = (set: (file: File) => void) => (file: File) => {
    set(file);
    check.reset();
    install.reset();
    return false;
  };
  const error = install.error ?? check.error;
  const preview = check.data;
  useKeys({ Escape: install.isPending ? undefined : onDone });
  if (install.data) {
    return (
      <section className="ui-card plan-import rules-install">
        <div className="plan-checking" role="status">
          <h2>
            <Status kind="done">{t.installed(of(install.data.title), install.data.version)}</Status>
          </h2>
          <BigButton size={64} blue onPress={onDone}>
            {t.back}
          </BigButton>
        </div>
      </section>
    );
  }
  return (
    <section className="ui-card plan-import rules-install">
      <h2>{t.installTitle}</h2>
      <p className="office-quiet">{t.installHelp}</p>
      <Chosen accept=".json" label={t.packFile} file={pack} take={chosen(setPack)} />
      <Chosen accept=".sig" label={t.signatureFile} file={signature} take={chosen(setSignature)} />
      <p role="alert">{error && <Status kind="stop">{sentenceOf(error)}</Status>}</p>
      {preview && <Preview preview={preview} />}
      <div className="office-pair">
        <BigButton size={64} hint="Esc" disabled={install.isPending} onPress={onDone}>
          {t.back}
        </BigButton>
        {preview ? (
          <BigButton
            size={64}
            blue
            icon={<SafetyCertificateOutlined />}
            disabled={install.isPending}
            onPress={() => files && install.mutate(files)}
          >
            {install.isPending ? t.installing : t.confirm}
          </BigButton>
        ) : (
          <BigButton
            size={64}
            blue={files !== null}
            disabled={files === null || check.isPending}
            onPress={() => files && check.mutate(files)}
          >
            {check.isPending ? t.checking : t.check}
          </BigButton>
        )}
      </div>
    </section>
  );
}

function Chosen(props: { accept: string; label: string; file: File | null; take: (file: File) => boolean }): ReactNode {
  const t = useTexts(rulesTexts);
  return (
    <div className="plan-choice">
      <Upload accept={props.accept} maxCount={1} showUploadList={false} beforeUpload={props.take}>
        <Button size="large" icon={<FileTextOutlined />}>
          {props.label}
        </Button>
      </Upload>
      {props.file ? <Status kind="done">{props.file.name}</Status> : <Status kind="not-done">{t.nothingChosen}</Status>}
    </div>
  );
}

function Preview({ preview }: { preview: PackPreview }): ReactNode {
  const t = useTexts(rulesTexts);
  const { language } = useLanguage();
  const of = (text: { zh: string; en: string }) => (language === 'zh-CN' ? text.zh : text.en);
  const side = (end: PackPreview['clauses'][number]['before']) =>
    end === null ? '' : `${t.severities[end.severity]}${end.value === null ? '' : `　${shownValue(t, end.value)}`}`;
  return (
    <>
      <h3>
        <Status kind="done">{t.preview(of(preview.title), preview.version, preview.before)}</Status>
      </h3>
      <p className="office-quiet">
        {t.signed(preview.signedBy)}　{t.previewHelp(preview.clauses.length)}
      </p>
      <ul className="office-scroll rules-preview">
        {preview.clauses.map((c) => (
          <li key={c.id}>
            <b>{t.kinds[c.kind]}</b>
            <span>
              {of(c.text)}
              <small className="office-quiet">{c.id}</small>
            </span>
            <span>
              {side(c.before)} {c.kind === 'changed' && '→'} {c.kind !== 'removed' && side(c.after)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Checkbox, Input, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DossierDetail } from '../../../electron/features/examiners/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinersTexts } from '../../texts/examiners.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { type Draft, draftOf, type EditableList, editOf } from './edit-of.ts';
import { ReasonRow } from './ReasonRow.tsx';
import { RowsField } from './RowsField.tsx';

/** A dossier by hand: a new one, or a change to the version that was read. A reason goes with it. */
export function DossierForm({ base, onDone }: { base: DossierDetail | null; onDone: () => void }): ReactNode {
  const t = useTexts(examinersTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => draftOf(base?.view ?? null));
  const [reason, setReason] = useState('');
  const [bad, setBad] = useState<ReadonlySet<string>>(new Set());
  const save = useMutation(
    ask.examiners.save.mutationOptions({
      onSuccess: onDone,
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.examiners.key() }),
    }),
  );
  const submit = () => {
    if (save.isPending) return;
    const made = editOf(draft);
    setBad(made.ok ? new Set() : made.bad);
    if (!made.ok) return;
    const from = base && { dossierId: base.dossierId, versionId: base.versionId };
    save.mutate({ base: from, edit: made.edit, reason: reason.trim() });
  };
  useKeys({ Escape: save.isPending ? undefined : onDone });
  const scalar = (key: keyof Draft['scalars'], placeholder: string) => (
    <label key={key} htmlFor={`dossier-${key}`} className={bad.has(key) ? 'is-bad' : ''}>
      {t.fields[key]}
      <Input
        id={`dossier-${key}`}
        maxLength={60}
        placeholder={placeholder}
        value={draft.scalars[key]}
        onChange={(e) => setDraft({ ...draft, scalars: { ...draft.scalars, [key]: e.target.value } })}
      />
    </label>
  );
  const choice = <K extends 'grade' | 'pool'>(key: K, words: Record<string, string>) => (
    <div className="dossier-choice">
      <span>{t.fields[key]}</span>
      <Segmented
        aria-label={t.fields[key] ?? ''}
        value={draft[key] ?? ''}
        onChange={(value) => setDraft({ ...draft, [key]: value === '' ? null : value })}
        options={[...Object.entries(words), ['', t.notKnown]].map(([value, label]) => ({ value: value!, label }))}
      />
    </div>
  );
  const masked = base?.view.documentNumber;
  const may = reason.trim().length >= 2 && !save.isPending;
  return (
    <form
      className={`dossier-form${base === null ? ' ui-card' : ''}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (may) submit();
      }}
    >
      <h2>{base === null ? t.newTitle : t.editTitle(base.view.name)}</h2>
      <div className="dossier-form-body">
        <div className="dossier-scalars">
          {scalar('name', '')}
          {scalar('cardNumber', '')}
          {scalar('documentNumber', masked ? t.keptNumber(masked) : '')}
          {scalar('supervisorFrom', t.dayHint)}
          {scalar('cardFrom', t.dayHint)}
          {scalar('cardUntil', t.dayHint)}
          {choice('grade', t.grades)}
          {choice('pool', t.pools)}
        </div>
        {(Object.keys(draft.lists) as EditableList[]).map((list) => (
          <RowsField
            key={list}
            list={list}
            rows={draft.lists[list]}
            bad={bad}
            onChange={(rows) => setDraft({ ...draft, lists: { ...draft.lists, [list]: rows } })}
          />
        ))}
        <fieldset className="dossier-rows">
          <legend>{t.fields.incomplete}</legend>
          <Checkbox.Group<string>
            value={draft.incomplete}
            onChange={(incomplete) => setDraft({ ...draft, incomplete })}
            options={Object.entries(t.lists).map(([value, label]) => ({ value, label }))}
          />
        </fieldset>
      </div>
      <ReasonRow
        reason={reason}
        write={setReason}
        busy={save.isPending}
        may={may}
        words={{ back: t.cancel, save: t.save, saving: t.saving }}
        onBack={onDone}
        onSave={submit}
      />
      <p role="status">
        {bad.size > 0 ? (
          <Status kind="stop">{t.badRow}</Status>
        ) : (
          save.isError && <Status kind="stop">{sentenceOf(save.error)}</Status>
        )}
      </p>
    </form>
  );
}

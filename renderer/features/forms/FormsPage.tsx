import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import type { ReactNode } from 'react';
import type { FormRow } from '../../../electron/features/forms/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { formsTexts } from '../../texts/forms.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { usePrintForm } from './use-print-form.ts';
import './forms.css';

/** Every form of a session, to be printed or saved; what is not ready says what it waits for. */
export function FormsPage({ sessionId }: { sessionId: SessionId }): ReactNode {
  const t = useTexts(formsTexts);
  const sentenceOf = useErrorSentence();
  const list = useQuery(ask.forms.list.queryOptions({ input: { sessionId } }));
  const { pending, error, make } = usePrintForm();
  if (list.data === undefined) {
    return list.isError ? (
      <ReadFailed onRetry={() => void list.refetch()} sentence={sentenceOf(list.error)} />
    ) : (
      <Loading />
    );
  }
  const name = (form: FormRow) =>
    `${[t.kinds[form.kind], form.roomName, form.examiner].filter((part) => part !== null).join('-')}.pdf`;
  return (
    <section className="ui-card office-list forms">
      <header>
        <h2>{t.title}</h2>
        <p className={error ? 'is-stop' : 'office-quiet'} role={error ? 'alert' : undefined}>
          {error ? sentenceOf(error) : t.help}
        </p>
      </header>
      <div className="office-scroll">
        <Table
          rowKey="formId"
          size="middle"
          sticky
          pagination={false}
          locale={{ emptyText: t.none }}
          dataSource={list.data}
          columns={[
            { title: t.form, render: (_, form) => <b>{t.kinds[form.kind]}</b> },
            { title: t.room, render: (_, form) => form.roomName ?? t.whole },
            { title: t.examiner, render: (_, form) => form.examiner ?? '' },
            { title: t.people, align: 'right', render: (_, form) => form.candidates ?? '' },
            { title: t.signed, render: (_, form) => <Signed form={form} /> },
            {
              title: '',
              width: 260,
              render: (_, form) => (
                <div className="forms-acts">
                  {(['print', 'save'] as const).map((then) => (
                    <BigButton
                      key={then}
                      size={36}
                      disabled={form.state === 'waiting' || pending !== null}
                      onPress={() => make({ sessionId, form, fileName: name(form), then })}
                    >
                      {pending === form.formId ? t.making : t[then]}
                    </BigButton>
                  ))}
                </div>
              ),
            },
          ]}
        />
      </div>
    </section>
  );
}

function Signed({ form }: { form: FormRow }): ReactNode {
  const t = useTexts(formsTexts);
  if (form.state === 'waiting') return <Status kind="not-done">{t.waiting}</Status>;
  if (form.signers === 0) return <Status kind="not-done">{t.byInk}</Status>;
  const all = form.signed === form.signers;
  return <Status kind={all ? 'done' : 'look'}>{t.signedOf(form.signed, form.signers)}</Status>;
}

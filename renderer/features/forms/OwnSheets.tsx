import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { formsTexts } from '../../texts/forms.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import type { Panel } from '../scoring/marking-record.ts';
import { usePrintForm } from './use-print-form.ts';
import './forms.css';

/** An examiner's own score sheets of one room, once everybody has locked. */
export function OwnSheets({ panel }: { panel: Panel }): ReactNode {
  const t = useTexts(formsTexts);
  const sentenceOf = useErrorSentence();
  const list = useQuery(ask.forms.list.queryOptions({ input: { sessionId: panel.sessionId } }));
  const { pending, error, make } = usePrintForm();
  const form = list.data?.find((f) => f.formId.startsWith(`score-sheets:${panel.roomId}:`) && f.state === 'ready');
  if (!form) return null;
  const fileName = `${t.kinds['score-sheets']}-${form.roomName}-${form.examiner}.pdf`;
  return (
    <div className="forms-own">
      <span className={error ? 'is-stop' : 'rubric-max'} role={error ? 'alert' : undefined}>
        {error ? sentenceOf(error) : t.ownTitle}
      </span>
      {(['print', 'save'] as const).map((then) => (
        <BigButton
          key={then}
          size={36}
          disabled={pending !== null}
          onPress={() => make({ sessionId: panel.sessionId, form, fileName, then })}
        >
          {pending === null ? t[then] : t.making}
        </BigButton>
      ))}
    </div>
  );
}

import { ORPCError } from '@orpc/client';
import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import type { Panel } from './marking-record.ts';

/** The examiner's remark on one sheet. Saved whole; a note that could not be saved stays open and says so. */
export function NoteField(props: {
  panel: Panel;
  anonymousNumber: string;
  note: string;
  /** The one this desk has seen: what another desk wrote since is not written over. */
  version: number;
  onDone: () => void;
}): ReactNode {
  const t = useTexts(examinerTexts);
  const queries = useQueryClient();
  const [text, setText] = useState(props.note);
  const [state, setState] = useState<'writing' | 'saving' | 'not-saved' | 'elsewhere'>('writing');
  const save = async () => {
    if (text === props.note) return props.onDone();
    setState('saving');
    try {
      const { anonymousNumber, version } = props;
      await station.scoring.note({ ...props.panel, anonymousNumber, note: text, version });
      await queries.invalidateQueries({ queryKey: ask.scoring.sheet.key() });
      props.onDone();
    } catch (error) {
      // What arrived though no answer came, or what another desk wrote, comes with the record.
      void queries.invalidateQueries({ queryKey: ask.scoring.sheet.key() });
      setState(error instanceof ORPCError && error.code === 'CHANGED_ELSEWHERE' ? 'elsewhere' : 'not-saved');
    }
  };
  useKeys({ 'Ctrl+Enter': () => void save(), Escape: () => void save() });
  return (
    <section className="rubric">
      <h2>{t.note(props.anonymousNumber)}</h2>
      <p className="rubric-max">{t.noteHint}</p>
      <Input.TextArea
        autoFocus
        rows={6}
        maxLength={400}
        showCount
        value={text}
        disabled={state === 'saving'}
        onChange={(event) => setText(event.target.value)}
        aria-label={t.note(props.anonymousNumber)}
      />
      {(state === 'not-saved' || state === 'elsewhere') && (
        <p className="is-stop" role="alert">
          {state === 'elsewhere' ? t.noteElsewhere(props.note) : t.noteNotSaved}
        </p>
      )}
      <div className="rubric-note-button">
        <BigButton size={48} hint="Ctrl Enter" onPress={() => void save()}>
          {t.noteSave}
        </BigButton>
      </div>
    </section>
  );
}

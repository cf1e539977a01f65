import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';

/** A sentence for the record, in its place and not in a dialog: the pictures stay in sight. */
export function NoteForm(props: { title: string; onSave: (note: string) => void; onCancel: () => void }): ReactNode {
  const t = useTexts(roomTexts);
  const [note, write] = useState('');
  const save = () => {
    if (note.trim() !== '') props.onSave(note.trim());
  };
  useKeys({ Escape: props.onCancel });
  return (
    <form
      className="room-note"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <b>{props.title}</b>
      <Input size="large" autoFocus maxLength={380} value={note} onChange={(event) => write(event.target.value)} />
      <div>
        <span>{t.noteHint}</span>
        <BigButton size={36} disabled={note.trim() === ''} onPress={save}>
          {t.saveNote}
        </BigButton>
      </div>
    </form>
  );
}

import './presence.css';
import { useMutation } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PersonInRoom, RoomPresence } from '../../../electron/features/presence/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { ask } from '../../api/query.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { presenceTexts } from '../../texts/presence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { TeamOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { minuteText, spanText } from '../../ui/time-text.ts';
import { peopleShown } from './people-order.ts';
import { SignOutForm } from './SignOutForm.tsx';

/** Everyone admitted to this room and where they are; Enter signs the chosen one out, F7 takes a sign-out back. */
export function PeoplePanel(props: { room: RoomPresence; onClose: () => void }): ReactNode {
  const { room } = props;
  const t = useTexts(presenceTexts);
  const [typed, setTyped] = useState('');
  const [chosenId, choose] = useState<string | null>(null);
  const [leaving, setLeaving] = useState<string | null>(null);
  const [undoing, setUndoing] = useState(false);
  const field = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  const shown = peopleShown(room.people, typed);
  const at = Math.max(
    0,
    shown.findIndex((person) => person.candidateId === chosenId),
  );
  const chosen = shown[at];
  const mayLeave = chosen?.where.kind === 'inside';
  const mayUndo = chosen?.where.kind === 'break' || chosen?.where.kind === 'finished';
  const leave = () => {
    if (mayLeave) setLeaving(chosen.candidateId);
  };
  const step = (by: number) => choose(shown[Math.min(shown.length - 1, Math.max(0, at + by))]?.candidateId ?? null);
  const form = leaving !== null || undoing;
  useKeys(
    form
      ? {}
      : {
          Enter: leave,
          Escape: props.onClose,
          F2: props.onClose,
          F7: mayUndo ? () => setUndoing(true) : undefined,
          ArrowDown: () => step(1),
          ArrowUp: () => step(-1),
        },
  );
  useEffect(() => {
    if (!form) field.current?.focus();
  }, [form]);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const person = room.people.find((p) => p.candidateId === leaving);
  if (person !== undefined) return <SignOutForm room={room} person={person} onClose={() => setLeaving(null)} />;
  if (undoing && chosen !== undefined) return <UndoForm person={chosen} onClose={() => setUndoing(false)} />;
  return (
    <aside className="ui-card room-panel presence">
      <h2 className="presence-title">
        <TeamOutlined /> {t.title}
      </h2>
      <p className="presence-counts">
        {t.counts(room.counts.inside, room.counts.onBreak, room.counts.finished)}
        {room.counts.overdue > 0 && <Status kind="look">{t.overdue(room.counts.overdue)}</Status>}
      </p>
      <div data-enter="desk">
        <Input
          ref={field}
          size="large"
          allowClear
          placeholder={t.find}
          aria-label={t.find}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') step(1);
            if (event.key === 'ArrowUp') step(-1);
          }}
        />
      </div>
      <div ref={list} className="presence-list" role="listbox" aria-label={t.title}>
        {shown.map((p) => (
          <button
            key={p.candidateId}
            type="button"
            role="option"
            aria-selected={p === chosen}
            className={`presence-person is-${p.where.kind}`}
            onClick={(event) => {
              event.currentTarget.blur();
              choose(p.candidateId);
            }}
          >
            <b>{t.seat(p.seat)}</b>
            <span>{p.name}</span>
            <Where person={p} />
          </button>
        ))}
        {room.people.length === 0 && <p className="presence-counts">{t.nobody}</p>}
      </div>
      <BigButton size={64} blue hint="Enter" disabled={!mayLeave} onPress={leave}>
        {t.signOut}
      </BigButton>
      <div className="ui-row">
        {mayUndo && (
          <BigButton size={48} hint="F7" onPress={() => setUndoing(true)}>
            {t.undo}
          </BigButton>
        )}
        <BigButton size={48} hint="Escape" onPress={props.onClose}>
          {t.back}
        </BigButton>
      </div>
    </aside>
  );
}

function Where({ person: { where, admittedAtMs } }: { person: PersonInRoom }): ReactNode {
  const t = useTexts(presenceTexts);
  const nowMs = useStationClock();
  switch (where.kind) {
    case 'inside':
      return <small>{t.sinceEntry(minuteText(admittedAtMs))}</small>;
    case 'break':
      return nowMs > where.dueAtMs ? (
        <Status kind="look">{t.breakOverdue(minuteText(where.sinceMs), spanText(nowMs - where.dueAtMs))}</Status>
      ) : (
        <Status kind="not-done">{t.breakSince(minuteText(where.sinceMs), minuteText(where.dueAtMs))}</Status>
      );
    case 'finished':
      return <small>{t.finishedAt(minuteText(where.sinceMs), where.signed)}</small>;
    case 'session-end':
      return <small>{t.sessionEnd(minuteText(where.sinceMs))}</small>;
    default:
      return unreachable(where);
  }
}

/** The wrong person was signed out: they are inside as before, and the reason stands beside it. */
function UndoForm({ person, onClose }: { person: PersonInRoom; onClose: () => void }): ReactNode {
  const t = useTexts(presenceTexts);
  const sentence = useErrorSentence();
  const [note, write] = useState('');
  const undo = useMutation(ask.presence.undoSignOut.mutationOptions({ onSuccess: onClose }));
  const ready = note.trim().length >= 2 && !undo.isPending;
  const save = () => {
    if (ready) undo.mutate({ candidateId: person.candidateId, note: note.trim() });
  };
  useKeys({ Enter: save, Escape: onClose });
  return (
    <aside className="ui-card room-panel presence">
      <h2 className="presence-title">{t.undo}</h2>
      <p className="presence-who">
        <b>{t.seat(person.seat)}</b> {person.name}
      </p>
      <div data-enter="desk">
        <Input
          size="large"
          autoFocus
          maxLength={200}
          placeholder={t.undoWhy}
          aria-label={t.undoWhy}
          value={note}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      <div className="presence-rest">{undo.isError && <Status kind="look">{sentence(undo.error)}</Status>}</div>
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={save}>
        {t.undo}
      </BigButton>
      <BigButton size={48} hint="Escape" onPress={onClose}>
        {t.back}
      </BigButton>
    </aside>
  );
}

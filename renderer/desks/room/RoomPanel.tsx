import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import type { RoomId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { roomLive } from '../../features/live/room-live.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { FormOutlined, TagOutlined, TeamOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { clockText, minuteText } from '../../ui/time-text.ts';
import { FaultHelp } from './FaultHelp.tsx';
import { Headline } from './Headline.tsx';
import { NoteForm } from './NoteForm.tsx';
import { RoomFacts } from './RoomFacts.tsx';
import type { RoomRecording } from './use-room-recording.ts';

interface Props {
  roomId: RoomId;
  session: SessionRow;
  recording: RoomRecording;
  enlarged: boolean;
  onEnlarge: () => void;
  /** Who is in the room; undefined while that cannot be told. */
  onPeople: (() => void) | undefined;
}

/** The right side: the answer, the facts behind it, and what to press. */
export function RoomPanel({ roomId, session, recording, enlarged, onEnlarge, onPeople }: Props): ReactNode {
  const t = useTexts(roomTexts);
  const sentence = useErrorSentence();
  const { verdict, recorder, cameras, nowMs, start } = recording;
  const live = roomLive(roomId).view.use();
  const [notingAtMs, noteAt] = useState<number | null>(null);
  const mark = useMutation(ask.session.mark.mutationOptions());
  const faultCamera = verdict.kind === 'fault' ? (cameras[verdict.camera]?.camera.cameraId ?? null) : null;
  const save = (note: string) => mark.mutate({ sessionId: session.sessionId, roomId, cameraId: faultCamera, note });
  const reconnect = () => {
    for (const c of cameras) {
      if (c.state.kind !== 'fault') continue;
      recorder.recorders.get().get(c.camera.cameraId)?.reconnect();
    }
    if (cameras.some((c) => c.state.kind === 'fault' && c.view === null)) recorder.startMissing();
  };
  const spare = faultCamera === null ? null : recorder.spare(cameras.map((c) => c.camera));
  const useSpare = () => {
    if (faultCamera !== null && spare !== null) recorder.choose(faultCamera, spare.deviceId);
  };
  const isLive = session.state === 'open' || session.state === 'running';
  const blue = isLive ? blueAction(verdict.kind, start, reconnect) : undefined;
  const isFilming = verdict.kind === 'recording' || verdict.kind === 'fault' || verdict.kind === 'opening';
  const mayStop = isFilming && nowMs >= session.endsAtMs;
  useKeys(
    {
      Enter: blue,
      F4: isLive ? () => save('') : undefined,
      F6: spare === null ? undefined : useSpare,
      F7: isLive ? () => noteAt(stationNowMs()) : undefined,
    },
    { verdict: verdict.kind },
  );

  return (
    <aside className={`ui-card room-panel is-${verdict.kind}`}>
      <Headline recording={recording} session={session} nowMs={nowMs} />
      {notingAtMs !== null ? (
        <NoteForm
          title={t.noteTitle(clockText(notingAtMs))}
          onCancel={() => noteAt(null)}
          onSave={(note) => {
            save(`${clockText(notingAtMs)} ${note}`);
            noteAt(null);
          }}
        />
      ) : verdict.kind === 'fault' ? (
        <FaultHelp recording={recording} camera={verdict.camera} />
      ) : (
        <RoomFacts recording={recording} session={session} nowMs={nowMs} live={live} />
      )}
      <div className="room-actions">
        <p className="room-said" role="status">
          {mark.isError && <Status kind="stop">{sentence(mark.error)}</Status>}
          {mark.isSuccess && <Status kind="done">{t.marked(clockText(mark.data.atMs))}</Status>}
        </p>
        {blue !== undefined && (
          <BigButton size={136} blue hint="Enter" verdict={verdict.kind} onPress={blue}>
            {verdict.kind === 'fault'
              ? t.reconnect(verdict.camera + 1)
              : verdict.kind === 'elsewhere'
                ? t.takeOver
                : t.start}
          </BigButton>
        )}
        {isFilming && verdict.kind !== 'fault' && (
          <div className="ui-row">
            <BigButton size={64} hint="F4" icon={<TagOutlined />} onPress={() => save('')}>
              {t.mark}
            </BigButton>
            {onPeople !== undefined && (
              <BigButton size={64} hint="F2" icon={<TeamOutlined />} onPress={onPeople}>
                {t.people}
              </BigButton>
            )}
          </div>
        )}
        {isFilming && (
          <div className="ui-row">
            {verdict.kind === 'fault' && spare !== null ? (
              <BigButton size={48} hint="F6" onPress={useSpare}>
                {t.useSpare}
              </BigButton>
            ) : verdict.kind === 'fault' ? (
              <BigButton size={48} hint="F4" onPress={() => save('')}>
                {t.mark}
              </BigButton>
            ) : (
              <BigButton size={48} hint="1–4" onPress={onEnlarge}>
                {enlarged ? t.shrink : t.enlarge}
              </BigButton>
            )}
            {verdict.kind === 'fault' ? (
              <BigButton size={48} hint="F7" icon={<FormOutlined />} onPress={() => noteAt(stationNowMs())}>
                {t.note}
              </BigButton>
            ) : (
              <BigButton size={48} disabled={!mayStop} onPress={() => recorder.stop('operator')}>
                {mayStop ? t.stop : t.stopAt(minuteText(session.endsAtMs))}
              </BigButton>
            )}
          </div>
        )}
      </div>
    </aside>
  );
}

/** What Enter and the blue block do now; undefined where nothing is to be pressed. */
function blueAction(
  verdict: RoomRecording['verdict']['kind'],
  start: () => void,
  reconnect: () => void,
): (() => void) | undefined {
  switch (verdict) {
    case 'ready':
    case 'elsewhere':
    case 'stopped':
      return start;
    case 'fault':
      return reconnect;
    default:
      return undefined;
  }
}

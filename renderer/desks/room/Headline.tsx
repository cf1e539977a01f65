import type { ReactNode } from 'react';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { roomTexts } from '../../texts/room.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { CloseCircleFilled, MinusCircleOutlined, VideoCameraFilled, WarningFilled } from '../../ui/icons.tsx';
import { clockText, spanText } from '../../ui/time-text.ts';
import type { RoomRecording } from './use-room-recording.ts';

/** The answer to "is it on?", and one line more. */
export function Headline(props: { recording: RoomRecording; session: SessionRow; nowMs: number }): ReactNode {
  const t = useTexts(roomTexts);
  const { verdict, cameras } = props.recording;
  const grey = (title: string, help: string) => (
    <Title tone="off" icon={<MinusCircleOutlined />} title={title} help={help} />
  );
  switch (verdict.kind) {
    case 'recording':
      return <Elapsed {...props} />;
    case 'fault': {
      const n = verdict.camera + 1;
      const state = cameras[verdict.camera]?.state;
      const storing = state?.kind === 'fault' && state.storing;
      const attempts = state?.kind === 'fault' ? state.attempts : 0;
      const weak = state?.kind === 'fault' && state.weak;
      const title = weak
        ? t.pictureWeak(n)
        : storing
          ? t.pictureUseless(n)
          : verdict.faulty > 1
            ? t.severalNotRecording(verdict.faulty)
            : t.notRecording(n);
      const tries =
        storing || (state?.kind === 'fault' && state.fault === 'permission')
          ? ''
          : attempts > 0
            ? t.retried(attempts)
            : t.retrying;
      return (
        <Title
          tone={storing ? 'look' : 'stop'}
          icon={storing ? <WarningFilled /> : <CloseCircleFilled />}
          title={title}
          help={`${t.othersFine(verdict.others)}${tries}`}
        />
      );
    }
    case 'refused':
      return <Title tone="stop" icon={<CloseCircleFilled />} title={t.refused[verdict.code]} help={t.stoppedHelp} />;
    case 'ready':
      return grey(t.notStarted, t.notStartedHelp);
    case 'opening':
      return grey(t.opening, t.openingHelp);
    case 'not-open':
      return grey(t.notOpen, t.notOpenHelp);
    case 'no-cameras':
      return grey(t.noCameras, t.noCamerasHelp);
    case 'elsewhere':
      return grey(t.elsewhere, t.elsewhereHelp);
    case 'stopping':
      return grey(t.stopping, t.stoppingHelp(cameras.reduce((sum, c) => sum + (c.view?.waiting.fragments ?? 0), 0)));
    case 'stopped':
      return grey(t.stopped, t.stoppedHelp);
    case 'closed':
      return grey(t.closed, t.stoppedHelp);
    default:
      return unreachable(verdict);
  }
}

function Title(props: {
  tone: 'ok' | 'look' | 'stop' | 'off';
  icon: ReactNode;
  title: string;
  help: string;
}): ReactNode {
  return (
    <div className={`room-headline is-${props.tone}`} role="status">
      <h2>
        {props.icon}
        {props.title}
      </h2>
      <p>{props.help}</p>
    </div>
  );
}

/** All is well: how long by the wall clock, since when, and how much of it is missing. */
function Elapsed({ recording, nowMs }: { recording: RoomRecording; nowMs: number }): ReactNode {
  const t = useTexts(roomTexts);
  const { cameras, recorder } = recording;
  const begins = cameras.flatMap((c) => c.camera.stored[0]?.beginMs ?? []);
  const sinceMs = begins.length > 0 ? Math.min(...begins) : (recorder.startedAtMs ?? nowMs);
  const gaps = cameras.reduce((sum, c) => sum + c.camera.gaps.length, 0);
  return (
    <div className="room-headline is-ok" role="status">
      <h2>
        <VideoCameraFilled />
        {t.allRecording(cameras.length)}
      </h2>
      <div className="room-elapsed">{longSpan(nowMs - sinceMs)}</div>
      <p>
        {t.since(clockText(sinceMs))} · {gaps === 0 ? t.noGaps : <b className="is-look">{t.gaps(gaps)}</b>}
      </p>
    </div>
  );
}

/** `0:04:12`: the hours stand from the first second, so that the figure does not change its shape. */
function longSpan(ms: number): string {
  const text = spanText(ms);
  return text.length === 5 ? `0:${text}` : text;
}

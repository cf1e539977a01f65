import type { ReactNode } from 'react';
import type { RoomTimeline } from '../../../electron/features/timeline/contract.ts';
import { useLanguage } from '../../texts/language.tsx';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { EyeOutlined } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { clockText, spanText } from '../../ui/time-text.ts';
import { roleNames } from '../staff/role-names.ts';

/** Stays on the screen: who looks, why, how much was seen; and whether the pictures stand at one moment. */
export function LookUpStrip(props: {
  room: RoomTimeline;
  aligned: { cameras: number; offMs: number } | null;
}): ReactNode {
  const t = useTexts(timelineTexts);
  const { language } = useLanguage();
  const { lookUp, viewed } = props.room;
  const seenMs = viewed.reduce((sum, v) => sum + v.endMs - v.beginMs, 0);
  return (
    <div className="ui-card tl-strip">
      <EyeOutlined />
      <b>{t.registered}</b>
      <span>
        <small>{t.reasonWord}</small> {lookUp.reason}
      </span>
      <span>
        <small>{t.who}</small> {lookUp.byName} · {roleNames([lookUp.role as 'supervisor'], language)}
      </span>
      <small>
        {t.since(clockText(lookUp.begunAtMs))} · {t.viewedCount(spanText(seenMs))}
      </small>
      <em>
        {props.aligned === null ? (
          <Status kind="not-done">{t.aligning}</Status>
        ) : props.aligned.cameras === 0 ? (
          <Status kind="not-done">{t.nothingNow}</Status>
        ) : (
          <Status kind="done">{t.aligned(props.aligned.cameras, props.aligned.offMs)}</Status>
        )}
      </em>
    </div>
  );
}

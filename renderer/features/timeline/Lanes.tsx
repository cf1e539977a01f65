import { memo, type PointerEvent, type ReactNode, type Ref, useEffect, useRef } from 'react';
import type { CandidateCoverage } from '../../../electron/features/coverage/contract.ts';
import type { RoomTimeline, TimelineEvent } from '../../../electron/features/timeline/contract.ts';
import { stationNowMs } from '../../api/station-clock.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { statusIcon } from '../../ui/Status.tsx';
import { clockText, minuteText } from '../../ui/time-text.ts';
import { Bar } from './Bar.tsx';
import { CoverageRow } from './CoverageRow.tsx';
import { at, flags, type Range, ticks } from './lanes-layout.ts';

interface LanesProps {
  room: RoomTimeline;
  people: readonly CandidateCoverage[];
  chosenId: string | null;
  range: Range;
  /** Stretch marked for a clip. */
  marked: { fromMs: number | null; toMs: number | null };
  events: readonly TimelineEvent[];
  seek: (wallMs: number) => void;
  choose: (candidateId: string) => void;
  zoom: (aroundMs: number, factor: number) => void;
  /** The line of the present moment, moved without React. */
  lineRef: Ref<HTMLDivElement>;
}

/** Width of the names at the left, in px: the axis begins behind it. */
const NAMES_PX = 190;

/** Everything along the wall clock: axis, what happened, what is stored of each camera, and of each person. */
export const Lanes = memo(function Lanes(props: LanesProps): ReactNode {
  const { room, range, people, chosenId, seek, zoom } = props;
  const t = useTexts(timelineTexts);
  const field = useRef<HTMLDivElement>(null);
  const momentAt = (clientX: number): number => {
    const box = field.current!.getBoundingClientRect();
    const share = (clientX - box.left - NAMES_PX) / (box.width - NAMES_PX);
    return range.beginMs + Math.min(1, Math.max(0, share)) * (range.endMs - range.beginMs);
  };
  const zoomRef = useRef(zoom);
  zoomRef.current = zoom;
  const momentRef = useRef(momentAt);
  momentRef.current = momentAt;
  useEffect(() => {
    const element = field.current!;
    // React listens passively to the wheel, and the page must not scroll instead.
    const onWheel = (event: WheelEvent) => {
      if ((event.target as HTMLElement).closest('.tl-people')) return;
      event.preventDefault();
      zoomRef.current(momentRef.current(event.clientX), event.deltaY > 0 ? 1.25 : 0.8);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
  const drag = (event: PointerEvent) => {
    if ((event.target as HTMLElement).closest('button')) return;
    if (event.type === 'pointerdown') (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    if (event.type === 'pointerdown' || event.buttons === 1) seek(momentAt(event.clientX));
  };
  const offsetMs = -new Date(range.beginMs).getTimezoneOffset() * 60_000;
  const fine = range.endMs - range.beginMs < 10 * 60_000;
  const fixed: TimelineEvent[] = [
    fixedEvent('start', room.startsAtMs, t.start),
    fixedEvent('late', room.lateAtMs, t.late),
    fixedEvent('end', room.endsAtMs, t.end),
  ];
  const chosen = people.find((p) => p.candidateId === chosenId);
  return (
    <div ref={field} className="ui-card tl-lanes" onPointerDown={drag} onPointerMove={drag} title={t.zoomHint}>
      <div className="tl-row is-axis">
        <span className="tl-name">{t.wallTime}</span>
        <div className="tl-track">
          {ticks(range, 9, offsetMs).map((ms) => (
            <span key={ms} className="tl-tick" style={{ left: `${at(range, ms)}%` }}>
              {fine ? clockText(ms) : minuteText(ms)}
            </span>
          ))}
        </div>
      </div>
      {(['session', 'people', 'alarms'] as const).map((lane) => (
        <div key={lane} className="tl-row is-events">
          <span className="tl-name">{t.lanes[lane]}</span>
          <div className="tl-track">
            <LaneFlags
              range={range}
              items={[...(lane === 'session' ? fixed : []), ...props.events.filter((e) => e.lane === lane)].sort(
                (a, b) => a.atMs - b.atMs,
              )}
              seek={seek}
            />
          </div>
        </div>
      ))}
      <div className="tl-cameras">
        {room.cameras.map((camera, i) => (
          <div key={camera.cameraId} className="tl-row is-camera">
            <span className="tl-name">
              {i + 1} {camera.label}
            </span>
            <div className="tl-track">
              {camera.stored.map((s) => (
                <Bar key={s.beginMs} range={range} stretch={s} kind="stored" />
              ))}
              {camera.gaps.map((g) => (
                <Bar
                  key={g.beginMs}
                  range={range}
                  stretch={{ beginMs: g.beginMs, endMs: g.endMs ?? Math.min(room.span.endMs, stationNowMs()) }}
                  kind="gap"
                />
              ))}
            </div>
          </div>
        ))}
      </div>
      {chosen && <CoverageRow person={chosen} room={room} range={range} large seek={seek} choose={props.choose} />}
      <div className="tl-people">
        {people
          .filter((p) => p !== chosen)
          .map((person) => (
            <CoverageRow
              key={person.candidateId}
              person={person}
              room={room}
              range={range}
              large={false}
              seek={seek}
              choose={props.choose}
            />
          ))}
      </div>
      <div className="tl-line-field">
        {props.marked.fromMs !== null && (
          <i className="tl-mark is-from" style={{ left: `${at(range, props.marked.fromMs)}%` }} />
        )}
        {props.marked.toMs !== null && (
          <i className="tl-mark is-to" style={{ left: `${at(range, props.marked.toMs)}%` }} />
        )}
        <div ref={props.lineRef} className="tl-line">
          <b />
        </div>
      </div>
    </div>
  );
});

const fixedEvent = (event: string, atMs: number, word: string): TimelineEvent => ({
  seq: -1,
  atMs,
  event: `plan.${event}`,
  meaning: { zh: word, en: word },
  lane: 'session',
  tone: 'plain',
  candidateId: null,
  staffId: null,
  cameraId: null,
  who: '',
  note: '',
});

/** Rough width of a character, in percent of the axis at the window this is designed for. */
const CHARACTER = 1.25;

function LaneFlags(props: { range: Range; items: readonly TimelineEvent[]; seek: (ms: number) => void }): ReactNode {
  const t = useTexts(timelineTexts);
  const wordOf = (e: TimelineEvent) => {
    const word = t.events[e.event] ?? e.meaning.zh;
    const about = e.event === 'session.moment-marked' || e.event === 'timeline.bookmarked' ? e.note : e.who;
    return about === '' ? word : `${about} ${word}`;
  };
  return flags(props.range, props.items, (e) => 3 + Math.min(14, wordOf(e).length) * CHARACTER).map(
    ({ left, items }) => {
      const loudest = items.find((e) => e.tone === 'stop') ?? items.find((e) => e.tone === 'look') ?? items[0]!;
      const words = items.map((e) => `${clockText(e.atMs)} ${wordOf(e)}`).join('\n');
      return (
        <button
          key={`${loudest.seq}-${loudest.event}-${loudest.atMs}`}
          type="button"
          className={`tl-flag is-${loudest.tone}`}
          style={{ left: `${left}%` }}
          title={words}
          onClick={(event) => {
            event.currentTarget.blur();
            props.seek(loudest.atMs);
          }}
        >
          {loudest.tone !== 'plain' && statusIcon(loudest.tone)}
          <span>{wordOf(loudest)}</span>
          {items.length > 1 && <small>{t.more(items.length)}</small>}
        </button>
      );
    },
  );
}

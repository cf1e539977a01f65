import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { z } from 'zod';
import type { SessionCoverage } from '../../../electron/features/coverage/contract.ts';
import type { SessionState } from '../../../electron/features/session/contract.ts';
import type { RoomTimeline } from '../../../electron/features/timeline/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { AllKeys } from '../../ui/AllKeys.tsx';
import { BigButton } from '../../ui/BigButton.tsx';
import { Clock } from '../../ui/Countdown.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { clockText } from '../../ui/time-text.ts';
import { AcceptDialog } from './AcceptDialog.tsx';
import { ClipDialog } from './ClipDialog.tsx';
import { Controls, type TimelineActs } from './Controls.tsx';
import { Finder, type FinderField } from './Finder.tsx';
import { Finding } from './Finding.tsx';
import type { Found } from './finder-options.ts';
import { Lanes } from './Lanes.tsx';
import { LookUpStrip } from './LookUpStrip.tsx';
import { at, following, type Range, zoomed } from './lanes-layout.ts';
import { MarkDialog } from './MarkDialog.tsx';
import { PlayClock } from './player/play-clock.ts';
import { usePlayers } from './player/use-players.ts';
import { takeStill } from './take-still.ts';
import { VideoTile } from './VideoTile.tsx';

/** What stands on the board changes so many times a second; the pictures and the line run by themselves. */
const refreshMs = 200;
/** How long before a gap the picture starts. */
const beforeGapMs = 10_000;

/** The board over the whole window: pictures in step, what happened, coverage, and the finding. */
export function TimelineBoard(props: {
  where: string;
  room: RoomTimeline;
  coverage: z.infer<typeof SessionCoverage>;
  session: SessionState;
  refresh: () => void;
  onLeave: () => void;
}): ReactNode {
  const { room } = props;
  const t = useTexts(timelineTexts);
  const sentence = useErrorSentence();
  const [clock] = useState(() => clockAtFirstPicture(room));
  const players = usePlayers(room, clock);
  const now = useSampledClock(clock);
  const line = useRef<HTMLDivElement>(null);
  const finder = useRef<FinderField>(null);
  const [range, setRange] = useState<Range>(room.span);
  const [chosenCamera, chooseCamera] = useState(0);
  const [marked, mark] = useState<{ fromMs: number | null; toMs: number | null }>({ fromMs: null, toMs: null });
  const [dialog, open] = useState<'clip' | 'mark' | 'accept' | 'keys' | null>(null);
  const [said, say] = useState('');
  const people = useMemo(
    () => props.coverage.candidates.filter((p) => p.roomId === room.room.roomId),
    [props.coverage, room.room.roomId],
  );
  const [chosenId, choose] = useState<string | null>(
    () => people.find((p) => p.verdict === 'short' && p.acceptance === null)?.candidateId ?? null,
  );
  const [staffId, follow] = useState<string | null>(null);
  const person = people.find((p) => p.candidateId === chosenId) ?? null;
  const camera = room.cameras[chosenCamera] ?? room.cameras[0];
  const still = useMutation(ask.timeline.keepStill.mutationOptions({ onSuccess: props.refresh }));

  // The line moves with the pictures; the board around it does not have to be drawn again for that.
  useEffect(() => {
    const draw = () => {
      const { wallMs } = clock.state;
      const element = line.current;
      if (element === null) return;
      element.style.left = `${at(range, wallMs)}%`;
      element.hidden = wallMs < range.beginMs || wallMs > range.endMs;
      element.firstElementChild!.textContent = clockText(wallMs);
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, range]);
  useEffect(() => {
    const next = now.playing ? following(room.span, range, now.wallMs) : null;
    if (next !== null) setRange(next);
  }, [now, range, room.span]);

  const seek = useMemo(
    () => (wallMs: number) => {
      clock.seek(wallMs);
      setRange((r) => following(room.span, r, clock.state.wallMs) ?? r);
    },
    [clock, room.span],
  );
  const zoom = useMemo(
    () => (aroundMs: number, factor: number) => setRange((r) => zoomed(room.span, r, aroundMs, factor)),
    [room.span],
  );
  const events = useMemo(
    () =>
      room.events.filter(
        (e) =>
          (e.candidateId === null || chosenId === null || e.candidateId === chosenId || e.tone !== 'plain') &&
          (staffId === null || e.staffId === null || e.staffId === staffId || !/^(staff|scoring)\./.test(e.event)),
      ),
    [room.events, chosenId, staffId],
  );
  const jump = (by: -1 | 1) => {
    const { wallMs } = clock.state;
    const stops = events.map((e) => e.atMs);
    const next = by > 0 ? stops.find((ms) => ms > wallMs + 50) : stops.findLast((ms) => ms < wallMs - 50);
    if (next !== undefined) seek(next);
  };
  const toGap = () => {
    const { wallMs } = clock.state;
    const gaps = person?.gaps ?? [];
    const gap = gaps.find((g) => g.beginMs - beforeGapMs > wallMs + 500) ?? gaps[0];
    if (gap === undefined) return;
    const length = Math.max(120_000, 3 * (gap.endMs - gap.beginMs));
    setRange(zoomed(room.span, room.span, gap.beginMs, length / (room.span.endMs - room.span.beginMs)));
    seek(gap.beginMs - beforeGapMs);
    clock.play(true);
  };
  const keepStill = async () => {
    const video = document.querySelector<HTMLVideoElement>(`video[data-camera="${camera?.cameraId}"]`);
    const { wallMs } = clock.state;
    if (camera === undefined || video === null || players.of(camera.cameraId)?.pictureAt(wallMs) !== 'shown') return;
    clock.play(false);
    const picture = await takeStill(video);
    const { lookUpId } = room.lookUp;
    await still.mutateAsync({ lookUpId, cameraId: camera.cameraId, atMs: wallMs, note: '', picture });
    say(t.stillKept(clockText(wallMs)));
  };
  const acts: TimelineActs = {
    previous: () => jump(-1),
    next: () => jump(1),
    back: () => seek(clock.state.wallMs - 5_000),
    on: () => seek(clock.state.wallMs + 5_000),
    toggle: () => clock.play(!clock.state.playing),
    frame: (by) => {
      clock.play(false);
      seek(clock.state.wallMs + by * (players.of(camera?.cameraId ?? '')?.frameMs ?? 67));
    },
    speed: () => clock.nextSpeed(),
    from: () =>
      mark((m) => ({
        fromMs: clock.state.wallMs,
        toMs: m.toMs !== null && m.toMs > clock.state.wallMs ? m.toMs : null,
      })),
    to: () => mark((m) => ({ ...m, toMs: clock.state.wallMs })),
    export: () => {
      clock.play(false);
      open('clip');
    },
    still: () => void keepStill().catch(() => undefined),
    mark: () => {
      clock.play(false);
      open('mark');
    },
  };
  const found = (it: Found) => {
    if (it.kind === 'candidate') choose(it.candidateId);
    else {
      if (it.kind === 'staff') follow(it.staffId);
      seek(it.atMs);
    }
  };
  useKeys(
    {
      Space: acts.toggle,
      J: acts.previous,
      L: acts.next,
      ArrowLeft: acts.back,
      ArrowRight: acts.on,
      ',': () => acts.frame(-1),
      '.': () => acts.frame(1),
      S: acts.speed,
      I: acts.from,
      O: acts.to,
      E: acts.export,
      P: acts.still,
      G: toGap,
      F1: () => open('keys'),
      F2: () => finder.current?.focus(),
      F4: acts.mark,
      Escape: props.onLeave,
      ...Object.fromEntries(room.cameras.map((_, i) => [String(i + 1), () => chooseCamera(i)])),
    },
    { modal: true },
  );
  const pictures = room.cameras.map((_, i) => players.pictures[i] ?? 'coming');
  const done = () => {
    open(null);
    props.refresh();
  };
  return (
    <div className="tl-desk">
      <header className="ui-desk-top">
        <h1>{t.title}</h1>
        <span className="ui-desk-where">
          {room.room.name} · {props.where}
        </span>
        <Finder ref={finder} room={room} people={people} onFound={found} />
        <BigButton size={36} onPress={() => setRange(room.span)}>
          {t.whole}
        </BigButton>
        <BigButton size={36} hint="Escape" onPress={props.onLeave}>
          {t.leave}
        </BigButton>
        <Clock />
      </header>
      <main className="tl-work">
        <LookUpStrip room={room} aligned={alignment(room, players, now.wallMs, pictures)} />
        <div className={`tl-videos of-${Math.min(4, room.cameras.length)}`}>
          {room.cameras.map((c, i) => (
            <VideoTile
              key={c.cameraId}
              camera={c}
              number={i + 1}
              wallMs={now.wallMs}
              picture={pictures[i]!}
              chosen={c === camera && room.cameras.length > 1}
              onChoose={() => chooseCamera(i)}
              attach={players.attach(c.cameraId)}
            />
          ))}
        </div>
        <Controls acts={acts} playing={now.playing} speed={now.speed} />
        <Lanes
          room={room}
          people={people}
          chosenId={chosenId}
          range={range}
          marked={marked}
          events={events}
          seek={seek}
          choose={choose}
          zoom={zoom}
          lineRef={line}
        />
        <p className="tl-said" role="status">
          {players.error !== null ? (
            <Status kind="stop">{sentence(players.error)}</Status>
          ) : still.isError ? (
            <Status kind="stop">{sentence(still.error)}</Status>
          ) : (
            said !== '' && <Status kind="done">{said}</Status>
          )}
        </p>
        <Finding
          person={person}
          people={people}
          coverage={props.coverage}
          session={props.session}
          onGap={person !== null && person.gaps.length > 0 ? toGap : null}
          onAccept={() => open('accept')}
        />
      </main>
      {dialog === 'clip' && camera && (
        <ClipDialog
          room={room}
          cameraId={camera.cameraId}
          marked={marked}
          onChanged={props.refresh}
          onBack={() => open(null)}
        />
      )}
      {dialog === 'mark' && (
        <MarkDialog
          lookUpId={room.lookUp.lookUpId}
          cameraId={camera?.cameraId ?? null}
          atMs={now.wallMs}
          onDone={done}
          onBack={() => open(null)}
        />
      )}
      {dialog === 'accept' && person && <AcceptDialog person={person} onDone={done} onBack={() => open(null)} />}
      {dialog === 'keys' && <AllKeys keys={keysOf(t)} onClose={() => open(null)} />}
    </div>
  );
}

/** The board opens on a picture: at the start of the exam, or where the first camera begins after it. */
function clockAtFirstPicture(room: RoomTimeline): PlayClock {
  const clock = new PlayClock(room.span);
  const from = room.cameras.flatMap((c) => c.stored.filter((s) => s.endMs > room.startsAtMs));
  clock.seek(Math.max(room.startsAtMs, Math.min(...from.map((s) => s.beginMs), room.span.endMs)));
  return clock;
}

/** The clock as the board shows it: sampled, so that sixty pictures a second are not sixty drawings of the board. */
function useSampledClock(clock: PlayClock) {
  const sampled = useRef(clock.state);
  return useSyncExternalStore(
    (changed) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const take = () => {
        timer = undefined;
        sampled.current = clock.state;
        changed();
      };
      const stop = clock.subscribe(() => {
        const { playing, speed } = sampled.current;
        const isPressed = clock.state.playing !== playing || clock.state.speed !== speed || !clock.state.playing;
        if (isPressed) {
          clearTimeout(timer);
          take();
        } else timer ??= setTimeout(take, refreshMs);
      });
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
    () => sampled.current,
  );
}

/** How far apart the pictures shown are; null while one that should be there is coming. */
function alignment(
  room: RoomTimeline,
  players: ReturnType<typeof usePlayers>,
  wallMs: number,
  pictures: readonly string[],
): { cameras: number; offMs: number } | null {
  if (pictures.includes('coming')) return null;
  const shown = room.cameras.flatMap((c, i) => (pictures[i] === 'shown' ? (players.of(c.cameraId) ?? []) : []));
  const offs = shown.map((p) => p.offMs(wallMs));
  const spread = offs.length > 1 ? Math.max(...offs) - Math.min(...offs) : Math.abs(offs[0] ?? 0);
  return { cameras: shown.length, offMs: Math.round(spread) };
}

const keysOf = (t: (typeof timelineTexts)['zh-CN']) => [
  { key: t.space, does: t.keyHelp.play },
  { key: 'J L', does: t.keyHelp.events },
  { key: '← →', does: t.keyHelp.jump },
  { key: ', .', does: t.keyHelp.frame },
  { key: 'S', does: t.keyHelp.speed },
  { key: 'I O', does: t.keyHelp.stretch },
  { key: 'E', does: t.keyHelp.export },
  { key: 'P', does: t.keyHelp.still },
  { key: 'G', does: t.keyHelp.gap },
  { key: '1-4', does: t.keyHelp.camera },
  { key: 'F2', does: t.keyHelp.find },
  { key: 'F4', does: t.keyHelp.mark },
];

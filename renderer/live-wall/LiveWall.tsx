import './live-wall.css';
import { Input } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { WallRequest } from '../../electron/contract/live-wall.ts';
import type { AskKind, CentrePerson } from '../../electron/features/supervision/contract.ts';
import type { RoomId } from '../../electron/lib/ids.ts';
import { liveWallTexts } from '../texts/live-wall.ts';
import { useTexts } from '../texts/use-texts.ts';
import { BigButton } from '../ui/BigButton.tsx';
import { Status } from '../ui/Status.tsx';
import { Answers } from './Answers.tsx';
import { RoomTile } from './RoomTile.tsx';
import { Eyes } from './see-camera.ts';
import { WallLine } from './wall-line.ts';

/** The wall of rooms (画面墙): first who looks, then every room of every site. */
export function LiveWall(): ReactNode {
  const [by, enter] = useState<CentrePerson | null>(null);
  return by === null ? <Enter onEnter={enter} /> : <Wall by={by} />;
}

function Enter({ onEnter }: { onEnter: (by: CentrePerson) => void }): ReactNode {
  const t = useTexts(liveWallTexts);
  const [name, setName] = useState('');
  const [duty, setDuty] = useState('');
  const submit = () => {
    if (name.trim() !== '') onEnter({ name: name.trim(), duty: duty.trim() });
  };
  return (
    <form
      className="ui-card wall-enter"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1>{t.enterTitle}</h1>
      <p>{t.enterHelp}</p>
      <Input
        size="large"
        aria-label={t.name}
        placeholder={t.name}
        maxLength={40}
        autoFocus
        value={name}
        onChange={(e) => setName(e.target.value)}
      />
      <Input
        size="large"
        aria-label={t.duty}
        placeholder={t.duty}
        maxLength={40}
        value={duty}
        onChange={(e) => setDuty(e.target.value)}
      />
      <button type="submit" hidden />
      <BigButton size={64} blue disabled={name.trim() === ''} onPress={submit}>
        {t.enter}
      </BigButton>
    </form>
  );
}

interface Asking {
  stationId: string;
  roomId: RoomId;
  name: string;
  kind: AskKind;
}

function Wall({ by }: { by: CentrePerson }): ReactNode {
  const t = useTexts(liveWallTexts);
  const line = useMemo(() => new WallLine(window.location.hash.slice(1), by), [by]);
  const eyes = useMemo(() => new Eyes(line), [line]);
  const state = line.state.use();
  const [large, enlarge] = useState<string | null>(null);
  const [asking, ask] = useState<Asking | null>(null);
  const nameOf = ({ stationId, roomId }: Pick<WallRequest, 'stationId' | 'roomId'>): string =>
    state.stations.find((s) => s.stationId === stationId)?.rooms.find((r) => r.roomId === roomId)?.name ?? roomId;
  if (state.kind === 'not-let-in') return <p className="ui-card wall-enter">{t.notLetIn}</p>;
  const send = ({ stationId, roomId, kind }: Asking, text: string) => {
    line.tell({ kind: 'ask', stationId, roomId, cameraId: null, ask: kind, text });
    ask(null);
  };
  const tiles = state.stations.flatMap((station) => station.rooms.map((room) => ({ station, room })));
  return (
    <div className="wall">
      <header className="wall-top">
        <h1>{t.title}</h1>
        <span>{state.centre}</span>
        {state.kind !== 'in' && <Status kind="look">{state.kind === 'connecting' ? t.connecting : t.away}</Status>}
        <span className="wall-who">{[by.duty, by.name].filter(Boolean).join(' ')}</span>
      </header>
      <main className={large === null ? 'wall-rooms' : 'wall-rooms has-large'}>
        {tiles.length === 0 && (
          <section className="ui-card wall-empty">
            <h2>{t.noStations}</h2>
            <p>{t.noStationsHelp}</p>
          </section>
        )}
        {tiles.map(({ station, room }) => {
          const key = `${station.stationId} ${room.roomId}`;
          const here = (r: { stationId: string; roomId: string }) =>
            r.stationId === station.stationId && r.roomId === room.roomId;
          const view = state.views.find(here);
          if (large !== null && large !== key) return null;
          return (
            <RoomTile
              key={key}
              station={station}
              room={room}
              view={view}
              waiting={state.requests.find((r) => here(r) && r.ask === 'view' && r.outcome === null)}
              isLarge={large === key}
              eyes={eyes}
              onAsk={(kind) => ask({ stationId: station.stationId, roomId: room.roomId, name: room.name, kind })}
              onWithdraw={(requestId) => line.tell({ kind: 'withdraw', requestId })}
              onEnd={(viewId) => {
                enlarge(null);
                line.tell({ kind: 'end-view', viewId });
              }}
              onSize={() => {
                enlarge(large === key ? null : key);
                if (view) line.tell({ kind: 'size', viewId: view.viewId, size: large === key ? 'small' : 'large' });
              }}
            />
          );
        })}
      </main>
      <Answers requests={state.requests} nameOf={nameOf} />
      {asking !== null && <Ask asking={asking} onSend={(text) => send(asking, text)} onCancel={() => ask(null)} />}
    </div>
  );
}

function Ask(props: { asking: Asking; onSend: (text: string) => void; onCancel: () => void }): ReactNode {
  const t = useTexts(liveWallTexts);
  const [text, setText] = useState('');
  const { asking } = props;
  const isReady = asking.kind !== 'question' || text.trim() !== '';
  return (
    <form
      className="ui-card wall-ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) props.onSend(text.trim());
      }}
    >
      <h2>
        {asking.name} · {t[asking.kind]}
      </h2>
      <Input.TextArea
        aria-label={t.reason}
        placeholder={t.reason}
        rows={3}
        maxLength={500}
        autoFocus
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <div className="ui-row">
        <BigButton size={48} blue disabled={!isReady} onPress={() => props.onSend(text.trim())}>
          {t.ask}
        </BigButton>
        <BigButton size={48} onPress={props.onCancel}>
          {t.cancel}
        </BigButton>
      </div>
    </form>
  );
}

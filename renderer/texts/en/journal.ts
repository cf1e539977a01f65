import type { journal as zh } from '../zh-CN/journal.ts';

export const journal: typeof zh = {
  title: 'Journal',
  help: 'Every change and every refusal stands here; entries are added, never edited.',
  search: 'find a person, an event, a number',
  refusalsOnly: 'refusals only',
  thisSession: 'this session only',
  sequence: 'No.',
  time: 'Time',
  event: 'Event',
  who: 'Who',
  where: 'Where',
  refusal: 'refused',
  none: 'No entry matches',
  size: (size) => `${size} entries`,
  newer: 'Newer',
  older: 'Older',
  newest: 'To the newest',
  data: 'What was recorded',
  checkpoint: 'Signed checkpoint',
  checkpointHelp:
    'Once these lines have left the station, a change to any entry up to this one shows. Send them to the centre, or copy them onto the hand-over form.',
  checkpointAt: (size, time) => `up to entry ${size}, signed ${time}`,
  copy: 'Copy',
  copied: 'Copied',
  save: 'Save as a file',
  close: 'Close',
};

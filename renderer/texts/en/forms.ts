import type { forms as zh } from '../zh-CN/forms.ts';

export const forms: typeof zh = {
  title: 'Forms',
  help: 'Signed forms show the handwriting and a code to the journal; what nobody signed stays a line for ink. Each printing is on record.',
  kinds: {
    'score-sheets': 'Score sheets',
    summary: 'Summary of results',
    'panel-record': 'Panel record',
    'recusal-record': 'Recusal record',
  },
  form: 'Form',
  room: 'Room',
  whole: 'Whole session',
  examiner: 'Examiner',
  people: 'Candidates',
  signed: 'Signed',
  signedOf: (signed, signers) => `${signed} / ${signers}`,
  byInk: 'By ink',
  waiting: 'Once the whole panel has locked',
  print: 'Print',
  save: 'Save',
  making: 'Making it…',
  none: 'This session has no forms yet',
  ownTitle: 'Print your score sheets',
};

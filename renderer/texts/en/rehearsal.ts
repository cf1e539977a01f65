import type { rehearsal as zh } from '../zh-CN/rehearsal.ts';

export const rehearsal: typeof zh = {
  title: 'Rehearsal',
  idle: 'Walk through a day before the day',
  idleHelp:
    "A whole day with the sample plan: card, comparison, impostor, latecomer, video, marks, sealing, verifying, opening. It runs in a process and a throw-away folder of its own; this station's records are not touched. It takes a minute or two.",
  start: 'Start the rehearsal',
  running: (done) => `Rehearsing: ${done} steps done`,
  cancel: 'Stop',
  passed: 'Passed: everything was as expected',
  failed: 'Not passed: see the red steps',
  failedHelp: 'Solve this before the exam, or send the report folder to support.',
  cancelled: 'The rehearsal was stopped',
  again: 'Rehearse again',
  step: 'Step',
  result: 'Result',
  detail: 'What happened',
  took: 'Took',
  results: {
    running: 'running',
    'as-expected': 'as expected',
    'not-as-expected': 'not as expected',
    skipped: 'skipped',
  },
  seconds: (s) => `${s} s`,
  folder: 'Report and bundle are in',
  startedAt: (time) => `started ${time}`,
};

import type { home as zh } from '../zh-CN/home.ts';

export const home: typeof zh = {
  hello: (name) => `${name}, choose a desk`,
  today: "Today's sessions",
  noPlan: 'There is no plan yet',
  noPlanHelp: 'The site lead reads the plan of the appraisal centre in the office.',
  chooseRoom: 'Choose a room',
  rehearsal: 'This is a rehearsal, not an exam',
  states: { preparing: 'preparing', open: 'admitting', running: 'running', closed: 'ended', sealed: 'sealed' },
  does: {
    door: 'Card, ticket and face, each against the others',
    room: 'See that every camera is recording',
    examiner: 'Mark, lock, sign',
    office: 'Plan, opening, closing, sealing',
  },
  secondLane: 'second lane',
  signAhead: 'tablet: sign ahead',
  notYours: 'Not a desk for your role',
};

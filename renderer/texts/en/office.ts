import type { office as zh } from '../zh-CN/office.ts';
import { gapReasons } from './gap-reasons.ts';

const reasonOf = (f: { reason?: string | undefined }): string | undefined =>
  (gapReasons as Record<string, string>)[f.reason ?? ''];

export const office: typeof zh = {
  desk: 'Office',
  pages: {
    overview: 'Overview',
    door: 'Door',
    plan: 'Plan',
    assignment: 'Assignment',
    examiners: 'Examiners',
    rules: 'Rules',
    staff: 'Staff',
    devices: 'Devices',
    journal: 'Journal',
    timeline: 'Timeline',
    inspections: 'Inspections',
    appraisal: 'Appraisal',
    forms: 'Forms',
    scores: 'Scores',
    closing: 'Closing',
    rehearsal: 'Rehearsal',
  },
  pagesLabel: 'Pages of the office',
  session: 'Session',
  parts: { theory: 'theory', skills: 'skills', review: 'integrated review' },
  states: { preparing: 'Preparing', open: 'Door open', running: 'Running', closed: 'Ended', sealed: 'Sealed' },
  steps: {
    preparing: 'Readiness',
    entering: 'Entering',
    running: 'Running',
    collecting: 'Papers in',
    marking: 'Marking',
    closing: 'Closing',
  },
  counts: { expected: 'Expected', admitted: 'In', setAside: 'Set aside', absent: 'Absent', notYet: 'Not yet' },

  noSession: 'There is no session plan yet',
  noSessionHelp:
    "Insert the centre's disk, or choose a workbook and the photo folder. Every row is checked first; nothing is saved before you have seen it.",
  goPlan: 'Read in a plan',

  room: 'Room',
  arrived: 'Arrived',
  recording: 'Video',
  staffPresent: 'Examiners',
  marking: 'Marking',
  status: 'State',
  fine: 'Fine',
  waiting: 'Door shut',
  markingOf: (locked, panel) => `locked ${locked} / ${panel}`,
  signedOf: (signed, panel) => `signed ${signed} / ${panel}`,
  noPanel: 'no marks',
  finished: 'Ended',
  noCamera: 'no camera',
  tableLabel: 'Rooms, by place',

  disk: 'Disk',
  diskFree: (free) => `${free} free`,
  diskHours: (hours) => `records ${hours} more`,
  hours: (hours) => (hours >= 48 ? `${Math.floor(hours / 24)} days` : `${Math.floor(hours)} hours`),
  journal: 'Journal',
  journalSize: (size) => `unbroken, ${size} entries`,
  checkpoint: 'Checkpoint',
  checkpointAt: (time, size) => `${time}, entry ${size}`,
  checkpointLeft: 'At the centre',
  checkpointNone: 'none yet (keys locked)',
  connection: 'Station',

  allWell: 'All is well',
  allWellHelp: 'Nothing to do. Alarms show here.',
  moreAlarms: (count) => `${count} more below`,
  nextAlarm: 'Next',
  alarmsCount: (stops, looks) => `Alarms ${stops} · warnings ${looks}`,
  since: (time, span) => `since ${time}, ${span}`,
  onIt: (time) => `Someone sent at ${time}, in the journal`,
  markNote: (title) => `Someone was sent: ${title}`,
  markFailed: 'Not recorded. Press again.',
  alarms: {
    'camera-silent': {
      title: (f) => `${f.room ? `${f.room}: a` : 'A'} camera is silent`,
      fact: (f) =>
        `${f.camera ?? 'The camera'}: ${reasonOf(f) ?? 'no picture comes'}. First someone stands at the back and watches, then the camera.`,
      action: (place) => `Send someone to ${place}`,
    },
    'camera-weak': {
      title: (f) => `${f.room ? `${f.room}: a` : 'A'} camera records badly`,
      fact: (f) =>
        `${f.camera ?? 'The camera'}: ${reasonOf(f) ?? ''}. It records on and this is no gap. The invigilator sees on the room desk what to do.`,
      action: (place) => `Send someone to ${place}`,
    },
    'camera-not-started': {
      title: (f) => (f.room ? `${f.room}: not recording` : 'Not recording'),
      fact: (f) =>
        `The exam has begun and ${f.camera ?? 'the camera'} has not started. The invigilator presses Start on the room page.`,
      action: (place) => `Send someone to ${place}`,
    },
    'reader-lost': {
      title: (f) => (f.reader ? `Card reader lost: ${f.reader}` : 'Card reader lost'),
      fact: () => "Check-in goes on by hand. Then look at the reader's cable and power.",
      action: () => 'Send someone to the door',
    },
    'disk-low': {
      title: (f) => `Only ${f.freeGiB ?? '?'} GiB of disk left`,
      fact: () =>
        "Video will soon not fit. Connect a spare disk or free other files; never delete the station's data folder.",
      action: () => 'Disk is coming: note it',
    },
    'clock-jump': {
      title: (f) => `The clock jumped ${f.seconds ?? '?'} s`,
      fact: () =>
        "It is in the journal. Video and marks keep their order by number. See who changed the computer's time.",
      action: () => 'See the journal',
    },
    'panel-short': {
      title: (f) => `${f.room ? `${f.room}: e` : 'E'}xaminers missing`,
      fact: (f) => `${f.needed ?? '?'} needed, ${f.present ?? '?'} signed in. Call them, or replace by the rules.`,
      action: () => 'Being called: note it',
    },
    'panel-facts': {
      title: (f) => `${f.room ? `${f.room}: f` : 'F'}acts about the panel have changed`,
      fact: (f) =>
        `By what is on file now a rule speaks against it (${f.rule} · ${f.source}). See under Assignment whom and which: replace whoever may not sit, give a reason for what warns and hand in again.`,
      action: () => 'Decide under Assignment',
    },
    'recheck-doubt': {
      title: (f) => `${f.room}: a re-check is in doubt: ${f.name} (${f.seat})`,
      fact: () => 'Two members of staff looked and still doubt who it is. The lead or a supervisor goes there.',
      action: (place) => `Go to ${place}`,
    },
    'person-called': {
      title: (f) => `The door calls the lead${f.name ? `: ${f.name}` : ''}`,
      fact: () => 'A candidate waits for a person to decide. The candidate stays, the queue goes on.',
      action: (place) => `Go to ${place}`,
    },
    impersonation: {
      title: (f) =>
        `${f.room ?? 'Door'}: the lead is wanted, possible impersonation${Number(f.lane) > 1 ? `, lane ${f.lane}` : ''}`,
      fact: (f) =>
        `${f.name ? `${f.name}: ` : ''}the live face matches somebody else. Go to the door, look at both pictures and the person, and decide by your PIN. Nobody goes in before; the document is handed back.`,
      action: (place) => `Go to ${place}`,
    },
    'impersonation-late': {
      title: (f) =>
        `${f.room ?? 'Door'}: possible impersonation, found late${f.name ? `: ${f.name}` : ''}${Number(f.lane) > 1 ? `, lane ${f.lane}` : ''}`,
      fact: () =>
        'It was found after the attempt was closed: the face matches somebody else. Look at both pictures at the door, then at the person. Two persons: settle it by your PIN. One person: take the admission back.',
      action: (place) => `Go to ${place}`,
    },
  },

  readinessTitle: 'Readiness',
  readinessStops: (count) => `${count} items stop the door`,
  readinessLooks: (count) => `The door may open; look at ${count} items`,
  readinessDone: 'All good: the door may open',
  openDoor: 'Open the door',
  doorOpen: 'The door is open',
  doorOpenHelp: (time) => `The exam runs from ${time} by itself.`,
  readiness: {
    plan: {
      done: () => 'The plan is read in',
      look: () => 'The plan has warnings: see Plan',
      stop: () => 'No plan. Read one in under Plan',
    },
    keys: {
      done: () => "The site's keys are open",
      look: () => "Look at the site's keys",
      stop: () => "The site's keys are locked. The lead types the passphrase above",
    },
    faces: {
      done: () => 'Faces can be compared',
      look: () => 'Faces cannot be compared: check-in by hand. Restart the station to try again',
      stop: () => 'Faces cannot be compared. Restart the station',
    },
    reader: {
      done: () => 'Card reader ready',
      look: (f) =>
        f.lost
          ? `Reader lost: ${f.lost}. Look at cable and power; doors without another check in by hand`
          : 'No card reader on the list: check-in by hand. Add one under Devices',
      stop: () => 'No card reader. Look at cable and power',
    },
    cameras: {
      done: (f) => `Every room has a camera${f.planned ? `, ${f.planned} in all` : ''}`,
      look: (f) => `${f.rooms ?? ''}: no camera; the rule pack asks for no video there`,
      stop: (f) => `${f.rooms ?? ''}: no camera. Add it to the plan and read it in again`,
    },
    panel: {
      done: () => 'Panels are complete',
      look: () => 'Look at the panels',
      stop: (f) =>
        `${f.room ?? ''}: ${f.has ?? '?'} of ${f.needs ?? '?'} examiners. Add to the plan and read it in again`,
    },
    assignment: {
      done: () => 'The assignment is handed in and lawful',
      look: (f) =>
        f.undecided !== '0'
          ? `${f.undecided ?? '?'} warnings of the assignment are undecided. See Assignment`
          : 'The assignment is not handed in. See Assignment',
      stop: (f) => `${f.room ?? ''}: a rule forbids the panel (${f.rule ?? ''}). Replace somebody under Assignment`,
    },
    supervisor: {
      done: () => 'A supervisor is registered',
      look: () => 'No supervisor account. Add one under Staff; absence is declared at closing',
      stop: () => 'No supervisor. Add one under Staff',
    },
    disk: {
      done: (f) => `Disk is enough: ${f.free ?? '?'} GiB free`,
      look: (f) =>
        `Disk may not do: ${f.free ?? '?'} free, about ${f.needed ?? '?'} GiB needed. Have a second disk ready`,
      stop: (f) => `Disk is too full: ${f.free ?? '?'} GiB left. Free some first`,
    },
    clock: {
      done: () => 'The clock has not jumped',
      look: (f) => `The clock jumped ${f.jumps ?? '?'} times, in the journal. Check the computer's time`,
      stop: () => "The clock cannot be trusted. Set the computer's time first",
    },
  },

  endSession: 'End: papers in',
  endEarly: 'End early',
  endEarlyTitle: 'It is not time yet. End early?',
  endEarlyHelp: (time) =>
    `This session ends at ${time}. After it whoever has not come is absent and nobody enters. Give a reason; it goes into the journal.`,
  endTitle: 'End the session?',
  endHelp: 'After it whoever has not come is absent and nobody enters. Recording may still finish.',
  endTooEarly: (time) =>
    `Not ended: late candidates may still come in. End it with a reason once admission is over, or wait until ${time}.`,
  reason: 'Reason',
  reasonNeeded: 'Give a reason of two characters or more.',
  confirmEnd: 'End the session',
  cancel: 'Not yet',
  toMarking: 'Waiting for examiners',
  toMarkingHelp: (locked, signed, panel) =>
    `Of ${panel} examiners ${locked} have locked and ${signed} signed. Closing may begin; what is missing is declared.`,
  toClosing: 'Ready for closing',
  toClosingHelp: 'All marks are signed.',
  goClosing: 'Go to closing',
  sealedTitle: 'This session is sealed',
  sealedHelp: 'Closing shows the seal code, the verify report and the delivery.',

  staffTitle: 'Staff',
  staffHelp: 'One account a person; the PIN is theirs alone. No default passwords, no shared accounts.',
  name: 'Name',
  roles: 'Roles',
  examiner: 'Examiner in the plan',
  examinerNotInPlan: 'not in this plan: to mark, register anew',
  noExaminer: 'not an examiner',
  pin: 'PIN of six digits, typed by the person',
  addStaff: 'Add',
  addTitle: 'Add a person',
  added: (name) => `${name} was added`,
  nameNeeded: 'Give a name.',
  roleNeeded: 'Choose at least one role.',
  pinNeeded: 'The PIN has six digits.',
  examinerNeeded: 'An examiner is linked to the person in the plan, to see their own panel.',
  clashHelp: 'Supervisors and score keepers hold no other role.',
  noStaff: 'Nobody yet',

  keyHelp: { next: 'next alarm', enter: 'the blue block' },
};

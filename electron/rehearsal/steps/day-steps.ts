import type { Day } from '../day.ts';
import type { Step } from '../step.ts';
import { bundleSteps } from './bundle.ts';
import { closingSteps } from './closing.ts';
import { deliverySteps } from './delivery.ts';
import { doorSteps, lastToCome, lateArrival, tooEarly } from './door.ts';
import { breakAndBack, rechecks, signsOut } from './in-the-room.ts';
import { killInMidCall } from './kill.ts';
import { markingSteps, signingSteps } from './marking.ts';
import { addStaff, createSite, signIn, startStation } from './opening.ts';
import { assignPanels, drawPanels } from './panels.ts';
import { adoptPlan, refuseBrokenPlan } from './planning.ts';
import { queueSigns } from './pledge.ts';
import { compareJournal, keepCheckpoint } from './record.ts';
import { recordingEnds, recordingGoesOn, startRecording } from './recording.ts';
import { closeSession, moveToEntry, openSession, setReader } from './session.ts';
import { stockTools } from './stock-tools.ts';
import { strangers } from './strangers.ts';
import { volumeSteps } from './volumes.ts';

/** The day from an empty folder to the opened bundle, in its order. */
export const daySteps = (day: Day): Step[] => [
  startStation,
  createSite,
  refuseBrokenPlan,
  adoptPlan,
  addStaff,
  signIn,
  setReader,
  assignPanels,
  drawPanels,
  openSession,
  queueSigns,
  strangers,
  tooEarly,
  moveToEntry,
  ...doorSteps,
  startRecording,
  day.wishes.kill ? killInMidCall : lastToCome,
  recordingGoesOn,
  lateArrival,
  breakAndBack,
  keepCheckpoint,
  ...markingSteps(day.plan.panels.filter((p) => p.duty !== 'reserve')),
  rechecks,
  signsOut,
  closeSession,
  recordingEnds,
  ...signingSteps,
  ...volumeSteps,
  ...closingSteps,
  ...deliverySteps,
  compareJournal,
  ...bundleSteps,
  stockTools,
];

/** How many of the first steps speak with the station; the others look at what it left. */
export const stationSteps = (steps: readonly Step[]): number => steps.indexOf(compareJournal) + 1;

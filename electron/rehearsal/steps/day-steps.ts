import type { Day } from '../day.ts';
import type { Step } from '../step.ts';
import { bundleSteps } from './bundle.ts';
import { closingSteps } from './closing.ts';
import { doorSteps } from './door.ts';
import { markingSteps, signingSteps } from './marking.ts';
import { addStaff, createSite, signIn, startStation } from './opening.ts';
import { adoptPlan, refuseBrokenPlan } from './planning.ts';
import { closeSession, openSession, setReader } from './session.ts';
import { moveToEntry } from './session.ts';

/** The day from an empty folder to the opened bundle, in its order. */
export const daySteps = (day: Day): Step[] => [
  startStation,
  createSite,
  refuseBrokenPlan,
  adoptPlan,
  addStaff,
  signIn,
  setReader,
  openSession,
  moveToEntry,
  ...doorSteps,
  ...markingSteps(day.plan.panels.filter((p) => p.duty !== 'reserve')),
  ...signingSteps,
  closeSession,
  ...closingSteps,
  ...bundleSteps,
];
